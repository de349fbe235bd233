#pragma once

#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// A local maximum of a map.
struct Peak {
  int row = 0;
  int col = 0;
  double height = 0.0;
  double prominence = 0.0;  // over the saddle to a higher maximum; over `floor` for the highest
};

// Gaussian mean of the cells about each, in metres, over the cells that are not repaired; the
// weights of cells beyond the edge and of repaired ones are given to the others. A repaired cell
// has the mean of its neighbours.
Eigen::ArrayXXd smoothed(const PressureField& field, double sigma_m);

// Maxima among eight neighbours above `floor`, highest first (ties: first in row-major order).
std::vector<Peak> find_peaks(const Eigen::ArrayXXd& map, double floor);

// Cells connected to `seed` (eight neighbours) with map >= level, row-major order.
std::vector<Eigen::Index> connected_above(const Eigen::ArrayXXd& map, int row, int col,
                                          double level);

}  // namespace matfit
