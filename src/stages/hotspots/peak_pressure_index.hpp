#pragma once

#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <utility>
#include <vector>

namespace matfit {

using CellMask = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

// Peak pressure index: a connected area grown from a peak by always taking the highest
// neighbouring cell, its last cell only in part.
struct PeakPressureIndex {
  double mean_pa = 0.0;
  double area_m2 = 0.0;
  std::vector<std::pair<Eigen::Index, double>> cells;  // row-major index, share of the cell taken
};

// The area stays within the cells marked in `own` (rows x cols of the field) and takes no sound
// cell above the peak's own. It is a whole number of cells where one lies between the bounds, else
// `area_low_m2` by a share of the last cell; a cell larger than `area_high_m2` is taken alone with
// its own area.
PeakPressureIndex peak_pressure_index(const PressureField& field, const CellMask& own, int row,
                                      int col, double area_low_m2, double area_high_m2);

}  // namespace matfit
