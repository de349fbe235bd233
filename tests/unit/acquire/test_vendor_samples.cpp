#include "stages/acquire/read_recording.hpp"
#include "stages/acquire/study.hpp"
#include "support/datasets.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace matfit {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    while (!line.empty() && (line.back() == '\r' || line.back() == ',')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<float> frame(const Recording& recording, std::size_t index) {
  const FrameBlock block = recording.frames->read(index, 1);
  return {block.data(), block.data() + block.size()};
}

double sum_of(const std::vector<float>& cells) {
  double sum = 0.0;
  for (const float cell : cells) sum += std::isnan(cell) ? 0.0 : cell;
  return sum;
}

TEST(VendorSamples, of_tekscan_add_up_to_the_raw_sum_of_every_frame) {
  MATFIT_REAL_RECORDINGS(datasets);
  const fs::path path = datasets / "vendor/pressuRe-samples/iscan_test.csv";
  const Recording recording = read_recording(path);
  EXPECT_EQ(recording.mat.geometry.rows, 28);
  EXPECT_EQ(recording.mat.geometry.cols, 28);
  EXPECT_NEAR(recording.mat.geometry.row_pitch_m, 0.00127, 1e-12);
  EXPECT_EQ(recording.unit, PressureUnit::raw);
  EXPECT_TRUE(recording.integer_counts);
  ASSERT_EQ(recording.size(), 309U);
  std::vector<double> printed;
  for (const std::string& line : lines_of(path)) {
    if (line.starts_with("Frame ")) printed.push_back(std::stod(line.substr(line.rfind(',') + 1)));
  }
  ASSERT_EQ(printed.size(), recording.size());
  for (std::size_t i = 0; i < printed.size(); ++i) {
    EXPECT_EQ(sum_of(frame(recording, i)), printed[i]) << "frame " << i + 1;
  }
  // Four fields of 11 x 11 cells, and no cells between and around them.
  EXPECT_EQ(std::count(recording.mat.absent.begin(), recording.mat.absent.end(), 0), 4 * 121);
  // 6:21:52.34 to 6:22:23.44.
  EXPECT_NEAR(recording.time_s.back(), 31.1, 1e-6);
}

TEST(VendorSamples, of_tekscan_insoles_keep_the_shape_of_the_sole) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Recording recording = read_recording(datasets / "vendor/pressuRe-samples/fscan_testL.asf");
  EXPECT_EQ(recording.size(), 205U);
  EXPECT_EQ(recording.mat.geometry.rows, 60);
  EXPECT_EQ(recording.mat.geometry.cols, 21);
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
  EXPECT_NEAR(recording.mat.full_scale.value(), 1514.73, 1e-9);
  EXPECT_NEAR(recording.time_s.back(), 204 * 0.032, 1e-9);
  EXPECT_EQ(recording.mat.absent[0], 1);
  EXPECT_EQ(recording.mat.absent[9], 0);
  // The 25 highest rows of the first frame, by hand: the first loaded cells are 18 kPa.
  EXPECT_EQ(frame(recording, 0)[20 * 21 + 5], 18.0F);
}

// What XSENSOR prints of each sensor's frames, in the file's order.
std::map<std::string, std::vector<std::map<std::string, double>>> printed_figures(
    const fs::path& path) {
  std::map<std::string, std::vector<std::map<std::string, double>>> figures;
  std::map<std::string, double>* open = nullptr;
  for (const std::string& line : lines_of(path)) {
    const std::size_t comma = line.rfind(',');
    if (line.starts_with("SENSOR,")) {
      open = &figures[line.substr(comma + 1)].emplace_back();
    } else if (line.starts_with("SENSELS") || line.starts_with("GROUP")) {
      open = nullptr;
    } else if (open != nullptr && comma != std::string::npos) {
      std::istringstream(line.substr(comma + 1)) >> (*open)[line.substr(0, comma)];
    }
  }
  return figures;
}

bool near(double found, double printed, double relative, double place = 0.005) {
  return std::abs(found - printed) <= relative * printed + place;
}

TEST(VendorSamples, of_xsensor_give_the_figures_that_it_prints) {
  MATFIT_REAL_RECORDINGS(datasets);
  const fs::path path = datasets / "vendor/pressuRe-samples/xsensor_data.csv";
  const auto printed = printed_figures(path);
  EXPECT_THAT(sensors_in(path),
              ElementsAre("HX210.11.31.M11-DFM-LF S0073", "HX210.11.31.M11-DFM-RF S0073"));
  int loaded_frames = 0;
  for (const StudyEntry& entry : entries_of(path)) {
    const Recording recording = read_entry(entry);
    ASSERT_EQ(recording.size(), 101U);
    EXPECT_EQ(recording.unit, PressureUnit::mmhg);
    EXPECT_NEAR(recording.mat.zero_below.value(), 51.72, 1e-12);
    EXPECT_NEAR(recording.time_s.back(), 1.331, 1e-6);
    EXPECT_THAT(recording.notes, testing::Not(testing::Contains(HasSubstr("Average Pressure"))));
    const auto& figures = printed.at(recording.sensor);
    for (std::size_t i = 0; i < recording.size(); ++i) {
      std::map<std::string, double> f = figures[i];
      std::vector<float> cells = frame(recording, i);
      std::erase(cells, 0.0F);
      if (cells.empty()) {
        EXPECT_EQ(f["Peak Pressure (mmHg)"], 0.0);
        continue;
      }
      ++loaded_frames;
      const auto count = static_cast<double>(cells.size());
      const double mean = sum_of(cells) / count;
      double squares = 0.0;
      for (const float cell : cells) squares += (cell - mean) * (cell - mean);
      const double area_m2 = count * recording.mat.geometry.cell_area_m2();
      EXPECT_TRUE(near(mean, f["Average Pressure (mmHg)"], 2e-4)) << i;
      EXPECT_TRUE(near(std::sqrt(squares / count), f["Std Dev."], 2e-4)) << i;
      EXPECT_FLOAT_EQ(*std::min_element(cells.begin(), cells.end()),
                      static_cast<float>(f["Minimum Pressure (mmHg)"]));
      EXPECT_FLOAT_EQ(*std::max_element(cells.begin(), cells.end()),
                      static_cast<float>(f["Peak Pressure (mmHg)"]));
      EXPECT_TRUE(near(area_m2 * 1e4, f["Contact Area (cm\u00b2)"], 0.004, 0.0)) << i;
      EXPECT_TRUE(near(mean * pa_per_mmhg * area_m2, f["Est. Load (N)"], 0.004, 0.0)) << i;
    }
  }
  EXPECT_EQ(loaded_frames, 132);
}

TEST(VendorSamples, of_several_sensors_are_entries_of_their_own) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto entries = entries_of(datasets / "vendor/pressuRe-samples/xsensor_data.csv");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].recording_id, "xsensor_data-HX210.11.31.M11-DFM-LF_S0073");
  EXPECT_EQ(entries[1].recording_id, "xsensor_data-HX210.11.31.M11-DFM-RF_S0073");
  EXPECT_EQ(read_entry(entries[1]).sensor, "HX210.11.31.M11-DFM-RF S0073");
}

}  // namespace
}  // namespace matfit
