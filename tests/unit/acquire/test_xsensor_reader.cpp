#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"
#include "vendor_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::input_error_of;
using test::replaced;
using test::TemporaryFolder;
using test::write_file;
using test::xsensor_text;
using test::XsensorSensorText;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pointwise;

std::filesystem::path file_of(const std::string& text) {
  static const TemporaryFolder folder;
  return write_file(folder.path() / "x.csv", text);
}

Recording read(const std::string& text, const ReadOptions& options = {}) {
  return read_recording(file_of(text), options);
}

std::string error_of(const std::string& text, const ReadOptions& options = {}) {
  return input_error_of([&] { read(text, options); });
}

ReadOptions sensor(const std::string& name) {
  ReadOptions options;
  options.sensor = name;
  return options;
}

std::vector<float> frame(const Recording& recording, std::size_t index) {
  const FrameBlock block = recording.frames->read(index, 1);
  return {block.data(), block.data() + block.size()};
}

// Two frames of one sensor.
std::string two_frames() {
  return xsensor_text({{}}) + xsensor_text({{}}, "08:21:18.232", "2", "");
}

// Left and right, of different shapes, in each of two frames.
std::string two_sensors() {
  const XsensorSensorText left;
  const XsensorSensorText right{"RF S1", "Peak Pressure (mmHg),7\n", "1,2\n7,0\n0,0\n", "3", "2"};
  return xsensor_text({left, right}) + xsensor_text({left, right}, "08:21:18.232", "2", "");
}

const std::string group =
    "GROUP,1\nName,Left Heel\nCells,4\nPeak Pressure (mmHg),9\nSENSELS\n9,9\n9,9\n";

TEST(XsensorReader, takes_grid_pitch_unit_times_and_threshold_from_the_file) {
  const Recording recording = read(two_frames());
  EXPECT_EQ(recording.format, "xsensor");
  EXPECT_EQ(recording.sensor, "LF S1");
  EXPECT_EQ(recording.mat.model, "XSENSOR LF S1");
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_EQ(recording.mat.geometry.cols, 3);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.col_pitch_m, 0.0127);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.row_pitch_m, 0.0254);
  EXPECT_EQ(recording.unit, PressureUnit::mmhg);
  EXPECT_EQ(recording.unit_source, "file (mmHg)");
  EXPECT_EQ(recording.mat.zero_below, 5.0);
  EXPECT_THAT(recording.notes, ElementsAre(HasSubstr("Threshold of 5 mmHg")));
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-9), {0.0, 0.25}));
  EXPECT_THAT(frame(recording, 1), ElementsAre(0, 0, 10, 20, 9.5, 40.5));
  EXPECT_FALSE(recording.integer_counts);
}

TEST(XsensorReader, reads_one_of_several_sensors_and_no_groups) {
  const std::string text = replaced(two_sensors(), "7,0\n0,0\n", "7,0\n0,0\n" + group);
  EXPECT_THAT(sensors_in(file_of(text)), ElementsAre("LF S1", "RF S1"));
  const Recording right = read(text, sensor("RF S1"));
  EXPECT_EQ(right.size(), 2U);
  EXPECT_EQ(right.id, "x-RF_S1");
  EXPECT_EQ(right.mat.geometry.rows, 3);
  EXPECT_EQ(right.mat.geometry.cols, 2);
  EXPECT_THAT(frame(right, 1), ElementsAre(1, 2, 7, 0, 0, 0));
  EXPECT_EQ(read(text, sensor("LF S1")).size(), 2U);
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("'LF S1', 'RF S1'"), HasSubstr("--sensor")));
  EXPECT_THAT(error_of(text, sensor("MF")), AllOf(HasSubstr("got 'MF'"), HasSubstr("'RF S1'")));
  EXPECT_THAT(error_of("1 2 3\n", sensor("MF")), HasSubstr("--rows"));
}

TEST(XsensorReader, reads_pro_7_with_quotes_and_decimal_commas_and_sensors_in_turn) {
  // Keys with a colon, cells in quotes, one sensor a frame.
  const auto frame_of = [](const std::string& number, const std::string& time,
                           const std::string& name, const std::string& cells) {
    return "Frame:,\"" + number + "\"\nDate:,\"16-08-2022\"\nTime:,\"" + time + "\"\nSensor:,\"" +
           name +
           "\"\nRows:,\"2\"\nColumns:,\"3\"\nCOP Row:,\"1,5\"\nCOP Column:,\"1,25\"\n"
           "Sensel Width (cm):,\"1,27\"\nSensel Height (cm):,\"1,27\"\n"
           "Average Pressure (N/cm2):,\"0,50\"\nPeak Pressure (N/cm2):,\"1,00\"\n"
           "Contact Area (cm\xb2):,\"3,23\"\nSensels:\n" +
           cells + "\n";
  };
  const std::string seat = "\"0,00\",\"0,25\",\"1,00\"\n\"0,00\",\"0,25\",\"0,50\"\n";
  const std::string back = "\"1,00\",\"0,00\",\"0,00\"\n\"0,00\",\"0,00\",\"0,00\"\n";
  const std::string text =
      "Units:,\"N/cm2\"\nThreshold:,\"0,07\"\n" + frame_of("1", "23:59:59.900", "Seat", seat) +
      frame_of("1", "23:59:59.900", "Back", back) + frame_of("2", "00:00:00.150", "Seat", seat) +
      frame_of("2", "00:00:00.150", "Back", back);
  EXPECT_THAT(sensors_in(file_of(text)), ElementsAre("Seat", "Back"));
  const Recording recording = read(text, sensor("Seat"));
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.row_pitch_m, 0.0127);
  EXPECT_THAT(frame(recording, 1), Pointwise(DoubleNear(1e-5), {0.0, 2.5, 10.0, 0.0, 2.5, 5.0}));
  EXPECT_NEAR(recording.mat.zero_below.value(), 0.7, 1e-12);
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-6), {0.0, 0.25}));
  EXPECT_EQ(recording.time_source, "file (over midnight)");
  // The same with semicolons, as a European spreadsheet parts cells.
  const std::string semicolons =
      replaced(replaced(replaced(text, "\",\"", "\";\""), ":,\"", ":;\""), "\"", "");
  EXPECT_THAT(frame(read(semicolons, sensor("Seat")), 1),
              Pointwise(DoubleNear(1e-5), {0.0, 2.5, 10.0, 0.0, 2.5, 5.0}));
}

TEST(XsensorReader, reads_the_export_of_a_single_frame_of_a_mattress) {
  const std::string text =
      "Units:,mmHg\nAverage Pressure (mmHg),3.5\nPeak Pressure (mmHg),6\n"
      "Contact Area (cm\u00b2),9.68\nSENSELS\n1,2,3\n4,5,6\n";
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  const Recording recording = read(text, options);
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_EQ(recording.mat.geometry.cols, 3);
  EXPECT_EQ(recording.sensor, "");
  EXPECT_EQ(recording.size(), 1U);
  EXPECT_THAT(recording.notes, IsEmpty());
  EXPECT_THAT(error_of(text), HasSubstr("--row-pitch-mm"));
  // The unit stands in the headings too.
  EXPECT_EQ(read(replaced(text, "Units:,mmHg\n", ""), options).unit, PressureUnit::mmhg);
  EXPECT_THAT(error_of(replaced(replaced(text, "Units:,mmHg\n", ""), " (mmHg)", ""), options),
              HasSubstr("--units"));
}

TEST(XsensorReader, survives_spreadsheets_and_other_alphabets) {
  const Recording original = read(two_frames());
  for (const std::string& text :
       {test::through_a_spreadsheet(two_frames()), test::utf16(two_frames(), false),
        replaced(two_frames(), "\n", "\r\n"), replaced(two_frames(), ",", "\t")}) {
    const Recording recording = read(text);
    EXPECT_EQ(frame(recording, 1), frame(original, 1));
    EXPECT_EQ(recording.time_s, original.time_s);
    EXPECT_EQ(recording.sensor, original.sensor);
  }
  // Shown as minutes and seconds with one decimal.
  const std::string hours_lost =
      replaced(replaced(two_frames(), "08:21:17.982", "59:59.9"), "08:21:18.232", "00:00.2");
  EXPECT_THAT(read(hours_lost).time_s, Pointwise(DoubleNear(1e-6), {0.0, 0.3}));
  EXPECT_EQ(read(hours_lost).time_source, "file (hours were cut off by a spreadsheet)");
}

TEST(XsensorReader, compares_cells_with_the_figures_printed_above_them) {
  EXPECT_THAT(
      error_of(replaced(two_frames(), "Peak Pressure (mmHg),40.5", "Peak Pressure (mmHg),45")),
      AllOf(HasSubstr("highest cell of 40.5"), HasSubstr("Peak Pressure 45")));
  EXPECT_THAT(
      read(replaced(two_frames(), "Average Pressure (mmHg),20", "Average Pressure (mmHg),25"))
          .notes,
      Contains(AllOf(HasSubstr("Average Pressure"), HasSubstr("2 frames"))));
  EXPECT_THAT(read(replaced(two_frames(), "Average Pressure (mmHg),20",
                            "Total Area (cm\u00b2),12.9\nAverage Pressure (mmHg),20"))
                  .notes,
              Contains(HasSubstr("about 4 of the grid's 6 cells")));
}

TEST(XsensorReader, names_the_line_of_whatever_is_wrong) {
  EXPECT_THAT(error_of(xsensor_text({{.cells = "0,0,10\n"}})),
              AllOf(HasSubstr("1 rows"), HasSubstr("2 (Rows)"), HasSubstr("cut off")));
  EXPECT_THAT(error_of(xsensor_text({{.cells = "0,0,10\n20,9.5\n"}})), HasSubstr("3 (Columns)"));
  EXPECT_THAT(error_of(xsensor_text({{.cells = "0,0,10\n20,,40.5\n"}})), HasSubstr("empty cell"));
  EXPECT_THAT(error_of(xsensor_text({{.cells = "0,-1,10\n20,9.5,40.5\n"}})),
              HasSubstr("not below 0"));
  EXPECT_THAT(error_of(replaced(two_frames(), "Rows,2", "Rows,many")), HasSubstr("'many'"));
  EXPECT_THAT(error_of(replaced(two_frames(), "Rows,2", "Rows,4000000000")),
              HasSubstr("1 to 4096"));
  EXPECT_THAT(error_of(replaced(two_frames(), "Sensel Width (cm)", "Sensel Width")),
              HasSubstr("with its unit"));
  EXPECT_THAT(error_of(xsensor_text({{}}) + xsensor_text({{}}, "07:00:00", "2", "")),
              AllOf(HasSubstr("before that of the frame above"), HasSubstr("--sample-rate-hz")));
  EXPECT_THAT(error_of(xsensor_text({{}}) + xsensor_text({{}}, "noon", "2", "")),
              HasSubstr("a time of day"));
  EXPECT_THAT(error_of(replaced(two_frames(), "Time, 08", "Clock, 08")),
              AllOf(HasSubstr("times"), HasSubstr("--sample-rate-hz")));
  EXPECT_THAT(error_of(xsensor_text({{}}) +
                       xsensor_text({{.cells = "1,2\n3,40.5\n", .cols = "2"}}, "09:00", "2", "")),
              HasSubstr("as in the first frame"));
  EXPECT_THAT(error_of("Units:,mmHg\nSENSELS\n"), HasSubstr("at least one"));
  EXPECT_THAT(error_of(xsensor_text({{}}) + xsensor_text({{}}, "08:21:19", "1", "")),
              HasSubstr("frame 1 again"));
}

TEST(XsensorWideReader, reads_cells_by_their_columns_and_leaves_the_others_absent) {
  const std::string head =
      "File:,\"C:\\a.xsn\"\n"
      "Frame,Date,Time,Units,Threshold,Note,Sensor,Insole Side,Rows,Columns,"
      "Average Pressure (PSI),Minimum Pressure (PSI),Peak Pressure (PSI),Contact Area (cm\u00b2),"
      "Total Area (cm\u00b2),Contact %,Est. Load (lbf),Std Dev.,S_1_1,S_1_2,S_2_2,"
      "Sensor,Insole Side,Rows,Columns,Peak Pressure (PSI),S_1_1,S_1_2\n";
  const std::string rows =
      "1,2022 Aug 16, 08:21:17.5,PSI,0.1,,A 1,Left,2,2,2,1,3,4,3,100,1,0,1,2,3,A "
      "2,Right,1,2,9,8,9\n"
      "2,2022 Aug 16, 08:21:17.6,PSI,0.1,,A 1,Left,2,2,2,1,3,4,3,100,1,0,3,2,1,A "
      "2,Right,1,2,9,9,8\n";
  ReadOptions options = sensor("A 1");
  options.row_pitch_m = options.col_pitch_m = 0.01;
  EXPECT_THAT(sensors_in(file_of(head + rows)), ElementsAre("A 1", "A 2"));
  const Recording recording = read(head + rows, options);
  EXPECT_EQ(recording.format, "xsensor-wide");
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_THAT(recording.mat.absent, ElementsAre(0, 0, 1, 0));
  EXPECT_NEAR(frame(recording, 0)[3], 3 * 6.894757, 1e-4);
  EXPECT_NEAR(frame(recording, 1)[0], 3 * 6.894757, 1e-4);
  EXPECT_TRUE(std::isnan(frame(recording, 0)[2]));
  EXPECT_EQ(recording.unit_source, "file (PSI)");
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-6), {0.0, 0.1}));
  EXPECT_NEAR(recording.mat.zero_below.value(), 0.6894757, 1e-6);
  options.sensor = "A 2";
  EXPECT_EQ(read(head + rows, options).mat.geometry.rows, 1);
  EXPECT_THAT(error_of(head + rows), HasSubstr("'A 1', 'A 2'"));
  EXPECT_THAT(error_of(head + rows, sensor("A 1")),
              AllOf(HasSubstr("--row-pitch-mm"), HasSubstr("10 mm if they are square")));
  options.sensor = "A 1";
  options.row_pitch_m = 0.02;
  EXPECT_THAT(error_of(head + rows, options), HasSubstr("the size of a cell"));
  options.row_pitch_m = 0.01;
  EXPECT_THAT(error_of(head + replaced(rows, ",9,9,8\n", ",9,9\n"), sensor("A 2")),
              HasSubstr("cut off"));
  EXPECT_THAT(error_of(head + replaced(rows, "0,3,2,1,", "0,3,B,1,"), options),
              AllOf(HasSubstr("line 4, column S_1_2"), HasSubstr("got 'B'")));
  EXPECT_THAT(error_of(head + replaced(rows, "0,3,2,1,", "0,9,2,1,"), options),
              HasSubstr("Peak Pressure 3"));
  EXPECT_THAT(error_of(replaced(head, "S_2_2", "S_1_1") + rows, options), HasSubstr("once"));
  EXPECT_THAT(error_of(head, options), HasSubstr("no frame"));
}

}  // namespace
}  // namespace matfit
