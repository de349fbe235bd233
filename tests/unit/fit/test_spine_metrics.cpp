#include "stages/fit/spine_metrics.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

const Eigen::VectorXd along = Eigen::VectorXd::LinSpaced(41, 0.0, 0.5);

TEST(SpineMetrics, AStraightTiltedLineHasTiltOnly) {
  // The pelvis, at the end, lies 1 in 20 lower.
  const SideAlignment a = side_alignment(along, -0.05 * along, 24);
  EXPECT_NEAR(a.tilt_deg, 2.8624, 1e-3);
  EXPECT_NEAR(a.rms_deviation_mm, 0.0, 1e-9);
  EXPECT_NEAR(a.max_deviation_mm, 0.0, 1e-9);
  EXPECT_NEAR(a.thoracolumbar_angle_deg, 0.0, 1e-9);
}

TEST(SpineMetrics, ASagIsConvexTowardsTheMattress) {
  const Eigen::VectorXd sag = 0.4 * (along.array() - 0.25).square();  // lowest in the middle
  const SideAlignment a = side_alignment(along, sag, 20);
  EXPECT_GT(a.thoracolumbar_angle_deg, 5.0);
  EXPECT_NEAR(a.tilt_deg, 0.0, 1e-6);
  EXPECT_GT(a.max_deviation_mm, a.rms_deviation_mm);
  EXPECT_LT(side_alignment(along, -sag, 20).thoracolumbar_angle_deg, -5.0);
}

TEST(SpineMetrics, RootMeanSquareOfAKnownParabola) {
  // z = k s^2 about its best line on [-h, h]: rms = k h^2 * 2 / (3 sqrt 5).
  const Eigen::VectorXd fine = Eigen::VectorXd::LinSpaced(4001, -0.25, 0.25);
  const SideAlignment a = side_alignment(fine, 0.4 * fine.array().square(), 2000);
  EXPECT_NEAR(a.rms_deviation_mm, 1000.0 * 0.4 * 0.0625 * 2.0 / (3.0 * std::sqrt(5.0)), 0.02);
}

TEST(SpineMetrics, ANeutralCurveIsLaidOntoTheSpineWithoutChangingItsShape) {
  const Eigen::VectorXd neutral = 0.4 * (along.array() - 0.25).square();
  const Eigen::VectorXd lying = neutral.array() - 0.06 + 0.1 * along.array();
  EXPECT_LT((laid_onto(along, neutral, lying) - lying).cwiseAbs().maxCoeff(), 1e-12);
  const Eigen::VectorXd bent = lying.array() + 0.01 * (20.0 * along.array()).sin();
  const Eigen::VectorXd laid = laid_onto(along, neutral, bent);
  EXPECT_NEAR((laid - bent).mean(), 0.0, 1e-12);
  EXPECT_NEAR(lordosis_depth_mm(along, laid, 0, -1.0), lordosis_depth_mm(along, neutral, 0, -1.0),
              1e-9);
}

TEST(SpineMetrics, LordosisIsTowardsTheBelly) {
  const double pi = std::acos(-1.0);
  const Eigen::VectorXd hollow = 0.03 * (pi * along.array() / 0.5).sin();
  EXPECT_NEAR(lordosis_depth_mm(along, hollow, 0, 1.0), 30.0, 0.1);
  EXPECT_NEAR(lordosis_depth_mm(along, -hollow, 0, -1.0), 30.0, 0.1);
  EXPECT_DOUBLE_EQ(lordosis_depth_mm(along, -hollow, 0, 1.0), 0.0);
  EXPECT_GT(lordosis_angle_deg(along, hollow, 8, 16, 24, 1.0), 5.0);
  EXPECT_NEAR(lordosis_angle_deg(along, hollow, 8, 16, 24, 1.0),
              lordosis_angle_deg(along, -hollow, 8, 16, 24, -1.0), 1e-12);
}

TEST(SpineMetrics, BendIsTheLargestDistanceFromTheChord) {
  Eigen::VectorXd across = Eigen::VectorXd::Zero(41);
  across[20] = -0.02;
  EXPECT_NEAR(bend_mm(along, across), 20.0, 1e-9);
  EXPECT_NEAR(bend_mm(along, 0.3 * along), 0.0, 1e-9);  // oblique but straight
}

TEST(SpineMetrics, ASizeHasAnIntervalFromNoughtUpwards) {
  std::vector<double> draws;
  for (int i = 0; i <= 1000; ++i) draws.push_back(2.0 + std::pow(i / 1000.0, 4) * 10.0);
  const Estimate small = size_from_draws(draws);
  EXPECT_NEAR(small.value, 4.0, 0.02);
  EXPECT_DOUBLE_EQ(small.ci95_low, 0.0);
  EXPECT_GT(small.ci95_high, 10.0);
  std::vector<double> sure;
  for (int i = 0; i <= 1000; ++i) sure.push_back(20.0 + i / 1000.0);
  const Estimate large = size_from_draws(sure);
  EXPECT_GT(large.ci95_low, 19.5);
  EXPECT_LT(large.ci95_high, 21.1);
}

TEST(SpineMetrics, DrawsGiveMeanAndQuantiles) {
  std::vector<double> draws;
  for (int i = 0; i <= 1000; ++i) draws.push_back(i / 1000.0);
  const Estimate e = estimate_from_draws(draws);
  EXPECT_NEAR(e.value, 0.5, 1e-12);
  EXPECT_NEAR(e.ci95_low, 0.025, 1e-12);
  EXPECT_NEAR(e.ci95_high, 0.975, 1e-12);
}

TEST(SpineMetrics, APositiveQuantityHasAPositiveInterval) {
  const Estimate e = positive_estimate(10.0, 8.0);
  EXPECT_GT(e.ci95_low, 0.0);
  EXPECT_GT(e.ci95_high, 10.0 + 1.9 * 8.0);
  EXPECT_FALSE(positive_estimate(0.0, 1.0).known());
}

}  // namespace
}  // namespace matfit
