#include "stages/acquire/frame_spool.hpp"

#include "types/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace matfit {
namespace {

constexpr std::size_t cells = 50;

std::vector<float> frame_number(std::size_t number) {
  std::vector<float> frame(cells);
  for (std::size_t c = 0; c < cells; ++c) frame[c] = static_cast<float>((number * 7 + c) % 65536);
  return frame;
}

FrameBlock read_all(FrameSpool& spool) {
  const std::size_t count = spool.size();
  return spool.finish()->read(0, count);
}

TEST(FrameSpool, gives_back_every_frame_from_memory_and_from_the_temporary_file) {
  for (const std::size_t memory : {std::size_t{0}, std::size_t{1} << 18, std::size_t{1} << 24}) {
    FrameSpool spool("night.txt", cells, {.memory_bytes = memory});
    for (std::size_t t = 0; t < 5000; ++t) spool.append(frame_number(t));
    EXPECT_TRUE(spool.integer_counts());
    const auto frames = spool.finish();
    ASSERT_EQ(frames->size(), 5000U);
    // Across the border between two blocks, and the last one.
    for (const std::size_t first : {std::size_t{0}, std::size_t{1300}, std::size_t{4990}}) {
      const FrameBlock block = frames->read(first, 10);
      for (std::size_t k = 0; k < 10; ++k) {
        const std::vector<float> expected = frame_number(first + k);
        for (std::size_t c = 0; c < cells; ++c) {
          ASSERT_EQ(block(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(c)), expected[c]);
        }
      }
    }
  }
}

TEST(FrameSpool, keeps_fractions_absent_cells_and_the_highest_count) {
  std::vector<float> frame(cells, 65535.0F);
  frame[0] = std::numeric_limits<float>::quiet_NaN();
  FrameSpool whole("a.txt", cells);
  whole.append(frame);
  EXPECT_TRUE(whole.integer_counts());
  const FrameBlock counts = read_all(whole);
  EXPECT_TRUE(std::isnan(counts(0, 0)));
  EXPECT_EQ(counts(0, 1), 65535.0F);

  frame[3] = 0.25F;
  FrameSpool fractions("b.txt", cells);
  fractions.append(frame);
  EXPECT_FALSE(fractions.integer_counts());
  EXPECT_EQ(read_all(fractions)(0, 3), 0.25F);
}

TEST(FrameSpool, says_where_it_has_no_room) {
  FrameSpool spool("night.txt", cells, {.memory_bytes = 0, .folder = "/nowhere/at/all"});
  try {
    for (std::size_t t = 0; t < 5000; ++t) spool.append(frame_number(t));
    FAIL() << "no error";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("/nowhere/at/all"), std::string::npos);
  }
}

}  // namespace
}  // namespace matfit
