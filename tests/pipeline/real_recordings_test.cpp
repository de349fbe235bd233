#include "pipeline/batch.hpp"
#include "pipeline/evaluate_landmarks.hpp"
#include "pipeline/knowledge.hpp"
#include "pmatdata_study.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;
using namespace matfit;

// The studies that scripts/pmatdata_study makes, analysed once for all tests of this file.
struct AnalysedStudies {
  std::vector<StudyEntry> entries;
  std::vector<BatchItem> items;
};

AnalysedStudies analysed(const fs::path& recordings, const std::string& study) {
  AnalysedStudies out;
  out.entries = test::pmatdata_study(recordings, study);
  BatchOptions options;
  options.jobs = 2;
  out.items =
      analyze_batch(out.entries, load_knowledge(test::project_folder() / "calibration"), options);
  return out;
}

const AnalysedStudies& experiment_i(const fs::path& recordings) {
  static const AnalysedStudies study = analysed(recordings, "experiment-i");
  return study;
}

const AnalysedStudies& experiment_ii(const fs::path& recordings) {
  static const AnalysedStudies study = analysed(recordings, "experiment-ii");
  return study;
}

void expect_no_failure(const AnalysedStudies& study, std::size_t recordings) {
  ASSERT_EQ(study.items.size(), recordings);
  for (const BatchItem& item : study.items) {
    ASSERT_TRUE(item.result.has_value()) << item.failure->message;
    EXPECT_FALSE(item.result->bouts.empty()) << item.recording_id;
    EXPECT_NE(item.result->quality.grade, Grade::f) << item.recording_id;
  }
}

}  // namespace

TEST(RealRecordings, AllOfExperimentOneIsAnalysedWithoutAFailure) {
  MATFIT_REAL_RECORDINGS(recordings);
  expect_no_failure(experiment_i(recordings), 153);
}

TEST(RealRecordings, AllOfExperimentTwoIsAnalysedWithoutAFailure) {
  MATFIT_REAL_RECORDINGS(recordings);
  expect_no_failure(experiment_ii(recordings), 293);
}

TEST(RealRecordings, CorruptLeadingFramesAreFoundInEveryFileOfExperimentOne) {
  MATFIT_REAL_RECORDINGS(recordings);
  for (const BatchItem& item : experiment_i(recordings).items) {
    EXPECT_GE(item.result->quality.invalid_frames, 2U) << item.recording_id;
    EXPECT_LE(item.result->quality.invalid_frames, 6U) << item.recording_id;
  }
}

TEST(RealRecordings, WithoutAMattressCurveNoVerdictAndNoHeightIsGiven) {
  MATFIT_REAL_RECORDINGS(recordings);
  for (const BatchItem& item : experiment_ii(recordings).items) {
    EXPECT_EQ(item.result->fit.verdict, Verdict::undecided) << item.recording_id;
    for (const BoutResult& bout : item.result->bouts) {
      EXPECT_EQ(bout.spine.basis, SpineBasis::none) << item.recording_id;
    }
  }
}

// A person on the left side and the same person on the right are mirror images: the stated left and
// right must come out as they are, which a mirrored view would swap.
TEST(RealRecordings, LeftAndRightAreThePersonsOwn) {
  MATFIT_REAL_RECORDINGS(recordings);
  std::size_t side_lying = 0;
  const AnalysedStudies& study = experiment_i(recordings);
  for (std::size_t i = 0; i < study.items.size(); ++i) {
    const std::optional<Posture>& truth = study.entries[i].posture;
    if (!truth || !is_side(*truth)) continue;
    ++side_lying;
    const auto& bouts = study.items[i].result->bouts;
    EXPECT_TRUE(std::none_of(bouts.begin(), bouts.end(), [&truth](const BoutResult& bout) {
      return bout.bout.posture == mirrored(*truth);
    })) << study.items[i].recording_id;
  }
  EXPECT_EQ(side_lying, 72U);
}

TEST(RealRecordings, LandmarksLieWhereAnnotatorsSeeThem) {
  MATFIT_REAL_RECORDINGS(recordings);
  const auto annotations =
      read_landmark_annotations(recordings / "annotations/pmatdata_landmarks.json");
  std::vector<RecordingResult> results;
  for (const AnalysedStudies* study : {&experiment_i(recordings), &experiment_ii(recordings)}) {
    for (const BatchItem& item : study->items) results.push_back(*item.result);
  }
  const LandmarkEvaluation evaluation = evaluate_landmarks(results, annotations);
  EXPECT_EQ(evaluation.evaluated, annotations.size());
  for (const LandmarkErrorSummary& summary : evaluation.summaries) {
    // Wedges, pillows and leaking rows included, a head is where the eye sees it.
    if (summary.landmark == "head") {
      EXPECT_LE(summary.p90_cells, 1.5) << summary.group << " " << summary.view;
      EXPECT_LE(summary.missing, 1U) << summary.group << " " << summary.view;
    }
    if (summary.landmark != "all") continue;
    EXPECT_LE(summary.median_cells, 1.0) << summary.group << " " << summary.view;
    EXPECT_GE(summary.within_two_sd, 0.85) << summary.group << " " << summary.view;
  }
}
