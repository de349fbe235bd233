#include "numeric/normal_equations.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace matfit {

LeastSquaresSummary minimise_sums(const CostFunction& cost, const Eigen::VectorXd& start,
                                  const LeastSquaresOptions& options) {
  const Eigen::Index n = start.size();
  LeastSquaresSummary summary;
  summary.parameters = start;
  NormalEquations at;
  const auto linearise = [&] {
    at.normal = Eigen::MatrixXd::Zero(n, n);
    at.gradient = Eigen::VectorXd::Zero(n);
    return cost(summary.parameters, &at);
  };
  summary.initial_cost = summary.cost = linearise();
  constexpr double largest_damping = 1e12;
  double damping = options.initial_damping;
  while (!summary.converged && summary.iterations < options.max_iterations) {
    ++summary.iterations;
    bool stepped = false;
    while (!stepped && damping < largest_damping) {
      Eigen::MatrixXd damped = at.normal;
      damped.diagonal() += damping * at.normal.diagonal().cwiseMax(1e-12);
      const Eigen::LDLT<Eigen::MatrixXd, Eigen::Lower> factor(damped);
      const Eigen::VectorXd trial = summary.parameters - factor.solve(at.gradient);
      const double trial_cost = cost(trial, nullptr);
      if (trial_cost < summary.cost) {
        summary.converged =
            summary.cost - trial_cost <= options.relative_cost_tolerance * summary.cost;
        summary.parameters = trial;
        summary.cost = trial_cost;
        damping = std::max(damping / 9.0, 1e-12);
        stepped = true;
      } else {
        damping *= 11.0;
      }
    }
    if (!stepped) {
      summary.converged = std::isfinite(summary.cost);
      break;
    }
    linearise();
  }
  const Eigen::LDLT<Eigen::MatrixXd, Eigen::Lower> factor(at.normal);
  if (factor.info() == Eigen::Success && factor.isPositive() && factor.vectorD().minCoeff() > 0.0) {
    summary.covariance = factor.solve(Eigen::MatrixXd::Identity(n, n));
  }
  return summary;
}

}  // namespace matfit
