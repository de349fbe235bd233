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
using testing::HasSubstr;

const std::string heading = "3x2  0.000000-200.000000 mmHg\r\n";
// Numbers of four digits touch.
const std::string frame = "   110002000\n   3   4   5\n";

class Boditrak : public testing::Test {
 protected:
  Recording read(const std::string& text) {
    ReadOptions options;
    options.row_pitch_m = options.col_pitch_m = 0.0127;
    options.sample_rate_hz = 5.0;
    return read_recording(write_file(folder_.path() / "out.txt", text), options);
  }
  std::string error(const std::string& text) {
    return input_error_of([&] { read(text); });
  }
  TemporaryFolder folder_;
};

TEST_F(Boditrak, reads_columns_x_rows_of_touching_numbers_with_unit_and_range) {
  const Recording recording = read(heading + frame + heading + frame);
  EXPECT_EQ(recording.format, "boditrak");
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_EQ(recording.mat.geometry.cols, 3);
  EXPECT_EQ(recording.unit, PressureUnit::mmhg);
  EXPECT_EQ(recording.mat.full_scale, 200.0);
  ASSERT_EQ(recording.size(), 2U);
  const FrameBlock frames = recording.frames->read(1, 1);
  EXPECT_EQ(frames(0, 0), 1);
  EXPECT_EQ(frames(0, 1), 1000);
  EXPECT_EQ(frames(0, 2), 2000);
  EXPECT_EQ(frames(0, 5), 5);
}

TEST_F(Boditrak, takes_conductance_for_raw_values) {
  EXPECT_EQ(read("3x2  0.0-900.0 uSiemens\n" + frame).unit, PressureUnit::raw);
}

TEST_F(Boditrak, refuses_frames_unlike_their_heading) {
  EXPECT_THAT(error(heading + frame + "   6   7   8\n"), HasSubstr("3 rows"));
  EXPECT_THAT(error(heading + frame + heading + "   6   7   8\n"), HasSubstr("1 rows"));
  EXPECT_THAT(error(heading + "   1   2\n   3   4\n"), HasSubstr("2 numbers"));
  EXPECT_THAT(error(heading + frame + "3x2  0.0-200.0 psi\n" + frame), HasSubstr("psi"));
  EXPECT_THAT(error(heading + frame + heading + "   1   2 3x4\n   3   4   5\n"), HasSubstr("3x4"));
}

}  // namespace
}  // namespace matfit
