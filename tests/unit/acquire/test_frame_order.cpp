#include "example_recording.hpp"
#include "files.hpp"
#include "mat_v5_bytes.hpp"
#include "stages/acquire/frame_order.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/write/recording_file.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;

constexpr int frame_count = 30;
constexpr int late = 12;  // its frame stands three places too late in the files

// Numbers of the frames as the files have them.
std::vector<int> file_order() {
  std::vector<int> order(frame_count);
  std::iota(order.begin(), order.end(), 0);
  std::rotate(order.begin() + late, order.begin() + late + 1, order.begin() + late + 4);
  return order;
}

// What `frame(number, time in seconds)` writes of each.
template <typename Frame>
std::string written(const std::vector<int>& order, Frame frame) {
  std::string text;
  for (const int i : order) text += frame(i, 0.5 * i);
  return text;
}

std::string clock_of(double time_s) { return fmt::format("08:00:{:06.3f}", time_s); }

std::string tekscan(const std::vector<int>& order, const std::string& extra,
                    const std::string& stamp) {
  return "DATA_TYPE MOVIE\nVERSION Tekscan Pressure Measurement System 6.33\nSENSOR_TYPE 5330\n"
         "ROWS 2\nCOLS 3\nROW_SPACING 1.27 cm\nCOL_SPACING 1.27 cm\n" +
         extra + "START_FRAME 1\nEND_FRAME 30\nUNITS raw\nASCII_DATA @@\n\n" +
         written(order,
                 [&](int i, double time_s) {
                   std::string beside = stamp;
                   if (stamp == "clock") beside = clock_of(time_s);
                   if (stamp == "whole seconds") beside = clock_of(std::floor(time_s));
                   return fmt::format("Frame {},,, {}\n{},1,2\n3,4,5\n\n", i + 1, beside, i);
                 }) +
         "@@\n";
}

Recording read(const std::string& name, const std::string& bytes) {
  static const TemporaryFolder folder;
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  return read_recording(test::write_file(folder.path() / name, bytes), options);
}

void expect_in_order(const Recording& recording, const std::string& what) {
  ASSERT_EQ(recording.size(), static_cast<std::size_t>(frame_count)) << what;
  const FrameBlock frames = recording.frames->read(0, recording.size());
  for (int i = 0; i < frame_count; ++i) {
    EXPECT_EQ(frames(i, 0), static_cast<float>(i)) << what;
    EXPECT_NEAR(recording.time_s[static_cast<std::size_t>(i)], 0.5 * i, 1e-6) << what;
  }
  EXPECT_THAT(recording.reordered_frames, ElementsAre(late)) << what;
}

TEST(FrameOrder, is_mended_in_every_format_with_a_clock) {
  const std::vector<int> order = file_order();
  const std::vector<std::pair<std::string, std::string>> files = {
      {"tactilus.txt", written(order,
                               [](int i, double time_s) {
                                 return fmt::format("FRAME {}(mmHg)\n12/2/2019 {}\n{}\t2\n3\t4\n\n",
                                                    i + 1, clock_of(time_s), i);
                               })},
      {"blocks.csv",
       "Units:,mmHg\n" + written(order,
                                 [](int i, double time_s) {
                                   return fmt::format(
                                       "FRAME,{}\nTime,\"2019-12-02 {}\"\nSENSOR,A\nRows,1\n"
                                       "Columns,2\nPeak Pressure (mmHg),30\nSENSELS\n{},30\n",
                                       i + 1, clock_of(time_s), i);
                                 })},
      {"wide.csv", "Frame,Time,Units,Sensor,S_1_1,S_1_2\n" +
                       written(order,
                               [](int i, double time_s) {
                                 return fmt::format("{},\"2019-12-02 {}\",mmHg,A,{},30\n", i + 1,
                                                    clock_of(time_s), i);
                               })},
      {"kitronyx.csv", written(order,
                               [](int i, double time_s) {
                                 return fmt::format(
                                     " Frame Index: {}, Measurement Time(sec): {}\n\n{},1\n3,4\n",
                                     i + 1, time_s, i);
                               })},
      {"lines.csv",
       "Measurement Time (sec),R0C0,R0C1,R1C0,R1C1,\n" +
           written(order,
                   [](int i, double time_s) { return fmt::format("{}, {},1,3,4\n", time_s, i); })},
      {"clock.asf", tekscan(order, "", "clock")},
      {"numbers.asf", tekscan(order, "SECONDS_PER_FRAME 0.5\n", "")},
  };
  for (const auto& [name, text] : files) expect_in_order(read(name, text), name);
}

TEST(FrameOrder, of_tekscan_goes_by_numbers_where_frames_share_a_stamp) {
  std::vector<int> order(frame_count);
  std::iota(order.begin(), order.end(), 0);
  std::swap(order[10], order[11]);  // in one second
  const Recording recording = read("coarse.asf", tekscan(order, "", "whole seconds"));
  const FrameBlock frames = recording.frames->read(0, recording.size());
  for (int i = 0; i < frame_count; ++i) EXPECT_EQ(frames(i, 0), static_cast<float>(i));
  EXPECT_EQ(recording.reordered_frames.size(), 1U);
  EXPECT_TRUE(std::is_sorted(recording.time_s.begin(), recording.time_s.end()));
}

TEST(FrameOrder, of_tekscan_is_refused_where_a_number_stands_twice_or_numbers_begin_again) {
  std::vector<int> twice(frame_count);
  std::iota(twice.begin(), twice.end(), 0);
  twice[20] = 3;
  EXPECT_THAT(input_error_of([&] { read("twice.asf", tekscan(twice, "", "")); }),
              HasSubstr("got 'frame 4', expected a number above 20"));
  std::vector<int> again(frame_count);
  for (int i = 0; i < frame_count; ++i) again[static_cast<std::size_t>(i)] = (i + 15) % frame_count;
  EXPECT_THAT(input_error_of([&] { read("again.asf", tekscan(again, "", "")); }),
              HasSubstr("got 'frame 1', expected a number above 30"));
}

TEST(FrameOrder, of_our_own_files_takes_the_labels_along_and_outlives_an_import) {
  Recording recording = test::example_recording();
  recording.reordered_frames.clear();
  FrameBlock frames(frame_count, 6);
  recording.labels.clear();
  recording.time_s.clear();
  for (const int i : file_order()) {
    frames.row(static_cast<Eigen::Index>(recording.time_s.size()))
        .setConstant(static_cast<float>(i));
    recording.time_s.push_back(0.5 * i);
    recording.labels.push_back(i < late ? Posture::supine : Posture::prone);
  }
  recording.frames = std::make_shared<MemoryFrames>(frames);
  const TemporaryFolder folder;
  write_recording(recording, folder.path() / "late.h5");
  const Recording read_back = read_recording(folder.path() / "late.h5");
  expect_in_order(read_back, "hdf5");
  EXPECT_EQ(std::count(read_back.labels.begin(), read_back.labels.begin() + late, Posture::supine),
            late);
  write_recording(read_back, folder.path() / "import.h5");
  expect_in_order(read_recording(folder.path() / "import.h5"), "import");
}

TEST(FrameOrder, of_matlab_goes_by_the_variable_of_times) {
  std::vector<double> cells;
  std::vector<double> times;
  for (const int i : file_order()) {
    for (int cell = 0; cell < 20; ++cell) cells.push_back(i + 0.01 * cell);
    times.push_back(0.5 * i);
  }
  const std::string bytes = test::mat_file({test::mat_numbers("P", {4, 5, frame_count}, cells),
                                            test::mat_numbers("time", {1, frame_count}, times)});
  expect_in_order(read("late.mat", bytes), "matlab");
}

TEST(FrameOrder, moves_nothing_in_order_and_the_fewest_frames_out_of_it) {
  std::vector<double> times(50);
  std::iota(times.begin(), times.end(), 100.0);
  const auto order = order_of_time(times);
  ASSERT_TRUE(order);
  EXPECT_TRUE(order->changes_nothing());
  std::rotate(times.begin() + 5, times.begin() + 6, times.begin() + 30);  // one frame 24 too late
  const auto moved = order_of_time(times);
  ASSERT_TRUE(moved);
  EXPECT_THAT(moved->moved, ElementsAre(5U));
  EXPECT_EQ(moved->frame[5], 29U);
  EXPECT_FALSE(order_of_time({1.0, 0.0}));
  EXPECT_THAT(order_of_time({})->frame, IsEmpty());
}

TEST(FrameOrder, reads_frames_in_any_block_as_one_by_one) {
  Recording recording;
  FrameBlock frames(frame_count, 2);
  for (const int i : file_order()) {
    frames.row(static_cast<Eigen::Index>(recording.time_s.size()))
        .setConstant(static_cast<float>(i));
    recording.time_s.push_back(i);
  }
  recording.frames = std::make_shared<MemoryFrames>(frames);
  put_in_order(*order_of_time(recording.time_s), recording);
  for (std::size_t first = 0; first < frame_count; ++first) {
    for (std::size_t count = 1; first + count <= frame_count; ++count) {
      const FrameBlock block = recording.frames->read(first, count);
      ASSERT_EQ(block.rows(), static_cast<Eigen::Index>(count));
      for (std::size_t k = 0; k < count; ++k) {
        EXPECT_EQ(block(static_cast<Eigen::Index>(k), 1), static_cast<float>(first + k));
      }
    }
  }
}

}  // namespace
}  // namespace matfit
