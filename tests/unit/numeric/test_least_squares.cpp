#include "numeric/least_squares.hpp"

#include "numeric/normal_equations.hpp"
#include "numeric/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

// y = a exp(-b x) + c at twenty places, with noise of a known standard deviation.
struct Decay {
  Eigen::VectorXd x, y;
  double sd = 0.02;

  explicit Decay(std::uint64_t seed) : x(20), y(20) {
    Random random(seed);
    for (int i = 0; i < 20; ++i) {
      x[i] = 0.25 * i;
      y[i] = 2.0 * std::exp(-0.7 * x[i]) + 0.5 + random.normal(0.0, sd);
    }
  }
  void residuals(const Eigen::VectorXd& p, Eigen::VectorXd& r) const {
    r = (p[0] * (-p[1] * x.array()).exp() + p[2] - y.array()).matrix() / sd;
  }
  void jacobian(const Eigen::VectorXd& p, Eigen::MatrixXd& j) const {
    j.resize(20, 3);
    j.col(0) = (-p[1] * x.array()).exp() / sd;
    j.col(1) = -p[0] * x.array() * (-p[1] * x.array()).exp() / sd;
    j.col(2).setConstant(1.0 / sd);
  }
};

const Eigen::Vector3d far_start(1.0, 0.2, 0.0);

LeastSquaresSummary fitted(const Decay& decay) {
  return minimise([&](const Eigen::VectorXd& p, Eigen::VectorXd& r) { decay.residuals(p, r); },
                  far_start);
}

TEST(LeastSquares, FindsTheParametersOfADecay) {
  const LeastSquaresSummary s = fitted(Decay(1));
  EXPECT_TRUE(s.converged);
  EXPECT_NEAR(s.parameters[0], 2.0, 0.08);
  EXPECT_NEAR(s.parameters[1], 0.7, 0.06);
  EXPECT_NEAR(s.parameters[2], 0.5, 0.05);
  EXPECT_LT(s.cost, s.initial_cost);
}

TEST(LeastSquares, CovarianceTellsTheScatterOfRepeatedFits) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero(), squares = Eigen::Vector3d::Zero();
  Eigen::Vector3d stated = Eigen::Vector3d::Zero();
  constexpr int repeats = 400;
  for (int i = 0; i < repeats; ++i) {
    const LeastSquaresSummary s = fitted(Decay(derived_seed(5, static_cast<std::uint64_t>(i))));
    sum += s.parameters;
    squares += s.parameters.cwiseAbs2();
    stated += s.covariance.diagonal();
  }
  for (int k = 0; k < 3; ++k) {
    const double variance = squares[k] / repeats - std::pow(sum[k] / repeats, 2);
    EXPECT_NEAR(variance / (stated[k] / repeats), 1.0, 0.2) << "parameter " << k;
  }
}

TEST(LeastSquares, AGivenJacobianLeadsToTheSameMinimumAsDifferences) {
  const Decay decay(2);
  const LeastSquaresSummary by_differences = fitted(decay);
  const LeastSquaresSummary by_jacobian = minimise(
      [&](const Eigen::VectorXd& p, Eigen::VectorXd& r) { decay.residuals(p, r); }, far_start, {},
      [&](const Eigen::VectorXd& p, Eigen::MatrixXd& j) { decay.jacobian(p, j); });
  EXPECT_LT((by_differences.parameters - by_jacobian.parameters).norm(), 1e-5);
}

TEST(LeastSquares, AParameterWithoutInfluenceLeavesNoCovariance) {
  const LeastSquaresSummary s = minimise(
      [](const Eigen::VectorXd& p, Eigen::VectorXd& r) { r = Eigen::VectorXd::Constant(2, p[0]); },
      Eigen::Vector2d(3.0, 1.0));
  EXPECT_NEAR(s.parameters[0], 0.0, 1e-6);
  EXPECT_EQ(s.covariance.size(), 0);
}

TEST(LeastSquares, TheDefaultSummarySaysThatNothingWasRun) {
  EXPECT_FALSE(LeastSquaresSummary{}.converged);
  EXPECT_EQ(LeastSquaresSummary{}.iterations, 0);
}

TEST(NormalEquations, SumsLeadToTheSameMinimumAndCovarianceAsAJacobian) {
  const Decay decay(3);
  const LeastSquaresSummary dense = fitted(decay);
  const LeastSquaresSummary summed = minimise_sums(
      [&](const Eigen::VectorXd& p, NormalEquations* e) {
        Eigen::VectorXd r;
        decay.residuals(p, r);
        if (e != nullptr) {
          Eigen::MatrixXd j;
          decay.jacobian(p, j);
          e->normal = (j.transpose() * j).triangularView<Eigen::Lower>();
          e->gradient = j.transpose() * r;
        }
        return 0.5 * r.squaredNorm();
      },
      far_start);
  EXPECT_TRUE(summed.converged);
  EXPECT_LT((summed.parameters - dense.parameters).norm(), 1e-4);
  EXPECT_LT((summed.covariance - dense.covariance).norm(), 1e-3 * dense.covariance.norm());
}

}  // namespace
}  // namespace matfit
