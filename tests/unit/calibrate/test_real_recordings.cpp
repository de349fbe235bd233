#include "stages/acquire/read_recording.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace matfit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

PressureSeries calibrated(const std::filesystem::path& file) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  Recording recording = read_recording(file);
  recording.subject = Subject{};
  recording.subject->mass_kg = 80.0;
  return calibrate(recording, known);
}

std::vector<std::string> invalid(const PressureSeries& series) {
  std::vector<std::string> out;
  for (const InvalidFrame& f : series.quality.invalid) {
    out.push_back(std::to_string(f.frame) + " " + f.reason);
  }
  return out;
}

// Every file of the first experiment begins with a fragment and a byte-swapped frame; what else is
// corrupt was seen by eye.
TEST(PmatData, CorruptFramesAreThoseSeenByEye) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto folder = datasets / "pmatdata/experiment-i";
  EXPECT_THAT(invalid(calibrated(folder / "S6/1.txt")),
              ElementsAre("0 start_up", "1 byte_swapped", "9 torn", "10 byte_swapped"));
  EXPECT_THAT(invalid(calibrated(folder / "S4/6.txt")),
              ElementsAre("0 start_up", "1 byte_swapped", "2 byte_swapped", "3 shifted",
                          "4 shifted", "5 shifted"));
  EXPECT_THAT(invalid(calibrated(folder / "S7/16.txt")),
              ElementsAre("0 start_up", "1 byte_swapped", "2 shifted"));
  // Seventeen frames of an empty bed, then somebody.
  EXPECT_THAT(invalid(calibrated(folder / "S7/1.txt")),
              ElementsAre("0 start_up", "1 byte_swapped"));
  // An elbow pressed for one frame is the person's.
  EXPECT_THAT(invalid(calibrated(folder / "S8/15.txt")),
              ElementsAre("0 start_up", "1 byte_swapped"));
}

TEST(PmatData, TheFirstExperimentHasFewFalseAlarms) {
  MATFIT_REAL_RECORDINGS(datasets);
  int files = 0;
  int beyond_two = 0;
  int lines = 0;
  int hot = 0;
  for (int subject = 1; subject <= 9; ++subject) {
    for (int file = 1; file <= 17; ++file) {
      const PressureSeries series =
          calibrated(datasets / "pmatdata/experiment-i" /
                     ("S" + std::to_string(subject) + "/" + std::to_string(file) + ".txt"));
      ++files;
      ASSERT_GE(series.quality.invalid_frames, 2U) << subject << "/" << file;
      EXPECT_EQ(series.valid[1], 0) << subject << "/" << file;
      beyond_two += static_cast<int>(series.quality.invalid_frames) - 2;
      lines += static_cast<int>(series.repaired.count() > 2);
      lines += static_cast<int>(series.quality.dead_rows.size() + series.quality.dead_cols.size());
      hot += static_cast<int>(series.quality.hot_cells.size());
      EXPECT_NE(series.quality.grade, Grade::f) << subject << "/" << file;
    }
  }
  EXPECT_EQ(files, 153);
  EXPECT_EQ(beyond_two, 11);  // S1/8, S4/6 (4), S6/1 (2), S6/14, S7/9 (2), S7/16, each looked at
  EXPECT_EQ(lines, 0);
  EXPECT_LE(hot, 2);  // S4/9 jumps, S7/5 is pinned to the top
}

TEST(PmatData, TheSecondExperimentShowsItsDeadColumnsAndHotCell) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto folder = datasets / "pmatdata/experiment-ii";
  const Quality sound = calibrated(folder / "S1/Air_Mat/Matrix_Air_B1.txt").quality;
  EXPECT_NEAR(sound.raw.background, 44.0, 1.0);
  EXPECT_THAT(sound.dead_rows, IsEmpty());
  EXPECT_THAT(sound.dead_cols, IsEmpty());
  EXPECT_THAT(sound.hot_cells, IsEmpty());
  const Quality column = calibrated(folder / "S1/Sponge_Mat/Matrix_Sponge_B5.txt").quality;
  EXPECT_THAT(column.dead_cols, ElementsAre(10));
  EXPECT_THAT(column.hot_cells, ElementsAre(std::array<int, 2>{30, 11}));
  EXPECT_THAT(calibrated(folder / "S2/Air_Mat/Matrix_Air_B3.txt").quality.dead_cols,
              ElementsAre(24));
  EXPECT_THAT(calibrated(folder / "S3/Air_Mat/Matrix_Air_B8.txt").quality.dead_cols,
              ElementsAre(15));
  EXPECT_THAT(calibrated(folder / "S4/Sponge_Mat/Matrix_Sponge_C2.txt").quality.dead_cols,
              ElementsAre(9));
}

TEST(PmatData, TheSecondExperimentHasNoFalseLines) {
  MATFIT_REAL_RECORDINGS(datasets);
  int rows = 0;
  int cols = 0;
  int weak = 0;
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(datasets / "pmatdata/experiment-ii")) {
    if (entry.path().extension() != ".txt") continue;
    const Quality quality = calibrated(entry.path()).quality;
    rows += static_cast<int>(quality.dead_rows.size());
    cols += static_cast<int>(quality.dead_cols.size());
    weak += std::any_of(quality.reasons.begin(), quality.reasons.end(),
                        [](const QualityReason& r) { return r.code == "weak_line"; });
    ++files;
  }
  EXPECT_GE(files, 293);
  EXPECT_EQ(rows, 0) << "the gaps of the air mattress";
  EXPECT_EQ(cols, 9) << "each seen by eye";
  EXPECT_EQ(weak, 5) << "columns 10 and 15, seen by eye";
}

}  // namespace
}  // namespace matfit
