#include "pipeline/evaluate_postures.hpp"
#include "pipeline/train_postures.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

std::vector<StudyEntry> sample_entries() {
  return read_study(test::project_folder() / "datasets/sample/study").entries;
}

CalibrationKnowledge knowledge() {
  return load_calibration_knowledge(test::project_folder() / "calibration");
}

TrainPosturesOptions quick(int jobs) {
  TrainPosturesOptions options;
  options.synthetic = 4;
  options.samples.maps_per_recording = 1;
  options.samples.jobs = jobs;
  options.training.variants_real = 1;
  options.training.variants_synthetic = 1;
  for (NetworkTraining* t : {&options.training.posture, &options.training.upright}) {
    t->hidden_units = 8;
    t->networks = 1;
    t->epochs = 1;
  }
  return options;
}

TEST(TrainPostures, GivesTheSameModelOnOneThreadAndOnTwo) {
  const TrainedPostures one = train_postures(sample_entries(), knowledge(), quick(1));
  const TrainedPostures two = train_postures(sample_entries(), knowledge(), quick(2));
  EXPECT_TRUE(one.model.posture_networks().networks[0].hidden_weights ==
              two.model.posture_networks().networks[0].hidden_weights);
  EXPECT_TRUE(one.model.upright_networks().networks[0].output_weights ==
              two.model.upright_networks().networks[0].output_weights);
  EXPECT_EQ(one.model.provenance(), two.model.provenance());
}

TEST(TrainPostures, LeavesEachPersonOutOnce) {
  const TrainedPostures trained = train_postures(sample_entries(), knowledge(), quick(2));
  ASSERT_EQ(trained.held_out.size(), 4U);
  std::size_t maps = 0;
  for (const HeldOutRow& row : trained.held_out) maps += row.maps;
  EXPECT_EQ(maps, trained.real_maps);
  EXPECT_EQ(trained.synthetic_maps, 4U);
}

TEST(TrainPostures, ExcludedPeopleAreNotInTheModel) {
  TrainPosturesOptions options = quick(1);
  options.exclude_subjects = {"P1", "P2"};
  const PostureCorpus corpus = posture_corpus(sample_entries(), knowledge(), options);
  EXPECT_EQ(corpus.subjects, (std::vector<std::string>{"P3", "P4"}));
}

TEST(TrainPostures, RefusesAStudyWithoutLabels) {
  EXPECT_THROW(train_postures({}, knowledge(), quick(1)), UsageError);
}

TEST(EvaluatePostures, TheShippedModelKnowsThePosturesOfTheSampleStudy) {
  const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  const PostureEvaluation found =
      evaluate_postures(sample_entries(), knowledge(),
                        [&](const std::string&) -> const PostureModel& { return model; }, {});
  EXPECT_TRUE(found.failures.empty());
  std::vector<const EvaluatedRecording*> all;
  for (const EvaluatedRecording& r : found.recordings) all.push_back(&r);
  const PostureScore score = score_of(all);
  EXPECT_GT(score.labelled, 0U);
  EXPECT_GE(static_cast<double>(score.right), 0.95 * static_cast<double>(score.labelled));
  EXPECT_EQ(score.head_ends_right, score.head_ends);
}

TEST(CalibrationBins, ErrorIsTheGapBetweenConfidenceAndAccuracy) {
  CalibrationBins bins;
  for (int i = 0; i < 10; ++i) bins.add(0.85, i < 6, 1.0);
  EXPECT_NEAR(bins.expected_error(), 0.25, 1e-12);
  CalibrationBins honest;
  for (int i = 0; i < 20; ++i) honest.add(0.95, i < 19, 1.0);
  EXPECT_NEAR(honest.expected_error(), 0.0, 1e-12);
}

}  // namespace
}  // namespace matfit
