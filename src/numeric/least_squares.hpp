#pragma once

#include <Eigen/Core>

#include <functional>

namespace matfit {

struct LeastSquaresOptions {
  int max_iterations = 50;
  double relative_cost_tolerance = 1e-9;  // stop when a step lowers the cost by less
  double initial_damping = 1e-3;
  // minimise_sums() also stops when a step that should lower the cost by less than this share does
  // not: below it a cost with small jumps of its own shows nothing.
  double refused_cost_tolerance = 0.0;
  double difference_step = 1e-6;  // of central differences, relative to max(|x|, 1)
};

// What came of a fit; the default says that none was run.
struct LeastSquaresSummary {
  bool converged = false;
  int iterations = 0;
  double initial_cost = 0.0;  // half the sum of squares
  double cost = 0.0;
  Eigen::VectorXd parameters;
  // Inverse of J^T J at the solution: the covariance where the residuals are divided by their
  // standard deviations (priors count as residuals). Empty when the normal matrix is singular.
  Eigen::MatrixXd covariance;
};

using ResidualFunction =
    std::function<void(const Eigen::VectorXd& parameters, Eigen::VectorXd& residuals)>;
using JacobianFunction =
    std::function<void(const Eigen::VectorXd& parameters, Eigen::MatrixXd& jacobian)>;

// Levenberg-Marquardt with Marquardt's diagonal scaling (SIAM J Appl Math 1963 11:431). The
// residual function sizes its output; without a Jacobian, central differences are used.
LeastSquaresSummary minimise(const ResidualFunction& residuals, const Eigen::VectorXd& start,
                             const LeastSquaresOptions& options = {},
                             const JacobianFunction& jacobian = nullptr);

}  // namespace matfit
