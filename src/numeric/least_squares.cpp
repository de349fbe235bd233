#include "numeric/least_squares.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

void central_differences(const ResidualFunction& residuals, const Eigen::VectorXd& x, double step,
                         Eigen::MatrixXd& jacobian) {
  Eigen::VectorXd shifted = x;
  Eigen::VectorXd up;
  Eigen::VectorXd down;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const double h = step * std::max(std::abs(x[i]), 1.0);
    shifted[i] = x[i] + h;
    residuals(shifted, up);
    shifted[i] = x[i] - h;
    residuals(shifted, down);
    shifted[i] = x[i];
    if (i == 0) jacobian.resize(up.size(), x.size());
    jacobian.col(i) = (up - down) / (2.0 * h);
  }
}

}  // namespace

LeastSquaresSummary minimise(const ResidualFunction& residuals, const Eigen::VectorXd& start,
                             const LeastSquaresOptions& options, const JacobianFunction& jacobian) {
  LeastSquaresSummary summary;
  summary.parameters = start;
  Eigen::VectorXd r;
  residuals(start, r);
  summary.initial_cost = summary.cost = 0.5 * r.squaredNorm();
  Eigen::MatrixXd j;
  Eigen::MatrixXd normal;
  const auto linearise = [&] {
    if (jacobian) {
      jacobian(summary.parameters, j);
    } else {
      central_differences(residuals, summary.parameters, options.difference_step, j);
    }
    normal.noalias() = j.transpose() * j;
  };
  constexpr double largest_damping = 1e12;
  double damping = options.initial_damping;
  Eigen::VectorXd trial_r;
  linearise();
  while (!summary.converged && summary.iterations < options.max_iterations) {
    ++summary.iterations;
    const Eigen::VectorXd gradient = j.transpose() * r;
    bool stepped = false;
    while (!stepped && damping < largest_damping) {
      Eigen::MatrixXd damped = normal;
      damped.diagonal() += damping * normal.diagonal().cwiseMax(1e-12);
      const Eigen::VectorXd trial = summary.parameters - damped.ldlt().solve(gradient);
      residuals(trial, trial_r);
      const double cost = 0.5 * trial_r.squaredNorm();
      if (cost < summary.cost) {
        summary.converged = summary.cost - cost <= options.relative_cost_tolerance * summary.cost;
        summary.parameters = trial;
        summary.cost = cost;
        r = trial_r;
        damping = std::max(damping / 9.0, 1e-12);
        stepped = true;
      } else {
        damping *= 11.0;
      }
    }
    if (!stepped) {
      summary.converged = std::isfinite(summary.cost);  // no direction lowers the cost: a minimum
      break;
    }
    linearise();
  }
  const Eigen::LDLT<Eigen::MatrixXd> factor(normal);
  if (factor.info() == Eigen::Success && factor.isPositive() && factor.vectorD().minCoeff() > 0.0) {
    summary.covariance = factor.solve(Eigen::MatrixXd::Identity(normal.rows(), normal.cols()));
  }
  return summary;
}

}  // namespace matfit
