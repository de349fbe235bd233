#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// As Kitronyx's samples are: a blank line after the heading of a log, none in a snapshot.
const std::string matrices =
    " Frame Index: 30, Measurement Time(sec): 01.00\n\n0,1,2\n3,4,5\n"
    " Frame Index: 62, Measurement Time(sec): 02.03\n\n6,7,8\n9,10,11\n";
const std::string snapshot =
    " Frame Index: 0, Measurement Time(sec): 0\n20.000,9.954,438.909\n20.000,20.000,20.000\n";
const std::string lines =
    "Measurement Time (sec),R0C0,R0C1,R0C2,R1C0,R1C1,R1C2,\n"
    "01.00, 0,1,2,3,4,5\n02.03, 6,7,8,9,10,11\n";

class Kitronyx : public testing::Test {
 protected:
  Recording read(const std::string& text) {
    ReadOptions options;
    options.row_pitch_m = options.col_pitch_m = 0.01;
    return read_recording(write_file(folder_.path() / "log.csv", text), options);
  }
  std::string error(const std::string& text) {
    return input_error_of([&] { read(text); });
  }
  TemporaryFolder folder_;
};

TEST_F(Kitronyx, reads_both_layouts_alike) {
  for (const std::string& text : {matrices, lines}) {
    const Recording recording = read(text);
    EXPECT_EQ(recording.format, "kitronyx");
    EXPECT_EQ(recording.mat.geometry.rows, 2);
    EXPECT_EQ(recording.mat.geometry.cols, 3);
    EXPECT_EQ(recording.unit, PressureUnit::raw);
    EXPECT_EQ(recording.unit_source, "assumed");
    EXPECT_TRUE(recording.integer_counts);
    ASSERT_EQ(recording.size(), 2U);
    EXPECT_NEAR(recording.time_s[1], 1.03, 1e-9);
    const FrameBlock frames = recording.frames->read(0, 2);
    for (Eigen::Index i = 0; i < 12; ++i) EXPECT_EQ(frames.data()[i], static_cast<float>(i));
  }
}

TEST_F(Kitronyx, reads_a_snapshot_of_forces) {
  const FrameBlock frames = read(snapshot).frames->read(0, 1);
  EXPECT_FLOAT_EQ(frames(0, 1), 9.954F);
  EXPECT_FLOAT_EQ(frames(0, 2), 438.909F);
}

TEST_F(Kitronyx, places_cells_by_their_names_and_understands_decimal_commas) {
  const FrameBlock frames = read(
                                "Measurement Time (sec);R1C1;R0C0;R0C1;R1C0\n"
                                "0,5;1,5;2,5;3,5;4,5\n")
                                .frames->read(0, 1);
  EXPECT_THAT(std::vector<float>(frames.data(), frames.data() + 4),
              ElementsAre(2.5F, 3.5F, 4.5F, 1.5F));
}

TEST_F(Kitronyx, lets_a_given_rate_stand_for_times_that_fall) {
  std::string text = matrices;
  text.replace(text.find("02.03"), 5, "00.03");
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.01;
  options.sample_rate_hz = 4.0;
  const auto path = write_file(folder_.path() / "log.csv", text);
  EXPECT_THAT(read_recording(path, options).time_s, ElementsAre(0.0, 0.25));
}

TEST_F(Kitronyx, names_the_line_of_what_is_wrong) {
  const auto damaged = [&](const std::string& text, const char* from, const char* to) {
    return error(test::with_last_replaced(text, from, to));
  };
  EXPECT_THAT(damaged(matrices, "9,10,11\n", ""), HasSubstr("1 rows"));
  EXPECT_THAT(damaged(matrices, "9,10,11", "9,10"),
              AllOf(HasSubstr("line 8"), HasSubstr("2 numbers")));
  EXPECT_THAT(damaged(matrices, "02.03", "00.03"), AllOf(HasSubstr("line 5"), HasSubstr("time")));
  EXPECT_THAT(damaged(matrices, "02.03", "ab"), HasSubstr("line 5"));
  EXPECT_THAT(damaged(lines, "10,11", "10"), AllOf(HasSubstr("line 3"), HasSubstr("5 values")));
  EXPECT_THAT(damaged(lines, "R1C2,", "R1C1,"), HasSubstr("R1C1"));
  EXPECT_THAT(damaged(lines, "R1C2,", "R2C2,"), HasSubstr("6 cells"));
  EXPECT_THAT(damaged(lines, "Measurement Time (sec),", ""), HasSubstr("known format"));
}

}  // namespace
}  // namespace matfit
