#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace matfit {
namespace {

using test::input_error_of;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

template <typename Number>
std::string bytes_of(Number number, bool big_endian) {
  std::string bytes(sizeof number, '\0');
  std::memcpy(bytes.data(), &number, sizeof number);
  if (big_endian) std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

// A matrix of format version 4, its values down the columns; `kind` is the format's P and T digits.
template <typename Number>
std::string matrix(const std::string& name, int kind, int rows, int cols,
                   const std::vector<Number>& values, bool big_endian = false, int complex = 0) {
  std::string bytes;
  for (const std::int32_t word :
       {kind + (big_endian ? 1000 : 0), rows, cols, complex, static_cast<int>(name.size() + 1)}) {
    bytes += bytes_of(word, big_endian);
  }
  bytes += name + '\0';
  for (const Number value : values) bytes += bytes_of(value, big_endian);
  return bytes;
}

// value(t, r, c) = 100 t + 10 r + 20 c on 4 x 5 cells, a frame a row of the matrix.
template <typename Number>
std::vector<Number> flat_frames(int frames) {
  std::vector<Number> values;
  for (int cell = 0; cell < 20; ++cell) {
    for (int t = 0; t < frames; ++t) {
      values.push_back(static_cast<Number>(100 * t + 10 * (cell / 5) + 20 * (cell % 5)));
    }
  }
  return values;
}

class MatlabV4 : public testing::Test {
 protected:
  Recording read(const std::string& bytes) {
    return read_recording(write_file(folder_.path() / "a.mat", bytes), options_);
  }
  std::string error(const std::string& bytes) {
    return input_error_of([&] { read(bytes); });
  }
  void expect_frames(const Recording& recording) {
    EXPECT_EQ(recording.format, "matlab");
    ASSERT_EQ(recording.size(), 2U);
    const FrameBlock frames = recording.frames->read(0, 2);
    for (int t = 0; t < 2; ++t) {
      for (int cell = 0; cell < 20; ++cell) {
        EXPECT_EQ(frames(t, cell), static_cast<float>(100 * t + 10 * (cell / 5) + 20 * (cell % 5)));
      }
    }
  }
  void SetUp() override {
    options_.row_pitch_m = options_.col_pitch_m = 0.01;
    options_.rows = 4;
    options_.cols = 5;
  }
  test::TemporaryFolder folder_;
  ReadOptions options_;
};

TEST_F(MatlabV4, reads_numbers_of_every_kind_in_both_byte_orders) {
  for (const bool big : {false, true}) {
    expect_frames(read(matrix<double>("P", 0, 2, 20, flat_frames<double>(2), big)));
    expect_frames(read(matrix<float>("P", 10, 2, 20, flat_frames<float>(2), big)));
    expect_frames(read(matrix<std::int32_t>("P", 20, 2, 20, flat_frames<std::int32_t>(2), big)));
    expect_frames(read(matrix<std::int16_t>("P", 30, 2, 20, flat_frames<std::int16_t>(2), big)));
    expect_frames(read(matrix<std::uint16_t>("P", 40, 2, 20, flat_frames<std::uint16_t>(2), big)));
    expect_frames(read(matrix<std::uint8_t>("P", 50, 2, 20, flat_frames<std::uint8_t>(2), big)));
  }
}

TEST_F(MatlabV4, takes_one_frame_times_and_unit_and_leaves_complex_numbers_out) {
  std::vector<double> one;
  for (int c = 0; c < 5; ++c) {
    for (int r = 0; r < 4; ++r) one.push_back(10 * r + 20 * c);
  }
  EXPECT_EQ(read(matrix<double>("P", 0, 4, 5, one)).frames->read(0, 1)(0, 7), 50.0F);
  const std::string text = "kPa";
  const Recording recording = read(matrix<double>("z", 0, 1, 1, {1, 2}, false, 1) +
                                   matrix<double>("P", 0, 2, 20, flat_frames<double>(2)) +
                                   matrix<double>("time", 0, 2, 1, {3.0, 4.5}) +
                                   matrix<double>("units", 1, 1, 3, {text.begin(), text.end()}));
  expect_frames(recording);
  EXPECT_THAT(recording.time_s, ElementsAre(0.0, 1.5));
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
}

TEST_F(MatlabV4, refuses_what_is_cut_short_and_asks_for_the_grid) {
  const std::string bytes = matrix<double>("P", 0, 2, 20, flat_frames<double>(2));
  for (std::size_t size = 30; size < bytes.size(); size += 17) {
    EXPECT_THAT(error(bytes.substr(0, size)), HasSubstr("cut short")) << size;
  }
  EXPECT_THAT(error(bytes + "abc"), HasSubstr("cut short"));
  EXPECT_THAT(error(matrix<double>("P", 0, 100000, 100000, {1.0})), HasSubstr("80000000000 bytes"));
  options_.rows = options_.cols = {};
  EXPECT_THAT(error(bytes), AllOf(HasSubstr("2 x 20"), HasSubstr("--rows and --cols")));
}

}  // namespace
}  // namespace matfit
