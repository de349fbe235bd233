#include "pipeline/knowledge.hpp"
#include "pipeline/train_roll.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matfit {
namespace {

const Knowledge& known() {
  static const Knowledge loaded = load_knowledge(test::project_folder() / "calibration");
  return loaded;
}

// Flat sides of two people of experiment I and their wedges.
std::vector<StudyEntry> labelled(const std::filesystem::path& datasets) {
  std::vector<StudyEntry> entries;
  for (const char* person : {"S1", "S2", "S3"}) {
    for (const auto& [file, roll_deg] :
         {std::pair(2, 0.0), {3, 0.0}, {13, 0.0}, {4, 30.0}, {6, 30.0}, {5, 60.0}, {7, 60.0}}) {
      StudyEntry entry;
      entry.subject_id = person;
      entry.recording_id = std::string(person) + "-" + std::to_string(file);
      entry.path =
          datasets / "pmatdata" / "experiment-i" / person / (std::to_string(file) + ".txt");
      entry.roll_rad = roll_deg * pi / 180.0;
      entries.push_back(entry);
    }
  }
  return entries;
}

std::size_t sum(const std::vector<RollHeldOut>& rows, std::size_t truth, std::size_t answer) {
  std::size_t out = 0;
  for (const RollHeldOut& row : rows) out += row.answers[truth][answer];
  return out;
}

TEST(RollOfAngle, TakesTheStepsOfTheRecordings) {
  EXPECT_EQ(roll_of_angle(0.0), Roll::none);
  EXPECT_EQ(roll_of_angle(20.0 * pi / 180.0), Roll::low);
  EXPECT_EQ(roll_of_angle(40.0 * pi / 180.0), Roll::low);
  EXPECT_EQ(roll_of_angle(60.0 * pi / 180.0), Roll::steep);
}

TEST(TrainRoll, TellsFlatFromWedgeForPeopleThatItHasNotSeen) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<StudyEntry> entries = labelled(datasets);
  BatchOptions batch;
  batch.jobs = 2;
  const std::vector<BatchItem> items = analyze_batch(entries, known(), batch);
  const TrainedRoll trained = train_roll(entries, items);
  ASSERT_EQ(trained.held_out.size(), 3U);
  EXPECT_TRUE(trained.unused.empty());
  EXPECT_GE(sum(trained.held_out, 0, 0), 8U);                                // of 9 flat ones
  EXPECT_EQ(sum(trained.held_out, 1, 0) + sum(trained.held_out, 2, 0), 0U);  // no wedge is flat
  // The shipped model answers the same question in the results.
  EXPECT_EQ(sum(compare_rolls(entries, items), 0, 0), 9U);
}

TEST(TrainRoll, SaysWhichRollIsMissing) {
  MATFIT_REAL_RECORDINGS(datasets);
  std::vector<StudyEntry> entries = labelled(datasets);
  std::erase_if(entries, [](const StudyEntry& e) { return *e.roll_rad > 1.0; });
  const std::vector<BatchItem> items = analyze_batch(entries, known(), {});
  try {
    train_roll(entries, items);
    FAIL() << "no error";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), testing::AllOf(testing::HasSubstr("a roll of 60 degrees"),
                                             testing::HasSubstr("roll_deg")));
  }
}

}  // namespace
}  // namespace matfit
