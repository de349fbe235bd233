#include "synthetic/foam.hpp"

#include <cmath>

namespace matfit {

double pressure_pa(const Foam& foam, double compressed_share) {
  const double e = compressed_share;
  if (e <= 0.0) return 0.0;
  constexpr double preload_share = 0.03;
  switch (foam.law) {
    case FoamLaw::progressive:
      return foam.modulus_pa * e * std::pow(1.0 - e, -foam.closing_exponent);
    case FoamLaw::springs:
      return foam.plateau_pa * (1.0 - std::exp(-e / preload_share)) + foam.modulus_pa * e +
             foam.closing_pa * std::pow(e / (1.0 - e), foam.closing_exponent);
    case FoamLaw::closing: break;
  }
  return foam.plateau_pa * (1.0 - std::exp(-foam.modulus_pa * e / foam.plateau_pa)) +
         foam.closing_pa * std::pow(e / (1.0 - e), foam.closing_exponent);
}

}  // namespace matfit
