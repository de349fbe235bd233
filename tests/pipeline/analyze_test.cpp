#include "pipeline/analyze.hpp"

#include "pipeline/knowledge.hpp"
#include "stages/acquire/study.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace matfit {
namespace {

const Knowledge& known() {
  static const Knowledge knowledge = load_knowledge(test::project_folder() / "calibration");
  return knowledge;
}

Recording sample_recording() {
  const Study study =
      read_study(test::project_folder() / "datasets/sample/study", std::nullopt, std::nullopt);
  return read_entry(study.entries.front());
}

bool says(const Quality& quality, const std::string& code) {
  return std::any_of(quality.reasons.begin(), quality.reasons.end(),
                     [&code](const QualityReason& reason) { return reason.code == code; });
}

TEST(Analyze, AViewThatNothingTellsIsAFaultOfTheRecording) {
  Recording recording = sample_recording();
  EXPECT_FALSE(says(analyze(recording, known(), {}).quality, "view_unknown"));
  recording.mat.view = View::unknown;
  recording.labels.clear();
  const RecordingResult open = analyze(recording, known(), {});
  EXPECT_TRUE(says(open.quality, "view_unknown"));
  EXPECT_NE(open.quality.grade, Grade::a);
  EXPECT_EQ(open.orientation.view_source, ViewSource::unknown);
}

TEST(Observe, SeesTheViewThatLabelsTellInTheSeriesToo) {
  const Study study =
      read_study(test::project_folder() / "datasets/sample/study", std::nullopt, std::nullopt);
  int told = 0;
  for (const StudyEntry& entry : study.entries) {
    Recording recording = read_entry(entry);
    recording.mat.view = View::unknown;
    const Observation seen = observe(recording, known());
    EXPECT_EQ(seen.series.orientation.view, seen.result.orientation.view);
    EXPECT_EQ(says(seen.series.quality, "view_unknown"), says(seen.result.quality, "view_unknown"));
    if (seen.series.orientation.view_source != ViewSource::labels) continue;
    EXPECT_FALSE(says(seen.series.quality, "view_unknown"));
    ++told;
  }
  EXPECT_GT(told, 0);
}

TEST(Analyze, AGapOfTheTimestampsIsNotTimeLain) {
  Recording recording = sample_recording();
  const RecordingResult whole = analyze(recording, known(), {});
  for (std::size_t i = recording.size() / 2; i < recording.size(); ++i) {
    recording.time_s[i] += 18000.0;
  }
  const RecordingResult parted = analyze(recording, known(), {});
  EXPECT_TRUE(says(parted.quality, "time_gap"));
  EXPECT_NEAR(parted.duration_s, whole.duration_s + 18000.0, 1e-6);
  EXPECT_LE(parted.movement.longest_still_s, whole.movement.longest_still_s);
  double in_bouts_s = 0.0;
  for (const BoutResult& each : parted.bouts) in_bouts_s += each.bout.end_s - each.bout.start_s;
  EXPECT_LE(in_bouts_s, whole.duration_s + 1e-6);
}

}  // namespace
}  // namespace matfit
