#include "types/time_gaps.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

TEST(TimeGaps, AHoleOfHoursIsOneWithItsFrameAndItsLength) {
  const auto gaps = gaps_in({0.0, 1.0, 2.0, 18002.0, 18003.0, 18004.0});
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].first_frame, 3U);
  EXPECT_DOUBLE_EQ(gaps[0].length_s, 17999.0);
}

TEST(TimeGaps, NeitherAFewSecondsNorAFewIntervalsAreOne) {
  EXPECT_TRUE(gaps_in({0.0, 0.1, 0.2, 0.3, 9.0, 9.1}).empty());
  EXPECT_TRUE(gaps_in({0.0, 60.0, 120.0, 420.0, 480.0}).empty());
  EXPECT_TRUE(gaps_in({5.0}).empty());
  EXPECT_TRUE(gaps_in({}).empty());
}

TEST(TimeGaps, AFrameStandsForTheMedianInterval) {
  EXPECT_DOUBLE_EQ(frame_interval_s({0.0, 2.0, 4.0, 9000.0}), 2.0);
  EXPECT_DOUBLE_EQ(frame_interval_s({7.0}), 1.0);
}

}  // namespace
}  // namespace matfit
