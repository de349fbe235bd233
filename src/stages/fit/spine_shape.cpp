#include "stages/fit/spine_shape.hpp"

#include "types/units.hpp"

#include <cmath>

namespace matfit {

namespace {

constexpr double thoracic_apex_share = 0.38;  // the seventh thoracic vertebra
constexpr double lumbar_skew = 1.5;           // the hollow is deepest at the third lumbar vertebra

}  // namespace

double lordosis_shape(double share) {
  const double u = (share - thoracic_apex_share) / (1.0 - thoracic_apex_share);
  if (u <= 0.0) return 0.0;
  if (u >= 1.0) return -2.0 * (u - 1.0);
  return std::sin(pi * std::pow(u, lumbar_skew));
}

double kyphosis_shape(double share) {
  const double u = (thoracic_apex_share - share) / thoracic_apex_share;
  return u > 0.0 ? u * u : 0.0;
}

}  // namespace matfit
