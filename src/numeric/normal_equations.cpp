#include "numeric/normal_equations.hpp"

#include "numeric/anderson_acceleration.hpp"

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
  const auto lowered_by = [&](const Eigen::VectorXd& trial) {
    const double trial_cost = evaluate(trial, next);
    if (!(trial_cost < summary.cost)) return false;
    summary.parameters = trial;
    summary.cost = trial_cost;
    std::swap(at, next);
    return true;
  };
  constexpr double largest_damping = 1e12;
  double damping = options.initial_damping;
  AndersonAcceleration acceleration;
  while (!summary.converged && summary.iterations < options.max_iterations) {
    ++summary.iterations;
    bool stepped = false;
    while (!stepped && damping < largest_damping) {
      const Eigen::VectorXd stiffness = at.normal.diagonal().cwiseMax(1e-12);
      Eigen::MatrixXd damped = at.normal;
      damped.diagonal() += damping * stiffness;
      const Eigen::VectorXd step =
          -Eigen::LDLT<Eigen::MatrixXd, Eigen::Lower>(damped).solve(at.gradient);
      const double expected = -0.5 * step.dot(at.gradient);
      summary.converged = expected <= options.relative_cost_tolerance * summary.cost;
      if (summary.converged) break;
      const auto ahead = acceleration.ahead(summary.parameters, step, stiffness.cwiseSqrt());
      stepped = ahead && lowered_by(*ahead);
      if (!stepped) {
        if (ahead) acceleration.forget();
        stepped = lowered_by(summary.parameters + step);
      }
      summary.converged = !stepped && expected <= options.refused_cost_tolerance * summary.cost;
      if (summary.converged) break;
      damping = stepped ? std::max(damping / 9.0, 1e-12) : 11.0 * damping;
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
