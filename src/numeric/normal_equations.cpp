#include "numeric/normal_equations.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

LeastSquaresSummary minimise_sums(const CostFunction& cost, const Eigen::VectorXd& start,
                                  const LeastSquaresOptions& options) {
  const Eigen::Index n = start.size();
  LeastSquaresSummary summary;
  summary.parameters = start;
  NormalEquations at;
  NormalEquations next;
  // Most trials are accepted, so a trial's sums are made with its cost.
  const auto evaluate = [&](const Eigen::VectorXd& parameters, NormalEquations& sums) {
    sums.normal.setZero(n, n);
    sums.gradient.setZero(n);
    return cost(parameters, &sums);
  };
  summary.initial_cost = summary.cost = evaluate(start, at);
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
      const double trial_cost = evaluate(trial, next);
      if (trial_cost < summary.cost) {
        summary.converged =
            summary.cost - trial_cost <= options.relative_cost_tolerance * summary.cost;
        summary.parameters = trial;
        summary.cost = trial_cost;
        std::swap(at, next);
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
  }
  const Eigen::LDLT<Eigen::MatrixXd, Eigen::Lower> factor(at.normal);
  if (factor.info() == Eigen::Success && factor.isPositive() && factor.vectorD().minCoeff() > 0.0) {
    summary.covariance = factor.solve(Eigen::MatrixXd::Identity(n, n));
  }
  return summary;
}

}  // namespace matfit
