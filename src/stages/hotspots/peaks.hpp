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
  int joins = -1;           // index of the higher maximum beyond that saddle; -1 for none
};

struct Relief {
  std::vector<Peak> peaks;  // highest first (ties: first in row-major order)
  Eigen::ArrayXXi basin;  // index of the peak to which a cell's steepest way up leads, -1 for none
};

// Gaussian mean of the cells about each, in metres, over the cells that are not repaired; the
// weights of cells beyond the edge and of repaired ones are given to the others. A repaired cell
// has the mean of its neighbours.
Eigen::ArrayXXd smoothed(const PressureField& field, double sigma_m);

// Maxima among eight neighbours above `floor`, with the cells above it that belong to each.
Relief find_peaks(const Eigen::ArrayXXd& map, double floor);

// That basin map with the cells of each peak of less than `least_prominence` of its height given to
// the peak it joins.
Eigen::ArrayXXi basins_of_prominent(const Relief& relief, double least_prominence);

// Cells connected to `seed` (eight neighbours) with map >= level, row-major order.
std::vector<Eigen::Index> connected_above(const Eigen::ArrayXXd& map, int row, int col,
                                          double level);

}  // namespace matfit
