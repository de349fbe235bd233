#include "pipeline/spine_calibration.hpp"

#include "numeric/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

JudgedValue with_truth(double truth, double low, double high) {
  JudgedValue v;
  v.truth = truth;
  v.told = {0.0, 1.0, low, high};
  return v;
}

TEST(SpineCalibration, NeedsTheStatedLevelAtTheEndsOfTheInterval) {
  const std::vector<double> levels =
      levels_that_hold({with_truth(4.0, -1.0, 4.0), with_truth(-1.0, -1.0, 4.0),
                        with_truth(0.0, -1.0, 4.0), with_truth(2.0, 0.0, 4.0)});
  EXPECT_NEAR(levels[0], 0.95, 1e-9);  // each side by its own width
  EXPECT_NEAR(levels[1], 0.95, 1e-9);
  EXPECT_EQ(levels[2], 0.0);
  EXPECT_NEAR(levels[3], 2.0 * 0.83646 - 1.0, 1e-4);  // half of 1.96
}

TEST(SpineCalibration, HoldsNothingBeyondAnIntervalThatEndsAtItsValue) {
  EXPECT_EQ(levels_that_hold({with_truth(-0.1, 0.0, 4.0)})[0], 1.0);
  EXPECT_TRUE(levels_that_hold({JudgedValue{}}).empty());  // nothing told
}

TEST(SpineCalibration, SeesWhetherErrorsAreStatedTruly) {
  Random random(3);
  std::vector<JudgedValue> honest, bold;
  for (int i = 0; i < 4000; ++i) {
    const double truth = random.normal(0.0, 2.0);
    honest.push_back(with_truth(truth, -2.0 * 1.96, 2.0 * 1.96));
    bold.push_back(with_truth(truth, -1.96, 1.96));
  }
  for (const double level : {0.2, 0.5, 0.8, 0.95}) {
    EXPECT_NEAR(share_held(levels_that_hold(honest), level), level, 0.03);
    EXPECT_LT(share_held(levels_that_hold(bold), level), level - 0.05);
  }
}

// Newcombe, Stat Med 1998, 17:857, table I: 81 of 263, 15 of 148 and 0 of 20.
TEST(IntervalOfShare, IsWilsons) {
  const auto [low, high] = interval_of_share(81.0 / 263.0, 263);
  EXPECT_NEAR(low, 0.2553, 5e-5);
  EXPECT_NEAR(high, 0.3662, 5e-5);
  EXPECT_NEAR(interval_of_share(15.0 / 148.0, 148).first, 0.0624, 5e-5);
  EXPECT_NEAR(interval_of_share(15.0 / 148.0, 148).second, 0.1605, 5e-5);
  EXPECT_NEAR(interval_of_share(0.0, 20).second, 0.1611, 5e-5);
  EXPECT_NEAR(interval_of_share(0.0, 20).first, 0.0, 1e-12);
}

}  // namespace
}  // namespace matfit
