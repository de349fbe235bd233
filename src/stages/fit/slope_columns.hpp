#pragma once

#include "numeric/normal_equations.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Slopes of the residuals of some neighbouring cells by a fit's parameters, few of which move any
// of the cells and most of which move some only: one dense column a parameter, of which just the
// cells that it moves are filled and summed.
class SlopeColumns {
 public:
  SlopeColumns(Eigen::Index most_cells, Eigen::Index parameters);

  // All columns empty.
  void clear();
  // The parameter moves these cells: what was not in its column yet is zero.
  void widen(Eigen::Index parameter, Eigen::Index first, Eigen::Index end);
  // The parameter's column; only what widen() gave it counts.
  double* column(Eigen::Index parameter) { return &slopes_(0, parameter); }

  // Adds the cells' share to the sums; `scale` multiplies their slopes, `residual` is scaled.
  void into(NormalEquations& sums, const Eigen::VectorXd& scale, const Eigen::VectorXd& residual);

 private:
  struct Range {
    Eigen::Index first = 0;
    Eigen::Index end = 0;
  };
  Eigen::MatrixXd slopes_;  // cells x parameters
  std::vector<Range> filled_;
  std::vector<Eigen::Index> used_;  // parameters, in rising order
};

}  // namespace matfit
