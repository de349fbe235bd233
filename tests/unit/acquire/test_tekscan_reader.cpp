#include "files.hpp"
#include "stages/acquire/formats.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"
#include "vendor_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

using test::input_error_of;
using test::replaced;
using test::TekscanText;
using test::TemporaryFolder;
using test::write_file;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;

Recording read(const TekscanText& text, const ReadOptions& options = {}) {
  static const TemporaryFolder folder;
  return read_recording(write_file(folder.path() / "a.asf", text.text()), options);
}

std::string error_of(const TekscanText& text, const ReadOptions& options = {}) {
  return input_error_of([&] { read(text, options); });
}

float cell(const Recording& recording, std::size_t frame, Eigen::Index index) {
  return recording.frames->read(frame, 1)(0, index);
}

TEST(TekscanReader, takes_grid_pitch_unit_times_and_absent_cells_from_the_file) {
  const Recording recording = read({});
  EXPECT_EQ(recording.format, "tekscan");
  EXPECT_EQ(recording.mat.model, "Tekscan 5330");
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_EQ(recording.mat.geometry.cols, 3);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.row_pitch_m, 0.0127);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.col_pitch_m, 0.0127);
  EXPECT_EQ(recording.mat.geometry_source, "file");
  EXPECT_THAT(recording.mat.absent, ElementsAre(1, 0, 0, 0, 0, 1));
  EXPECT_TRUE(std::isnan(cell(recording, 0, 0)));
  EXPECT_EQ(cell(recording, 1, 1), 10.0F);
  EXPECT_EQ(recording.unit, PressureUnit::raw);
  EXPECT_EQ(recording.unit_source, "file (raw)");
  EXPECT_TRUE(recording.integer_counts);
  EXPECT_EQ(recording.mat.zero_below, 3.0);
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.1}));
  EXPECT_EQ(recording.time_source, "file");
}

TEST(TekscanReader, converts_every_unit_and_says_what_the_file_said) {
  const std::vector<std::tuple<std::string, PressureUnit, double>> cases = {
      {"KPa", PressureUnit::kpa, 1.0},         {"MPa", PressureUnit::kpa, 1000.0},
      {"PSI", PressureUnit::kpa, 6.894757},    {"mmHg", PressureUnit::mmhg, 1.0},
      {"g/cm2", PressureUnit::kpa, 0.0980665}, {"kg/cm2", PressureUnit::kpa, 98.0665},
      {"N/cm2", PressureUnit::kpa, 10.0},      {"RAW", PressureUnit::raw, 1.0}};
  for (const auto& [name, unit, factor] : cases) {
    TekscanText text;
    text.units = name;
    const Recording recording = read(text);
    EXPECT_EQ(recording.unit, unit) << name;
    EXPECT_EQ(recording.unit_source, "file (" + name + ")");
    EXPECT_NEAR(cell(recording, 1, 1), 10.0 * factor, 1e-5 * factor) << name;
  }
  TekscanText text;
  text.units = "stones";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("UNITS"), HasSubstr("stones"), HasSubstr("--units")));
  ReadOptions options;
  options.unit = PressureUnit::mmhg;
  EXPECT_EQ(cell(read(text, options), 1, 1), 10.0F);  // the user's word: no factor
}

TEST(TekscanReader, knows_the_lengths_of_every_version) {
  for (const auto& [spacing, metres] :
       std::vector<std::pair<std::string, double>>{{"5.08 mm", 0.00508},
                                                   {"0.127 centimeters", 0.00127},
                                                   {"0.2 inch", 0.00508},
                                                   {"0.4 in", 0.01016},
                                                   {"0.0102 meters", 0.0102},
                                                   {"5,08 mm", 0.00508}}) {
    TekscanText text;
    text.spacing = spacing;
    EXPECT_NEAR(read(text).mat.geometry.row_pitch_m, metres, 1e-12) << spacing;
  }
  TekscanText text;
  text.spacing = "5.08";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("ROW_SPACING"), HasSubstr("with its unit")));
  text.spacing = "5.08 inch x";
  EXPECT_THAT(error_of(text), HasSubstr("ROW_SPACING"));
  text.spacing = "50 inch";
  EXPECT_THAT(error_of(text), HasSubstr("0.5 to 500"));
}

TEST(TekscanReader, refuses_cells_that_do_not_add_up_to_their_raw_sum) {
  TekscanText text;
  text.cells_2 = "B,10,2\n3,7,B\n";
  EXPECT_THAT(error_of(text),
              AllOf(HasSubstr("frame 2"), HasSubstr("add up to 22"), HasSubstr("Raw Sum 21")));
  text.units = "KPa";  // then it is a sum of other numbers
  EXPECT_EQ(read(text).size(), 2U);
}

TEST(TekscanReader, refuses_files_that_are_cut_off) {
  TekscanText text;
  text.end = "";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("a line @@"), HasSubstr("cut off")));
  text = {};
  text.end_frame = "3";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("END_FRAME 3"), HasSubstr("cut off")));
  text = {};
  text.cells_2 = "B,10,2\n";
  EXPECT_THAT(error_of(text), HasSubstr("frame 2"));
  text.cells_2 = "B,10,2\n3,6\n";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("2 cells"), HasSubstr("3 (COLS)")));
  text = {};
  text.frame_1 = "Frame 2";
  EXPECT_THAT(error_of(text), HasSubstr("START_FRAME 1"));
  text = {};
  text.end = "@@\nmore\n";
  EXPECT_THAT(error_of(text), HasSubstr("below the closing @@"));
}

TEST(TekscanReader, wants_the_same_cells_absent_in_every_frame) {
  TekscanText text;
  text.cells_2 = "B,10,B\n3,8,B\n";
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("row 0, column 2"), HasSubstr("got 'B'")));
  text = {};
  text.cells_1 = text.cells_2 = "B,B,B\nB,B,B\n";
  text.frame_1 = "Frame 1";
  EXPECT_THAT(error_of(text), HasSubstr("B in every cell"));
}

TEST(TekscanReader, takes_the_best_of_the_times_that_the_file_has) {
  TekscanText text;
  text.frame_1 = "Frame 1";
  text.frame_2 = "Frame 2";
  EXPECT_THAT(read(text).time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.1}));
  EXPECT_EQ(read(text).time_source, "file (SECONDS_PER_FRAME)");
  text.frame_1 = "Frame 1, 0";
  text.frame_2 = "Frame 2, 125";  // milliseconds
  EXPECT_THAT(read(text).time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.125}));
  text.frame_2 = "Frame 2, 90000";
  EXPECT_THAT(error_of(text), HasSubstr("--sample-rate-hz"));
  // A spreadsheet took the seconds off the clock.
  text.frame_1 = "Frame 1, 0,, 12/2/2019 18:21,,,Raw Sum=,,6";
  text.frame_2 = "Frame 2, 0.12,, 12/2/2019 18:21,,,Raw Sum=,,21";
  EXPECT_THAT(read(text).time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.12}));
  text.frame_1 = "Frame 1, 0,, 12/2/2019 11:59:59.9PM";
  text.frame_2 = "Frame 2, 0.1,, 12/3/2019 12:00:00.0AM";
  EXPECT_THAT(read(text).time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.1}));
  EXPECT_THAT(read(text).notes, Not(Contains(HasSubstr("SECONDS_PER_FRAME"))));
  text.frame_2 = "Frame 2, 0.4,, 12/3/2019 12:00:00.3AM";
  EXPECT_THAT(read(text).notes, Contains(HasSubstr("SECONDS_PER_FRAME")));
}

TEST(TekscanReader, survives_spreadsheets_and_other_alphabets) {
  const TemporaryFolder folder;
  const Recording original = read({});
  const std::string text = TekscanText{}.text();
  const std::vector<std::string> variants = {
      test::through_a_spreadsheet(text), test::utf16(text, false), test::utf16(text, true),
      replaced(text, "\n", "\r\n"),      replaced(text, ",", ";"), "\xef\xbb\xbf" + text};
  for (const std::string& variant : variants) {
    const Recording read = read_recording(write_file(folder.path() / "v.csv", variant));
    EXPECT_EQ(read.format, "tekscan");
    EXPECT_EQ(read.time_s, original.time_s);
    EXPECT_EQ(read.mat.absent, original.mat.absent);
    EXPECT_TRUE((read.frames->read(0, 2).rightCols(5).leftCols(4) ==
                 original.frames->read(0, 2).rightCols(5).leftCols(4))
                    .all());
  }
  TekscanText commas;
  commas.units = "KPa";
  commas.cells_1 = "B;1,5;2\n3;0;B\n";
  commas.cells_2 = "B;10;2,25\n3;0;B\n";
  EXPECT_EQ(cell(read(commas), 0, 1), 1.5F);
  EXPECT_EQ(cell(read(commas), 1, 2), 2.25F);
}

TEST(TekscanReader, uses_what_the_header_says_of_the_calibration) {
  TekscanText text;
  text.extra = "SCALE_FACTOR 0.0109804\nEXPONENT 1\nSATURATION_PRESSURE 2.8 MPa\n";
  EXPECT_THAT(read(text).notes, Contains(HasSubstr("SCALE_FACTOR 0.0109804")));
  EXPECT_EQ(cell(read(text), 1, 1), 10.0F);
  text.units = "MPa";  // cells of 10 with a saturation of 2.8 are no MPa
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("SATURATION_PRESSURE 2.8"), HasSubstr("--units")));
  text.extra = "SATURATION_PRESSURE 12 MPa\n";
  EXPECT_EQ(read(text).mat.full_scale, 12000.0);
  text.units = "mm Hg";
  text.extra = "SATURATION_PRESSURE 200 mm Hg\n";
  EXPECT_EQ(read(text).mat.full_scale, 200.0);
  text.extra = "MIRROR_COL 1\n";
  EXPECT_THAT(read(text).notes, Contains(HasSubstr("columns mirrored")));
}

TEST(TekscanReader, wants_the_grid_and_asks_for_what_is_missing) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& from, const std::string& to) {
    const auto path = write_file(folder.path() / "m.asf", replaced(TekscanText{}.text(), from, to));
    return input_error_of([&] { read_recording(path); });
  };
  EXPECT_THAT(error("ROWS 2\n", ""), HasSubstr("ROWS"));  // the comment's is no number
  EXPECT_THAT(error("COLS 3\n", ""), HasSubstr("COLS"));
  EXPECT_THAT(error("ROW_SPACING 1.27 cm\n", ""), HasSubstr("--row-pitch-mm"));
  EXPECT_THAT(error("UNITS raw\n", ""), HasSubstr("--units"));
  EXPECT_THAT(error("ASCII_DATA @@\n", ""), HasSubstr("ASCII_DATA"));
  ReadOptions options;
  options.rows = 4;
  EXPECT_THAT(error_of({}, options), HasSubstr("2 x 3 cells"));
}

}  // namespace
}  // namespace matfit
