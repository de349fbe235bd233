#pragma once

#include "synthetic/mattress_model.hpp"
#include "synthetic/posed_body.hpp"

#include <array>

namespace matfit {

// A pressure and how fast it grows with depth.
struct Resistance {
  double pressure_pa = 0.0;
  double slope_pa_per_m = 0.0;
};

// The mattress's foam, tabulated for speed. Beyond 92 % compression it goes on as a straight line;
// above its surface it pulls back, which keeps a relaxation stable.
class FoamTable {
 public:
  explicit FoamTable(const MattressModel& mattress);
  Resistance at(double depth_m) const;

 private:
  static constexpr int bins = 480;
  double thickness_m_;
  std::array<double, bins + 2> value_pa_;
};

// Flesh between skin and bone hardens: p = E (x + 2 x^3), x the compressed share of its thickness.
inline Resistance flesh_at(const FleshLayer& flesh, double compression_m) {
  const double x = compression_m / flesh.thickness_m;
  return {flesh.modulus_pa * x * (1.0 + 2.0 * x * x),
          flesh.modulus_pa * (1.0 + 6.0 * x * x) / flesh.thickness_m};
}

}  // namespace matfit
