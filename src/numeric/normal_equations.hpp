#pragma once

#include "numeric/least_squares.hpp"

#include <Eigen/Core>

#include <functional>

namespace matfit {

// Sums over residuals r with weights w (of a robust loss, else 1) and gradients g = dr/dparameters:
// for problems in which each residual depends on few of the parameters, so that the Jacobian is
// never formed.
struct NormalEquations {
  Eigen::MatrixXd normal;    // sum of w g g^T; only the lower triangle need be filled
  Eigen::VectorXd gradient;  // sum of w r g
};

// Returns the cost at `parameters`; fills `equations` (already sized and zero) unless it is null.
using CostFunction =
    std::function<double(const Eigen::VectorXd& parameters, NormalEquations* equations)>;

// Levenberg-Marquardt as minimise(), on sums instead of a Jacobian, its steps accelerated; done
// when the next step is expected to lower the cost by less than the tolerance. summary.covariance
// is the inverse of the normal matrix at the solution, empty when that is singular.
LeastSquaresSummary minimise_sums(const CostFunction& cost, const Eigen::VectorXd& start,
                                  const LeastSquaresOptions& options = {});

}  // namespace matfit
