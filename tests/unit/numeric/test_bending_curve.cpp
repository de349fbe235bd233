#include "numeric/bending_curve.hpp"

#include "numeric/unit_gaussian.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

const Eigen::VectorXd no_mode = Eigen::VectorXd(0);

TEST(BendingCurve, FollowsAStraightLineExactly) {
  BendingCurve curve(0.0, 1.0, 21, 0, {0.05, 100.0, 100.0});
  for (int i = 0; i <= 10; ++i) curve.observe(0.1 * i, 0.3 + 0.2 * 0.1 * i, 0.01, no_mode);
  const Eigen::VectorXd y = curve.solve().curve();
  for (Eigen::Index k = 0; k < 21; ++k) {
    EXPECT_NEAR(y[k], 0.3 + 0.2 * curve.position(k), 1e-5);
  }
}

TEST(BendingCurve, IsLessSureWhereNothingWasSeen) {
  BendingCurve curve(0.0, 1.0, 21, 0, {0.5, 1.0, 1.0});
  for (const double x : {0.0, 0.1, 0.2, 0.8, 0.9, 1.0}) curve.observe(x, 0.0, 0.01, no_mode);
  const Eigen::VectorXd sd = curve.solve().covariance().diagonal().cwiseSqrt();
  EXPECT_GT(sd[10], 3.0 * sd[2]);
  EXPECT_GT(sd[10], 3.0 * sd[18]);
}

TEST(BendingCurve, AStifferPriorBendsLess) {
  const auto bend = [](double turn_variance) {
    BendingCurve curve(0.0, 1.0, 21, 0, {turn_variance, 1.0, 1.0});
    curve.observe(0.0, 0.0, 0.01, no_mode);
    curve.observe(0.5, 0.1, 0.05, no_mode);
    curve.observe(1.0, 0.0, 0.01, no_mode);
    return curve.solve().curve()[10];
  };
  EXPECT_LT(bend(0.01), bend(1.0));
  EXPECT_GT(bend(0.01), 0.0);
}

TEST(BendingCurve, AnErrorCommonToAllObservationsStaysInTheCurve) {
  const auto sd_of_middle = [](double common_sd) {
    BendingCurve curve(0.0, 1.0, 21, 1, {0.05, 10.0, 1.0});
    for (int i = 0; i <= 20; ++i) {
      curve.observe(0.05 * i, 0.0, 0.01, Eigen::VectorXd::Constant(1, common_sd));
    }
    return std::sqrt(curve.solve().covariance()(10, 10));
  };
  EXPECT_LT(sd_of_middle(0.0), 0.01);
  EXPECT_NEAR(sd_of_middle(0.2), 0.2, 0.01);
}

TEST(BendingCurve, DrawsScatterAsTheCovarianceSays) {
  BendingCurve curve(0.0, 1.0, 11, 1, {0.5, 1.0, 1.0});
  curve.observe(0.2, 0.1, 0.05, Eigen::VectorXd::Constant(1, 0.02));
  curve.observe(0.7, -0.1, 0.05, Eigen::VectorXd::Constant(1, 0.02));
  const CurvePosterior posterior = curve.solve();
  Random random(11);
  const Eigen::MatrixXd draws =
      posterior.draws(opposite_normals(posterior.unknowns(), 10000, random));
  const Eigen::MatrixXd from_mean = draws.colwise() - posterior.curve();
  const Eigen::MatrixXd covariance =
      from_mean * from_mean.transpose() / static_cast<double>(draws.cols());
  const Eigen::MatrixXd expected = posterior.covariance().topLeftCorner(11, 11);
  EXPECT_LT(from_mean.rowwise().mean().cwiseAbs().maxCoeff(), 1e-9);
  EXPECT_LT((covariance - expected).norm(), 0.05 * expected.norm());
}

TEST(BendingCurve, TheEvidenceFindsTheTurnVarianceThatMadeTheCurve) {
  // Curves drawn from the prior itself, with a turn variance far from the stated one.
  Random random(5);
  constexpr double made_with = 0.02;
  double found = 0.0;
  constexpr int curves = 40;
  for (int i = 0; i < curves; ++i) {
    BendingCurve curve(0.0, 1.0, 21, 0, {1.0, 1.0, 1.0});
    double y = 0.0;
    double slope = 0.0;
    for (int k = 0; k < 21; ++k) {
      curve.observe(curve.position(k), y + random.normal(0.0, 1e-4), 1e-4, no_mode);
      y += 0.05 * slope;
      slope += random.normal(0.0, std::sqrt(made_with * 0.05));
    }
    double best = 0.0;
    double highest = -1e300;
    for (double logarithm = -8.0; logarithm <= 2.0; logarithm += 0.25) {
      const double evidence = curve.log_evidence(std::exp(logarithm));
      if (evidence <= highest) continue;
      highest = evidence;
      best = logarithm;
    }
    found += best / curves;
  }
  EXPECT_NEAR(found, std::log(made_with), 0.3);
}

TEST(BendingCurve, ALargerTurnFactorIsALargerTurnVariance) {
  const auto bend = [](double prior, double factor) {
    BendingCurve curve(0.0, 1.0, 21, 0, {prior, 1.0, 1.0});
    curve.observe(0.0, 0.0, 0.01, no_mode);
    curve.observe(0.5, 0.1, 0.05, no_mode);
    curve.observe(1.0, 0.0, 0.01, no_mode);
    return curve.solve(factor).curve()[10];
  };
  EXPECT_NEAR(bend(0.1, 3.0), bend(0.3, 1.0), 1e-12);
}

TEST(BendingCurve, AnotherUnitScalesTheCurveAndLeavesTheModes) {
  BendingCurve curve(0.0, 1.0, 11, 1, {0.5, 1.0, 1.0});
  curve.observe(0.2, 0.1, 0.05, Eigen::VectorXd::Constant(1, 0.02));
  const CurvePosterior a = curve.solve();
  const CurvePosterior b = a.scaled(1000.0);
  EXPECT_NEAR(b.curve()[3], 1000.0 * a.curve()[3], 1e-9);
  EXPECT_NEAR(b.covariance()(3, 3), 1e6 * a.covariance()(3, 3), 1e-6);
  EXPECT_NEAR(b.covariance()(3, 11), 1e3 * a.covariance()(3, 11), 1e-9);
  EXPECT_DOUBLE_EQ(b.modes()[0], a.modes()[0]);
}

TEST(BendingCurve, RefusesAnEmptySpan) {
  EXPECT_THROW(BendingCurve(1.0, 1.0, 10, 0, {}), std::invalid_argument);
  EXPECT_THROW(BendingCurve(0.0, 1.0, 2, 0, {}), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
