#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// 3 x 4 cells of 20 mm; frame n holds n at (1, 2), 3 at (2, 0) and 0 elsewhere.
std::string statistics_of(int n) {
  const double sum = n + 3.0;
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(),
                "\nMaximum pressure\t\t%d.0 mmHg\nMinimum pressure\t\t3.0 mmHg\n"
                "Center of Pressure(x)\t\t%.3f cm\nCenter of Pressure(y)\t\t%.3f cm\n"
                "Contact Area     \t\t8.0 cm\xb2\n\n\n",
                n, (n * 5.0 + 3.0 * 1.0) / sum, (n * 3.0 + 3.0 * 5.0) / sum);
  return text.data();
}

std::string tab_frame(int n, const std::string& time, bool statistics = true) {
  return "FRAME " + std::to_string(n) + "(mmHg)\nqua jul 3 " + time + " am 2019\n" +
         "0.0\t0.0\t0.0\t0.0\t\n0.0\t0.0\t" + std::to_string(n) + ".5\t0.0\t\n" +
         "3.0\t0.0\t0.0\t0.0\t\n" + (statistics ? statistics_of(n) : "\n");
}

std::string wide_frame(int n, const std::string& date) {
  std::array<char, 256> text{};
  std::snprintf(text.data(), text.size(),
                "FRAME %6d(psi)\n%s\n     0     0     0     0\n     0123456234567     0\n"
                "     7     0     0     0\n",
                n, date.c_str());
  return text.data();
}

class Tactilus : public testing::Test {
 protected:
  Recording read(const std::string& text, bool pitch = true) {
    ReadOptions options;
    if (pitch) options.row_pitch_m = options.col_pitch_m = 0.01;
    return read_recording(write_file(folder_.path() / "Session.txt", text), options);
  }
  std::string error(const std::string& text, bool pitch = true) {
    return input_error_of([&] { read(text, pitch); });
  }
  TemporaryFolder folder_;
};

TEST_F(Tactilus, reads_frames_numbered_with_gaps_under_dates_in_any_language) {
  const Recording recording =
      read(tab_frame(1, "7:34:20:140") + tab_frame(3, "7:34:20:403") + tab_frame(5, "7:34:21:022"));
  EXPECT_EQ(recording.format, "tactilus");
  EXPECT_EQ(recording.mat.geometry.rows, 3);
  EXPECT_EQ(recording.mat.geometry.cols, 4);
  EXPECT_EQ(recording.unit, PressureUnit::mmhg);
  ASSERT_EQ(recording.size(), 3U);
  EXPECT_NEAR(recording.time_s[1], 0.263, 1e-9);
  EXPECT_NEAR(recording.time_s[2], 0.882, 1e-9);
  const FrameBlock frames = recording.frames->read(0, 3);
  EXPECT_FLOAT_EQ(frames(0, 6), 1.5F);
  EXPECT_FLOAT_EQ(frames(2, 6), 5.5F);
  EXPECT_FLOAT_EQ(frames(2, 8), 3.0F);
}

TEST_F(Tactilus, finds_the_pitch_by_the_printed_areas_and_centres) {
  std::string text;
  for (int n = 20; n < 40; n += 2) text += tab_frame(n, "7:34:20:" + std::to_string(n * 10));
  const Recording recording = read(text, false);
  EXPECT_NEAR(recording.mat.geometry.row_pitch_m, 0.020, 2e-4);
  EXPECT_NEAR(recording.mat.geometry.col_pitch_m, 0.020, 2e-4);
  EXPECT_THAT(recording.mat.geometry_source, HasSubstr("contact areas"));
}

TEST_F(Tactilus, asks_for_the_pitch_where_nothing_or_nothing_sound_is_printed) {
  EXPECT_THAT(error(tab_frame(1, "7:34:20:140", false), false), HasSubstr("--row-pitch-mm"));
  std::string text = tab_frame(30, "7:34:20:140");
  text.replace(text.find("8.0 cm"), 3, "9.0");
  EXPECT_THAT(error(text, false), HasSubstr("--row-pitch-mm"));
}

TEST_F(Tactilus, reads_columns_of_fixed_width_that_touch_and_turns_psi_into_kilopascals) {
  const Recording recording =
      read(wide_frame(1, "Fri Aug 26 23:59:59 2022") + wide_frame(2, "Sat Aug 27 00:00:01 2022"));
  const FrameBlock frames = recording.frames->read(0, 2);
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
  EXPECT_NEAR(frames(0, 5), 123456 * 6.894757, 1.0);
  EXPECT_NEAR(frames(1, 6), 234567 * 6.894757, 1.0);
  EXPECT_THAT(recording.time_s, ElementsAre(0.0, 2.0));
}

TEST_F(Tactilus, spreads_frames_that_share_a_second) {
  std::string text;
  for (int i = 0; i < 12; ++i) {
    text += wide_frame(i + 1, "Fri Aug 26 16:45:0" + std::to_string(i / 4) + " 2022");
  }
  const Recording recording = read(text);
  for (std::size_t i = 1; i < 12; ++i) {
    EXPECT_NEAR(recording.time_s[i] - recording.time_s[i - 1], 0.25, 1e-6);
  }
  EXPECT_THAT(recording.time_source, HasSubstr("spread"));
}

TEST_F(Tactilus, names_the_line_of_rows_and_values_that_are_missing_or_wrong) {
  const std::string good = tab_frame(1, "7:34:20:140") + tab_frame(3, "7:34:20:403");
  const auto damaged = [&](const std::string& text, const char* from, const char* to) {
    return error(test::with_last_replaced(text, from, to));
  };
  EXPECT_THAT(damaged(good, "3.0\t0.0\t0.0\t0.0\t\n", ""), HasSubstr("2 rows"));
  EXPECT_THAT(damaged(good, "3.0\t0.0\t0.0\t0.0\t", "3.0\t0.0\t0.0\t"),
              AllOf(HasSubstr("line 18"), HasSubstr("3 numbers")));
  EXPECT_THAT(damaged(good, "3.5", "x.5"), AllOf(HasSubstr("line 17"), HasSubstr("x.5")));
  EXPECT_THAT(damaged(good, "FRAME 3(mmHg)", "FRAME 3(psi)"), HasSubstr("psi"));
  EXPECT_THAT(damaged(good, "7:34:20:403", "7-34"), HasSubstr("date and time"));
  EXPECT_THAT(damaged(good, "7:34:20:403", "7:34:19:403"), HasSubstr("time"));
}

}  // namespace
}  // namespace matfit
