#include "types/recording.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace matfit {
namespace {

TEST(MemoryFrames, GiveTheFramesAskedFor) {
  FrameBlock frames(3, 2);
  frames << 1, 2, 3, 4, 5, 6;
  const MemoryFrames source(frames);
  EXPECT_EQ(source.size(), 3U);
  const FrameBlock two = source.read(1, 2);
  ASSERT_EQ(two.rows(), 2);
  EXPECT_EQ(two(0, 0), 3.0f);
  EXPECT_EQ(two(1, 1), 6.0f);
  EXPECT_EQ(source.read(3, 0).rows(), 0);
  EXPECT_THROW(source.read(2, 2), std::out_of_range);
}

TEST(Recording, WithoutFramesIsEmpty) { EXPECT_EQ(Recording{}.size(), 0U); }

}  // namespace
}  // namespace matfit
