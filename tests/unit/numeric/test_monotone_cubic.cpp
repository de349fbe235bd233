#include "numeric/monotone_cubic.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace matfit {
namespace {

const MonotoneCubic step({0.0, 1.0, 2.0, 3.0, 4.0}, {0.0, 0.0, 1.0, 1.0, 1.5});

TEST(MonotoneCubic, PassesThroughItsPoints) {
  EXPECT_DOUBLE_EQ(step.value(0.0), 0.0);
  EXPECT_DOUBLE_EQ(step.value(2.0), 1.0);
  EXPECT_DOUBLE_EQ(step.value(4.0), 1.5);
}

TEST(MonotoneCubic, NeverOvershootsMonotoneData) {
  double before = step.value(-0.5);
  for (double x = -0.5; x <= 4.5; x += 0.01) {
    EXPECT_GE(step.value(x), before - 1e-12) << x;
    before = step.value(x);
    if (x > 1.0 && x < 3.0) {
      EXPECT_LE(step.value(x), 1.0 + 1e-12);
    }
  }
}

TEST(MonotoneCubic, SlopeIsTheDerivativeOfTheValue) {
  for (double x = 0.05; x < 4.0; x += 0.1) {
    const double h = 1e-6;
    EXPECT_NEAR(step.slope(x), (step.value(x + h) - step.value(x - h)) / (2.0 * h), 1e-5) << x;
  }
}

TEST(MonotoneCubic, GoesOnAsAStraightLineBeyondItsEnds) {
  EXPECT_NEAR(step.value(6.0), 1.5 + 2.0 * step.slope(4.0), 1e-12);
  EXPECT_NEAR(step.value(-1.0), -step.slope(0.0), 1e-12);
}

TEST(MonotoneCubic, RefusesPointsOutOfOrder) {
  EXPECT_THROW(MonotoneCubic({0.0, 0.0}, {1.0, 2.0}), std::invalid_argument);
  EXPECT_THROW(MonotoneCubic({0.0}, {1.0}), std::invalid_argument);
  EXPECT_THROW(MonotoneCubic({0.0, 1.0}, {1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
