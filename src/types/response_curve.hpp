#pragma once

#include "numeric/monotone_cubic.hpp"
#include "types/mat_profile.hpp"

#include <optional>

namespace matfit {

// A response curve ready for use. Below `straight_below` it runs straight to zero: nothing was
// shown there, and the slope of a power law at zero is none or without end.
class Response {
 public:
  // std::invalid_argument for a curve that does not rise from (0, 0).
  explicit Response(const ResponseCurve& curve, double straight_below = 0.0);

  // 0 for readings of 0 and less; above the last knot a cubic goes on as a straight line.
  double pressure_pa(double reading) const;
  // The reading that gives a pressure; 0 for a pressure of 0 and less.
  double reading(double pressure_pa) const;

 private:
  double curve_pressure(double reading) const;

  ResponseKind kind_;
  double factor_;
  double exponent_;
  std::optional<MonotoneCubic> cubic_;
  double straight_below_;
  double straight_slope_ = 0.0;
};

// Of one cell, row-major, for readings divided by its gain.
Response response_of_cell(const MatProfile& profile, Eigen::Index cell);

// 1 where the profile gives none.
double gain_of_cell(const MatProfile& profile, Eigen::Index cell);

}  // namespace matfit
