#pragma once

#include <limits>

namespace matfit {

// A value with its standard deviation and 95 % interval, all in the unit of the name that holds it.
// The default is "not estimated": NaN everywhere.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
  double ci95_low = std::numeric_limits<double>::quiet_NaN();
  double ci95_high = std::numeric_limits<double>::quiet_NaN();

  bool known() const { return value == value; }
};

// Gaussian: value +/- 1.959964 sd.
inline Estimate gaussian_estimate(double value, double sd) {
  constexpr double z = 1.959963984540054;
  return {value, sd, value - z * sd, value + z * sd};
}

}  // namespace matfit
