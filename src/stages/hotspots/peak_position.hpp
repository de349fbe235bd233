#pragma once

#include "types/pressure_series.hpp"

#include <Eigen/Core>

namespace matfit {

struct PeakPosition {
  Eigen::Vector2d position_m{0.0, 0.0};  // recording frame
  double sd_m = 0.0;                     // root of half the trace of the covariance
  bool fitted = false;                   // false: centroid of the cells about the peak
};

// Where between the cells a peak lies: the vertex of a Gaussian fitted by weighted least squares to
// the logarithm of the pressure (Guo, IEEE Signal Process Mag 2011 28(5):134) within `radius_m` and
// at least one cell around (row, col). Repaired cells are left out. The covariance carries the
// residual's scatter; where the surface has no vertex nearby, the centroid with its cell's
// uncertainty.
PeakPosition place_peak(const PressureField& field, int row, int col, double radius_m);

}  // namespace matfit
