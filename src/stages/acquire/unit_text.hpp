#pragma once

#include "types/recording.hpp"

#include <optional>
#include <string_view>

namespace matfit {

// What a unit of pressure in a vendor's file becomes: value x factor is in `unit`. mmHg stays so,
// counts stay raw, all others become kPa.
struct PressureScale {
  PressureUnit unit = PressureUnit::raw;
  double factor = 1.0;
};

// "mmHg", "KPa", "MPa", "PSI", "N/cm2", "N/cm\u00b2", "kg/cm^2", "g/cm2", "mbar", "raw", ... in any
// case; absent for anything else. "mPa" is absent: nobody means a thousandth of a pascal.
std::optional<PressureScale> pressure_scale_of(std::string_view text);

// Metres in a unit of length: "mm", "centimeters", "inch", ...
std::optional<double> metres_in(std::string_view text);
// Square metres in "cm2", "cm\u00b2", "in^2", ...
std::optional<double> square_metres_in(std::string_view text);
// Newtons in a unit of force: "N", "lbf", "kg", ...
std::optional<double> newtons_in(std::string_view text);

}  // namespace matfit
