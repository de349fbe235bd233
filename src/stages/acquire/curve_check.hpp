#pragma once

#include "types/mattress.hpp"

#include <string>
#include <vector>

namespace matfit {

// One point of a mattress curve as it stood in a file, and where.
struct CurveRow {
  double indentation_mm;
  double pressure_kpa;
  std::string place;
};

// The curve in SI. InputError names the point where fewer than two points remain, one is out of
// range or not above the one before in both indentation and pressure.
std::vector<CurvePoint> checked_curve(const std::vector<CurveRow>& rows, const std::string& file);

}  // namespace matfit
