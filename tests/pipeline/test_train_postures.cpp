#include "numeric/random.hpp"
#include "pipeline/evaluate_postures.hpp"
#include "pipeline/train_postures.hpp"
#include "quick_training.hpp"
#include "support/datasets.hpp"
#include "synthetic/mat_sensor.hpp"
#include "synthetic/simulate.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace matfit {
namespace {

TEST(TrainPostures, GivesTheSameModelOnOneThreadAndOnTwo) {
  const TrainedPostures one =
      train_postures(test::sample_entries(), test::knowledge(), test::quick_training(1));
  const TrainedPostures two =
      train_postures(test::sample_entries(), test::knowledge(), test::quick_training(2));
  EXPECT_TRUE(one.model.posture_networks().networks[0].hidden_weights ==
              two.model.posture_networks().networks[0].hidden_weights);
  EXPECT_TRUE(one.model.upright_networks().networks[0].output_weights ==
              two.model.upright_networks().networks[0].output_weights);
  EXPECT_EQ(one.model.provenance(), two.model.provenance());
}

TEST(TrainPostures, LeavesEachPersonOutOnce) {
  const TrainedPostures trained =
      train_postures(test::sample_entries(), test::knowledge(), test::quick_training(2));
  ASSERT_EQ(trained.held_out.size(), 4U);
  std::size_t maps = 0;
  for (const HeldOutRow& row : trained.held_out) maps += row.maps;
  EXPECT_EQ(maps, trained.real_maps);
  EXPECT_EQ(trained.synthetic_maps, 4U);
}

TEST(TrainPostures, ExcludedPeopleAreNotInTheModel) {
  TrainPosturesOptions options = test::quick_training(1);
  options.exclude_subjects = {"P1", "P2"};
  const PostureCorpus corpus = posture_corpus(test::sample_entries(), test::knowledge(), options);
  EXPECT_EQ(corpus.subjects, (std::vector<std::string>{"P3", "P4"}));
}

TEST(TrainPostures, RefusesAStudyWithoutLabels) {
  EXPECT_THROW(train_postures({}, test::knowledge(), test::quick_training(1)), UsageError);
}

TEST(EvaluatePostures, TheShippedModelKnowsThePosturesOfTheSampleStudy) {
  const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  const PostureEvaluation found =
      evaluate_postures(test::sample_entries(), test::knowledge(),
                        [&](const std::string&) -> const PostureModel& { return model; }, {});
  EXPECT_TRUE(found.failures.empty());
  std::vector<const EvaluatedRecording*> all;
  for (const EvaluatedRecording& r : found.recordings) all.push_back(&r);
  const PostureScore score = score_of(all);
  EXPECT_GT(score.labelled, 0U);
  EXPECT_GE(static_cast<double>(score.right), 0.95 * static_cast<double>(score.labelled));
  EXPECT_EQ(score.head_ends_right, score.head_ends);
}

TEST(EvaluatePostures, NamesNoPostureBelowTheConfidenceOfTheDataFile) {
  const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  CalibrationKnowledge demanding = test::knowledge();
  EXPECT_EQ(demanding.least_posture_confidence, 0.5);
  demanding.least_posture_confidence = 1.0;
  const std::vector<StudyEntry> entries = test::sample_entries();
  const PostureEvaluation found =
      evaluate_postures({entries.front()}, demanding,
                        [&](const std::string&) -> const PostureModel& { return model; }, {});
  ASSERT_EQ(found.recordings.size(), 1U);
  const PostureScore score = score_of({&found.recordings.front()});
  EXPECT_GT(score.labelled, 0U);
  EXPECT_EQ(score.named, 0U);
}

TEST(AccuracyAtCoverage, TakesTheMostConfidentFramesFirstWhateverTheirOrder) {
  const std::vector<JudgedFrames> answers = {{0.60, 2.0, 0.0}, {0.99, 5.0, 5.0}, {0.80, 3.0, 2.0}};
  const std::vector<CoveragePoint> points = accuracy_at_coverage(answers, {0.5, 0.8, 0.9, 1.0});
  ASSERT_EQ(points.size(), 4U);
  EXPECT_NEAR(points[0].accuracy, 1.0, 1e-12);
  EXPECT_NEAR(points[0].least_confidence, 0.99, 1e-12);
  EXPECT_NEAR(points[1].accuracy, 7.0 / 8.0, 1e-12);
  EXPECT_NEAR(points[1].least_confidence, 0.80, 1e-12);
  EXPECT_NEAR(points[2].accuracy, 7.0 / 9.0, 1e-12);
  EXPECT_NEAR(points[3].accuracy, 0.7, 1e-12);
  EXPECT_NEAR(points[3].frames, 10.0, 1e-12);
}

TEST(AccuracyAtCoverage, CountsFramesOfOneConfidenceAlike) {
  const std::vector<JudgedFrames> one = {{0.9, 4.0, 4.0}, {0.9, 4.0, 0.0}};
  const std::vector<JudgedFrames> other = {{0.9, 4.0, 0.0}, {0.9, 4.0, 4.0}};
  EXPECT_NEAR(accuracy_at_coverage(one, {0.25})[0].accuracy, 0.5, 1e-12);
  EXPECT_NEAR(accuracy_at_coverage(other, {0.25})[0].accuracy, 0.5, 1e-12);
  EXPECT_TRUE(accuracy_at_coverage({}, {0.5}).empty());
  EXPECT_THROW(accuracy_at_coverage(one, {0.0}), std::invalid_argument);
}

// The shipped model on sleepers of a seed that its training never drew, seen by two coarse mats of
// other makes.
TEST(ShippedPostureModel, KnowsMadeUpSleepersOnCoarseMats) {
  const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  for (const auto& [rows, cols] : {std::pair{40, 26}, std::pair{30, 11}}) {
    std::array<int, posture_count> right{};
    constexpr int of_each = 10;
    for (int i = 0; i < of_each * static_cast<int>(model_postures.size()); ++i) {
      Random random(derived_seed(90210, static_cast<std::uint64_t>(i)));
      const Posture posture = model_postures[static_cast<std::size_t>(i) % model_postures.size()];
      const MatGeometry mat = {rows, cols, 1.9 / rows, 0.85 / cols};
      const SleeperBody body = random_body(random);
      const MattressModel mattress = random_mattress(random);
      const SleeperPose pose = random_pose(posture, random);
      LieOptions fast;
      fast.fine_pitch_m = 0.02;
      const Eigen::ArrayXXd pressure = lie_down(body, pose, mattress, mat, fast).pressure_pa;
      MatSensor sensor = random_sensor(mat, random);
      sensor.corrupt_leading_frames = 0;
      const PostureProbabilities p = model.predict(read_out(sensor, pressure, 60.0, random), mat);
      const auto answer = std::max_element(p.begin(), p.end()) - p.begin();
      if (static_cast<Posture>(answer) == posture) ++right[static_cast<std::size_t>(posture)];
    }
    for (const Posture posture : model_postures) {
      EXPECT_GE(right[static_cast<std::size_t>(posture)], of_each - 1)
          << name_of(posture) << " on " << rows << " x " << cols;
    }
  }
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
