#pragma once

#include <Eigen/Core>

#include <cstddef>

namespace matfit {

// Of the finite ones among the values of all cells; zeros where none is.
struct MeanAndSpread {
  double mean = 0.0;
  double sd = 0.0;  // over the cells
  double rms = 0.0;
  std::size_t count = 0;
};

MeanAndSpread over_cells(const Eigen::ArrayXd& values);

}  // namespace matfit
