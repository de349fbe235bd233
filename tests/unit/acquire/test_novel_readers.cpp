#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::HasSubstr;

// Two columns of two cells, 10 mm wide and 20 mm high, numbered down the columns; the fourth is
// missing.
const std::string mat_head =
    "file name: a.mat date/time 17.06.23 15.21\nmat type s2160_001\n"
    "total times [secs]: 1.0 time per frame [secs]: 0.50000 scanning rate [Hz]: 2\n"
    "pressure values in kPa\n\nelectrical:\n"
    "time[secs]       1       2       3\n";
const std::string mat_rows =
    "    2.00000   1.500   0.000   7.000\n"
    "    2.50000   2.500   4.000   8.000\n"
    "        MPP   2.500   4.000   8.000\n"
    "        MVP   2.000   2.000   7.500\n";
const std::string mat_forces =
    "\n\n time[secs] force[N]   x[cm]   y[cm]\n\n"
    "    2.00000    1.700    1.3     2.5\n    2.50000    2.900       -       -\n\n";
const std::string mat_cells =
    "\nsensor        1        2        3\ncorner[cm]\n"
    "x[0]   0.0000   0.0000   1.0000\ny[0]   4.0000   2.0000   4.0000\n"
    "x[1]   0.0000   0.0000   1.0000\ny[1]   2.0000   0.0000   2.0000\n"
    "x[2]   1.0000   1.0000   2.0000\ny[2]   2.0000   0.0000   2.0000\n"
    "x[3]   1.0000   1.0000   2.0000\ny[3]   4.0000   2.0000   4.0000\n"
    "x[c]   0.5000   0.5000   1.5000\ny[c]   3.0000   1.0000   3.0000\n"
    "area   2.0000   2.0000   2.0000\n";
const std::string mat_file = mat_head + mat_rows + mat_forces + mat_cells;

std::string with_commas(std::string text) {
  for (char& c : text) c = c == '.' ? ',' : c;
  return text;
}

class NovelAsc : public testing::Test {
 protected:
  Recording read(const std::string& text, const ReadOptions& options = {}) {
    return read_recording(write_file(folder_.path() / "a.asc", text), options);
  }
  std::string error(const std::string& text, const ReadOptions& options = {}) {
    return input_error_of([&] { read(text, options); });
  }
  TemporaryFolder folder_;
};

TEST_F(NovelAsc, gives_a_mat_its_lattice_unit_and_times_and_leaves_summaries_out) {
  for (const std::string& text : {mat_file, with_commas(mat_file)}) {
    const Recording recording = read(text);
    EXPECT_EQ(recording.format, "novel-asc");
    EXPECT_EQ(recording.mat.geometry.rows, 2);
    EXPECT_EQ(recording.mat.geometry.cols, 2);
    EXPECT_NEAR(recording.mat.geometry.row_pitch_m, 0.020, 1e-9);
    EXPECT_NEAR(recording.mat.geometry.col_pitch_m, 0.010, 1e-9);
    EXPECT_EQ(recording.mat.geometry_source, "file");
    EXPECT_EQ(recording.unit, PressureUnit::kpa);
    EXPECT_EQ(recording.mat.absent, (std::vector<std::uint8_t>{0, 0, 0, 1}));
    EXPECT_EQ(recording.time_s, (std::vector<double>{0.0, 0.5}));
    const FrameBlock frames = recording.frames->read(0, recording.size());
    ASSERT_EQ(frames.rows(), 2);
    EXPECT_FLOAT_EQ(frames(0, 0), 1.5F);
    EXPECT_FLOAT_EQ(frames(0, 1), 7.0F);
    EXPECT_FLOAT_EQ(frames(1, 2), 4.0F);
    EXPECT_TRUE(std::isnan(frames(1, 3)));
  }
}

TEST_F(NovelAsc, turns_other_units_into_kilopascals) {
  std::string text = mat_file;
  text.replace(text.find("kPa"), 3, "N/cm\xb2");
  const Recording recording = read(text);
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
  EXPECT_FLOAT_EQ(recording.frames->read(0, 1)(0, 0), 15.0F);
  text.replace(text.find("N/cm\xb2"), 5, "dyn");
  EXPECT_THAT(error(text), AllOf(HasSubstr("dyn"), HasSubstr("--units")));
}

TEST_F(NovelAsc, fills_a_finer_grid_where_cells_are_unequal) {
  std::string text = mat_file;
  // The third cell is twice as wide.
  for (const std::string row : {"x[2]   1.0000   1.0000   ", "x[3]   1.0000   1.0000   "}) {
    text.replace(text.find(row) + row.size(), 6, "3.0000");
  }
  text.replace(text.rfind("2.0000"), 6, "4.0000");
  const Recording recording = read(text);
  EXPECT_THAT(recording.mat.geometry_source, HasSubstr("unequal cells"));
  const FrameBlock frames = recording.frames->read(0, 1);
  double force = 0.0;
  for (Eigen::Index i = 0; i < frames.cols(); ++i) {
    if (!std::isnan(frames(0, i))) force += frames(0, i) * recording.mat.geometry.cell_area_m2();
  }
  EXPECT_NEAR(force * 1000.0, 0.2 * 1.5 + 0.4 * 7.0, 1e-6);  // N
}

TEST_F(NovelAsc, asks_for_the_cells_of_insoles_and_for_one_of_two) {
  const std::string insoles =
      "file name: a.sol\nsensor type: y-1865l\n"
      "total time [secs]:  0.02\ttime per frame [secs]:  0.01\tscanning rate [Hz]:   100\n"
      "pressure values in  kPa\n\nleft insole: 1,2,\nright insole: 1,2,\n\n"
      "time[secs]    \t      1\t      2\t      1\t      2\t\n"
      "     0.01000\t 32.500\t 40.000\t 10.000\t 20.000\t\n"
      "     0.02000\t 33.500\t 41.000\t 11.000\t 21.000\t\n";
  EXPECT_THAT(error(insoles), AllOf(HasSubstr("'left', 'right'"), HasSubstr("--sensor")));
  ReadOptions options;
  options.sensor = "right";
  EXPECT_THAT(error(insoles, options),
              AllOf(HasSubstr("--cells"), HasSubstr("area_mm2"), HasSubstr("2 sensors")));
  options.cells =
      write_file(folder_.path() / "cells.csv", "cell,x_mm,y_mm,area_mm2\n1,5,5,100\n2,5,15,100\n")
          .string();
  const Recording recording = read(insoles, options);
  EXPECT_EQ(recording.sensor, "right");
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  const FrameBlock frames = recording.frames->read(0, 2);
  EXPECT_FLOAT_EQ(frames(1, 0), 21.0F);  // y runs upwards
  EXPECT_FLOAT_EQ(frames(1, 1), 11.0F);
}

TEST_F(NovelAsc, lets_a_given_rate_stand_for_times_that_fall) {
  std::string text = mat_file;
  text.replace(text.find("2.50000   2"), 7, "1.00000");
  ReadOptions options;
  options.sample_rate_hz = 4.0;
  EXPECT_EQ(read(text, options).time_s, (std::vector<double>{0.0, 0.25}));
}

TEST_F(NovelAsc, names_the_line_of_damage) {
  const auto damaged = [&](const char* from, const char* to) {
    return error(test::with_first_replaced(mat_file, from, to));
  };
  EXPECT_THAT(damaged("2.500   4.000", "2.500   4.O00"),
              AllOf(HasSubstr("line 9"), HasSubstr("4.O00")));
  EXPECT_THAT(damaged("2.500   4.000", "2.500"),
              AllOf(HasSubstr("line 9"), HasSubstr("2 pressures")));
  EXPECT_THAT(damaged("2.50000   2", "1.50000   2"), AllOf(HasSubstr("line 9"), HasSubstr("time")));
  EXPECT_THAT(damaged("area   2.0000", "area   3.0000"), HasSubstr("area 3 of sensor 1"));
  EXPECT_THAT(damaged("corner[cm]", "corner[ft]"), HasSubstr("corner[ft]"));
  EXPECT_THAT(error(mat_head + mat_rows + mat_forces), HasSubstr("--cells"));
  EXPECT_THAT(error(mat_file.substr(0, mat_file.find("y[3]"))), HasSubstr("x[3] and y[3]"));
  EXPECT_THAT(error(mat_head), HasSubstr("lines with a time"));
  EXPECT_THAT(error(mat_head + mat_rows + mat_forces + mat_head + mat_rows + mat_cells),
              HasSubstr("one table of pressures"));
}

// Three columns and two rows of a matrix of 8 x 9; 0.1 N on a kPa and cm2.
std::string lst_page(int picture, const std::string& rows, const std::string& what = "Pict-No.: ") {
  return "\t\t\t\tPage 1\n\n\tFile: C:\\a.dat \tMatrix: 8x9 \n"
         "\tSensor area: 0.25 cm\xb2\tTime/picture:20.0 ms\n"
         "\tSensor size: 0.500x0.500 cm\n\t" +
         what + std::to_string(picture) + "  Force[N]=sum*sensor_area in row/column\n\n" + rows +
         "\x0c\n";
}
const std::string lst_rows =
    "\t3\t4\t5\tForce\n6\t0.00\t40.00\t20.00\t1.50\n7\t10.00\t0.00\t0.00\t0.25\n"
    "Force\t0.25\t1.00\t0.50\t1.75\n";

class NovelLst : public testing::Test {
 protected:
  Recording read(const std::string& text, const ReadOptions& options = {}) {
    return read_recording(write_file(folder_.path() / "a.lst", text), options);
  }
  std::string error(const std::string& text) {
    return input_error_of([&] { read(text); });
  }
  TemporaryFolder folder_;
};

TEST_F(NovelLst, puts_the_printed_part_into_the_matrix_and_times_pictures_by_their_number) {
  const Recording recording =
      read(lst_page(1, lst_rows) + lst_page(4, lst_rows) + lst_page(0, lst_rows, "MPP "));
  EXPECT_EQ(recording.format, "novel-lst");
  EXPECT_EQ(recording.mat.geometry.rows, 9);
  EXPECT_EQ(recording.mat.geometry.cols, 8);
  EXPECT_NEAR(recording.mat.geometry.row_pitch_m, 0.005, 1e-12);
  ASSERT_EQ(recording.size(), 2U);
  EXPECT_NEAR(recording.time_s[1] - recording.time_s[0], 0.060, 1e-9);
  const FrameBlock frames = recording.frames->read(0, 2);
  EXPECT_EQ(frames(0, 5 * 8 + 3), 40.0F);
  EXPECT_EQ(frames(1, 6 * 8 + 2), 10.0F);
  EXPECT_EQ(frames.sum(), 140.0F);
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
}

TEST_F(NovelLst, knows_the_unit_by_the_forces) {
  const std::string rows = "\t3\t4\tForce\n6\t4.00\t2.00\t1.50\nForce\t1.00\t0.50\t1.50\n";
  EXPECT_EQ(read(lst_page(1, rows)).frames->read(0, 1)(0, 5 * 8 + 2), 40.0F);  // N/cm2
}

TEST_F(NovelLst, names_measurements_and_reads_the_chosen_one) {
  const std::string text = lst_page(1, lst_rows) + lst_page(2, lst_rows) + lst_page(1, lst_rows);
  EXPECT_THAT(error(text), AllOf(HasSubstr("'1', '2'"), HasSubstr("--sensor")));
  ReadOptions options;
  options.sensor = "1";
  EXPECT_EQ(read(text, options).size(), 2U);
  options.sensor = "2";
  EXPECT_EQ(read(text, options).size(), 1U);
}

TEST_F(NovelLst, refuses_forces_that_are_not_those_of_the_cells) {
  const auto damaged = [&](const char* from, const char* to) {
    return error(test::with_first_replaced(lst_page(1, lst_rows), from, to));
  };
  EXPECT_THAT(damaged("40.00", "45.00"), AllOf(HasSubstr("row 6"), HasSubstr("1.5 N")));
  EXPECT_THAT(damaged("1.75", "2.75"), HasSubstr("of the picture"));
  EXPECT_THAT(damaged("7\t10", "77\t10"), HasSubstr("1 to 9"));
  EXPECT_THAT(damaged("\t0.25\n", "\n"), HasSubstr("3 numbers"));
  EXPECT_THAT(damaged("Matrix", "Motrix"), HasSubstr("known format"));
  const std::string second = test::with_first_replaced(lst_page(2, lst_rows), "8x9", "9x9");
  EXPECT_THAT(error(lst_page(1, lst_rows) + second), HasSubstr("the matrix of the pictures above"));
  const std::string text = lst_page(1, lst_rows);
  EXPECT_THAT(error(text.substr(0, text.find("Force\t"))), HasSubstr("cut short"));
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

double force_n(const FrameBlock& frame, const MatGeometry& geometry) {
  return frame.isNaN().select(0.0F, frame).cast<double>().sum() * 1000.0 * geometry.cell_area_m2();
}

TEST(NovelSamples, pliance_has_the_force_and_centre_printed_for_every_time) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto path = datasets / "vendor/pressuRe-samples/pliance_test.asc";
  const Recording recording = read_recording(path);
  ASSERT_EQ(recording.size(), 281U);
  const MatGeometry& mat = recording.mat.geometry;
  std::istringstream lines(text_of(path));
  std::string line;
  bool forces = false;
  std::size_t compared = 0;
  while (std::getline(lines, line)) {
    forces = forces || line.find("force[N]") != std::string::npos;
    double time = 0.0;
    double printed_n = 0.0;
    std::istringstream numbers(line);
    if (!forces || !(numbers >> time >> printed_n)) continue;
    const double index = (time - 5.79167) * 24.0;
    const auto frame = static_cast<std::ptrdiff_t>(std::lround(index));
    if (frame < 0 || frame >= 281) continue;
    const FrameBlock block = recording.frames->read(static_cast<std::size_t>(frame), 1);
    EXPECT_NEAR(force_n(block, mat), printed_n, 0.0006 + 1e-4 * printed_n) << line;
    double x_cm = 0.0;
    double y_cm = 0.0;
    if (numbers >> x_cm >> y_cm) {
      double x = 0.0;
      double y = 0.0;
      for (Eigen::Index i = 0; i < block.cols(); ++i) {
        x += block(0, i) * (static_cast<double>(i % mat.cols) + 0.5) * mat.col_pitch_m;
        y += block(0, i) * (static_cast<double>(mat.rows - i / mat.cols) - 0.5) * mat.row_pitch_m;
      }
      // novel counts the centre of pressure from the corner opposite to that of the cells.
      EXPECT_NEAR(100.0 * (mat.width_m() - x / block.sum()), x_cm, 0.006);
      EXPECT_NEAR(100.0 * (mat.length_m() - y / block.sum()), y_cm, 0.006);
    }
    ++compared;
  }
  EXPECT_EQ(compared, 281U);
}

TEST(NovelSamples, emed_has_every_printed_force_within_its_rounding) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto path = datasets / "vendor/pressuRe-samples/emed_test.lst";
  const Recording recording = read_recording(path);
  ASSERT_EQ(recording.size(), 106U);
  const MatGeometry& mat = recording.mat.geometry;
  const double area_cm2 = mat.cell_area_m2() * 1e4;
  std::istringstream lines(text_of(path));
  std::string line;
  int picture = 0;
  int rows = 0;
  int columns = 0;
  int totals = 0;
  FrameBlock frame;
  while (std::getline(lines, line)) {
    if (const auto at = line.find("Pict-No.:"); at != std::string::npos) {
      picture = std::stoi(line.substr(at + 9));
      frame = recording.frames->read(static_cast<std::size_t>(picture - 1), 1);
      continue;
    }
    std::istringstream words(line);
    std::string label;
    words >> label;
    std::vector<double> numbers;
    for (double number = 0.0; words >> number;) numbers.push_back(number);
    if (picture == 0 || numbers.size() != 23) continue;
    const Eigen::Map<const FrameBlock> map(frame.data(), mat.rows, mat.cols);
    if (label == "Force") {
      for (int i = 0; i < 22; ++i) {
        const double sum = map.col(25 + i).cast<double>().sum();
        EXPECT_NEAR(sum * 0.1 * area_cm2, numbers[static_cast<std::size_t>(i)], 0.0051);
        ++columns;
      }
      EXPECT_NEAR(frame.cast<double>().sum() * 0.1 * area_cm2, numbers[22], 0.0051);
      ++totals;
    } else {
      const double sum = map.row(std::stoi(label) - 1).cast<double>().sum();
      EXPECT_NEAR(sum * 0.1 * area_cm2, numbers[22], 0.0051);
      ++rows;
    }
  }
  EXPECT_EQ(totals, 106);
  EXPECT_EQ(columns, 106 * 22);
  EXPECT_EQ(rows, 106 * 54);
}

TEST(NovelSamples, pedar_is_two_insoles_of_99_sensors) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto path = datasets / "vendor/pressuRe-samples/pedar_example.asc";
  EXPECT_EQ(sensors_in(path), (std::vector<std::string>{"left", "right"}));
  const TemporaryFolder folder;
  std::string table = "cell,x_mm,y_mm,area_mm2\n";
  for (int i = 0; i < 99; ++i) {
    table += std::to_string(i + 1) + "," + std::to_string(5 + i % 9 * 10) + "," +
             std::to_string(105 - i / 9 * 10) + ",100\n";
  }
  ReadOptions options;
  options.sensor = "left";
  options.cells = write_file(folder.path() / "cells.csv", table).string();
  const Recording recording = read_recording(path, options);
  EXPECT_EQ(recording.size(), 1505U);
  EXPECT_EQ(recording.mat.geometry.cells(), 99);
  EXPECT_FLOAT_EQ(recording.frames->read(0, 1)(0, 0), 32.5F);
  EXPECT_FLOAT_EQ(recording.frames->read(0, 1)(0, 6), 72.5F);
  EXPECT_NEAR(recording.time_s.back(), 15.04, 1e-9);
}

}  // namespace
}  // namespace matfit
