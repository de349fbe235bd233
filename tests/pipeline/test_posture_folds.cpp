#include "pipeline/posture_folds.hpp"
#include "quick_training.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <utility>

namespace matfit {
namespace {

// Answers of 90 % confidence of which this share is right.
PostureFold fold_with(double share_right) {
  PostureFold fold;
  for (int i = 0; i < 100; ++i) {
    const int truth = i % 4;
    const int answer = i < 100.0 * share_right ? truth : (truth + 1) % 4;
    Eigen::VectorXd logits = Eigen::VectorXd::Constant(4, std::log(0.1 / 3.0));
    logits[answer] = std::log(0.9);
    fold.posture.add(std::move(logits), truth);
  }
  return fold;
}

TEST(PostureFolds, TemperatureMakesTheHeldOutConfidenceTheHeldOutShareThatIsRight) {
  const PostureFold fair = fold_with(0.90);
  const PostureFold bold = fold_with(0.60);
  const PostureFold timid = fold_with(0.99);
  EXPECT_NEAR(temperatures_of({&fair}).posture, 1.0, 0.02);
  EXPECT_GT(temperatures_of({&bold}).posture, 1.5);
  EXPECT_LT(temperatures_of({&timid}).posture, 0.8);
  EXPECT_NEAR(temperatures_of({&bold, &timid}).posture, temperatures_of({&timid, &bold}).posture,
              1e-12);
  EXPECT_EQ(temperatures_of({}).posture, 1.0);
}

TEST(PostureFolds, JudgeEachPersonOnRecordingsByOtherMats) {
  const PostureCorpus corpus =
      posture_corpus(test::sample_entries(), test::knowledge(), test::quick_training());
  const std::vector<PostureFold> folds = posture_folds(corpus, test::quick_training());
  ASSERT_EQ(folds.size(), corpus.subjects.size());
  std::size_t maps = 0;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    EXPECT_EQ(folds[i].row.subject_id, corpus.subjects[i]);
    EXPECT_GT(folds[i].row.other_mat_maps, 0U);
    EXPECT_EQ(folds[i].posture.classes.size(), folds[i].row.other_mat_maps);
    EXPECT_EQ(folds[i].upright.classes.size(), 2 * folds[i].row.other_mat_maps);
    maps += folds[i].row.other_mat_maps;
  }
  EXPECT_EQ(maps, corpus.by_other_mats.size());
}

TEST(PostureFolds, APersonsTemperatureComesFromTheOthers) {
  TrainPosturesOptions options = test::quick_training();
  options.samples.other_mats = 4;  // so many and so bold that some answers are wrong
  options.training.posture.learning_rate = 0.05;
  options.training.posture.epochs = 10;
  const PostureCorpus corpus = posture_corpus(test::sample_entries(), test::knowledge(), options);
  const std::vector<PostureFold> folds = posture_folds(corpus, options);
  const auto models = models_leaving_one_out(corpus, options);
  ASSERT_EQ(models.size(), folds.size());
  std::set<double> all;
  for (std::size_t i = 0; i < folds.size(); ++i) {
    std::vector<const PostureFold*> others;
    for (std::size_t k = 0; k < folds.size(); ++k) {
      if (k != i) others.push_back(&folds[k]);
    }
    const PostureModel& model = models.at(corpus.subjects[i]);
    EXPECT_EQ(model.posture_networks().temperature, temperatures_of(others).posture);
    EXPECT_TRUE(model.posture_networks().networks[0].hidden_weights ==
                folds[i].model.posture_networks().networks[0].hidden_weights);
    all.insert(model.posture_networks().temperature);
  }
  EXPECT_GT(all.size(), 1U);
}

TEST(PostureSamplesByOtherMats, AreTheSameForOneSeedAndOfManyGrids) {
  const std::vector<StudyEntry> entries = {test::sample_entries().front()};
  PostureSampleOptions options;
  options.other_mats = 5;
  const PostureSamples one = posture_samples_by_other_mats(entries, test::knowledge(), 1, options);
  const PostureSamples same = posture_samples_by_other_mats(entries, test::knowledge(), 1, options);
  const PostureSamples other =
      posture_samples_by_other_mats(entries, test::knowledge(), 2, options);
  ASSERT_GT(one.samples.size(), 5U);
  ASSERT_EQ(one.samples.size(), same.samples.size());
  std::set<std::pair<int, int>> grids;
  bool differs = false;
  for (std::size_t i = 0; i < one.samples.size(); ++i) {
    const LabelledMap& map = one.samples[i].map;
    EXPECT_TRUE((map.pressure == same.samples[i].map.pressure).all());
    EXPECT_EQ(one.samples[i].subject_id, entries.front().subject_id);
    grids.emplace(map.geometry.rows, map.geometry.cols);
    differs = differs || i >= other.samples.size() ||
              map.geometry.rows != other.samples[i].map.geometry.rows;
  }
  EXPECT_GE(grids.size(), 4U);
  EXPECT_TRUE(differs);
}

}  // namespace
}  // namespace matfit
