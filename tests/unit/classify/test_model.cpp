#include "caricature_model.hpp"
#include "stages/classify/gradient_features.hpp"
#include "stages/classify/train_posture_model.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using test::caricature;
using test::caricature_model;
using test::caricatures;
using test::small_training;
using test::usual_mat;

double of(const PostureProbabilities& p, Posture posture) {
  return p[static_cast<std::size_t>(posture)];
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(PostureModel, TellsTheFourPosturesOfTheCaricatures) {
  for (const Posture p : model_postures) {
    EXPECT_GT(of(caricature_model().predict(caricature(p), usual_mat), p), 0.6) << name_of(p);
  }
}

// What a network alone has drawn must not be what all have learned.
TEST(PostureModel, EachNetworkLearnsFromMadeUpSleepersAndVariantsOfItsOwn) {
  std::vector<TrainingSample> samples = caricatures();
  for (const TrainingSample& real : caricatures()) {
    samples.push_back(real);
    samples.back().synthetic = true;
  }
  TrainingOptions options = small_training();
  options.posture.networks = 2;
  options.posture.epochs = options.upright.epochs = 1;
  options.variants_real = 2;
  options.variants_synthetic = 1;
  const auto trained = [&] {
    return train_posture_model(samples, training_features(samples, options),
                               std::vector<char>(samples.size(), 1), options, {});
  };
  const PostureModel before = trained();
  const TrainingFeatures features = training_features(samples, options);
  std::vector<std::set<int>> networks_of(samples.size());
  for (std::size_t v = 0; v < features.sample.size(); ++v) {
    networks_of[features.sample[v]].insert(features.network[v]);
  }
  constexpr int all = TrainingFeatures::all_networks;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!samples[i].synthetic) {
      EXPECT_EQ(networks_of[i], (std::set<int>{all, 0, 1}));
    } else {
      EXPECT_EQ(networks_of[i].size(), 1U);
      EXPECT_EQ(networks_of[i].count(all), 0U);
    }
  }
  // The last made-up sleeper changes: the network it was dealt to does, the other does not.
  ASSERT_EQ(networks_of.back(), (std::set<int>{1}));
  samples.back().map.pressure *= 0.5;
  samples.back().map.pressure(3, 3) += 9000.0;
  const PostureModel after = trained();
  const auto& one = before.posture_networks().networks;
  const auto& two = after.posture_networks().networks;
  EXPECT_TRUE(one[0].hidden_weights == two[0].hidden_weights);
  EXPECT_FALSE(one[1].hidden_weights == two[1].hidden_weights);
  EXPECT_TRUE(before.upright_networks().networks[0].hidden_weights ==
              after.upright_networks().networks[0].hidden_weights);
}

TEST(PostureModel, MoreNetworksForTheHeadEndThanForThePostureAreRefused) {
  TrainingOptions options = small_training();
  options.upright.networks = 2;
  const std::vector<TrainingSample> samples = caricatures();
  EXPECT_THROW(train_posture_model(samples, training_features(samples, options),
                                   std::vector<char>(samples.size(), 1), options, {}),
               std::invalid_argument);
}

// Five looks at slightly different pitches count alike, so that no single one decides.
TEST(PostureModel, AnswerIsTheMeanOverPitchesCloseToTheStatedOne) {
  const PostureModel& model = caricature_model();
  const auto alone = [&](const MatGeometry& geometry) {
    const Eigen::ArrayXXd map = caricature(Posture::left);
    const auto logits = [&](const Eigen::ArrayXXd& m) {
      return model.posture_networks().logits(
          gradient_features(register_body(m, geometry, model.registration()).image));
    };
    Eigen::VectorXd seen = logits(map);
    Eigen::VectorXd mirror = logits(map.rowwise().reverse());
    std::swap(mirror[2], mirror[3]);
    return Eigen::VectorXd(0.5 * (seen + mirror));
  };
  Eigen::VectorXd sum = alone(usual_mat);
  for (const auto& [rows, cols] : {std::pair{0.90, 0.96}, std::pair{0.96, 0.90},
                                   std::pair{1.04, 1.10}, std::pair{1.10, 1.04}}) {
    MatGeometry scaled = usual_mat;
    scaled.row_pitch_m *= rows;
    scaled.col_pitch_m *= cols;
    sum += alone(scaled);
  }
  const Eigen::VectorXd mean = softmax(sum / 5.0 / model.posture_networks().temperature);
  const PostureProbabilities p = model.predict(caricature(Posture::left), usual_mat);
  for (std::size_t k = 0; k < model_postures.size(); ++k) {
    EXPECT_NEAR(of(p, model_postures[k]), mean[static_cast<Eigen::Index>(k)], 1e-6);
  }
}

TEST(PostureModel, ProbabilitiesSumToOne) {
  const PostureProbabilities p = caricature_model().predict(caricature(Posture::left), usual_mat);
  double sum = 0.0;
  for (const double v : p) sum += v;
  EXPECT_NEAR(sum, 1.0, 1e-12);
}

TEST(PostureModel, MirroringTheMapSwapsLeftAndRightAndKeepsTheOthers) {
  for (const Posture p : model_postures) {
    const Eigen::ArrayXXd map = caricature(p);
    const PostureProbabilities seen = caricature_model().predict(map, usual_mat);
    const PostureProbabilities mirror =
        caricature_model().predict(map.rowwise().reverse(), usual_mat);
    for (const Posture q : model_postures) {
      EXPECT_NEAR(of(mirror, mirrored(q)), of(seen, q), 1e-6);
    }
  }
}

TEST(PostureModel, ReadsAFieldThroughItsOrientation) {
  PressureField field;
  field.geometry = usual_mat;
  field.orientation = {HeadEnd::last_row, View::below, false, 1.0};
  field.pressure_pa = recording_from_canonical(caricature(Posture::left), field.orientation);
  EXPECT_NEAR(of(caricature_model().predict(field), Posture::left),
              of(caricature_model().predict(caricature(Posture::left), usual_mat), Posture::left),
              1e-12);
}

TEST(PostureModel, KnowsUprightFromUpsideDown) {
  for (const Posture p : model_postures) {
    const Eigen::ArrayXXd map = caricature(p);
    EXPECT_GT(caricature_model().upright_log_odds(map, usual_mat),
              caricature_model().upright_log_odds(map.reverse(), usual_mat))
        << name_of(p);
  }
}

TEST(PostureModel, IsTheSameAfterItsFile) {
  const test::TemporaryFolder folder;
  save_posture_model(caricature_model(), folder.path() / "a.bin");
  const PostureModel back = load_posture_model(folder.path() / "a.bin");
  save_posture_model(back, folder.path() / "b.bin");
  EXPECT_EQ(content_of(folder.path() / "a.bin"), content_of(folder.path() / "b.bin"));
  EXPECT_EQ(back.provenance(), caricature_model().provenance());
  EXPECT_EQ(back.predict(caricature(Posture::right), usual_mat),
            caricature_model().predict(caricature(Posture::right), usual_mat));
}

TEST(PostureModel, IsTheSameForTheSameSeedAndNotForAnother) {
  const std::vector<TrainingSample> samples = caricatures();
  TrainingOptions options = small_training();
  options.posture.epochs = options.upright.epochs = 1;
  const auto trained = [&] {
    return train_posture_model(samples, training_features(samples, options),
                               std::vector<char>(samples.size(), 1), options, {});
  };
  const PostureModel a = trained();
  const PostureModel b = trained();
  options.seed = 9;
  const PostureModel c = trained();
  const auto weights = [](const PostureModel& m) {
    return m.posture_networks().networks[0].hidden_weights;
  };
  EXPECT_TRUE(weights(a) == weights(b));
  EXPECT_FALSE(weights(a) == weights(c));
}

TEST(PostureModel, LearnsOnlyFromTheSamplesInUse) {
  std::vector<TrainingSample> samples = caricatures();
  const TrainingOptions options = small_training();
  const TrainingFeatures features = training_features(samples, options);
  std::vector<char> use;
  for (const TrainingSample& s : samples) use.push_back(s.subject_id == "a");
  const PostureModel a = train_posture_model(samples, features, use, options, {});
  // The other person's maps turn to noise: a model that never saw them does not change.
  TrainingFeatures spoiled = features;
  for (std::size_t v = 0; v < spoiled.sample.size(); ++v) {
    if (use[spoiled.sample[v]] == 0) spoiled.upright.col(static_cast<Eigen::Index>(v)).setOnes();
  }
  const PostureModel b = train_posture_model(samples, spoiled, use, options, {});
  EXPECT_TRUE(a.posture_networks().networks[0].hidden_weights ==
              b.posture_networks().networks[0].hidden_weights);
}

TEST(PostureModel, RefusesDamagedFilesAndSaysWhere) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "model.bin";
  save_posture_model(caricature_model(), path);
  const std::string good = content_of(path);
  const auto refusal = [&](const std::string& content) -> std::string {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
    try {
      load_posture_model(path);
    } catch (const UsageError& e) {
      return e.what();
    }
    return "accepted";
  };
  EXPECT_THAT(refusal(""), testing::HasSubstr("line 1"));
  EXPECT_THAT(refusal("something else\n"), testing::HasSubstr("matfit posture model 1"));
  EXPECT_THAT(refusal(good.substr(0, good.size() - 10)), testing::HasSubstr("cut short"));
  std::string flipped = good;
  flipped[flipped.size() - 100] = static_cast<char>(flipped[flipped.size() - 100] ^ 1);
  EXPECT_THAT(refusal(flipped), testing::HasSubstr("checksum"));
  std::string odd = good;
  odd.replace(odd.find("posture.units = 16"), 18, "posture.units = x6");
  EXPECT_THAT(refusal(odd), testing::HasSubstr("posture.units"));
  std::filesystem::remove(path);
  EXPECT_THROW(load_posture_model(path), UsageError);
}

TEST(Augmentation, MirrorsTheLabelWithTheMap) {
  AugmentationOptions only_mirror;
  only_mirror.mirror_chance = 1.0;
  Random random(1);
  const LabelledMap left = {caricature(Posture::left), usual_mat, Posture::left};
  const LabelledMap out = augmented(left, random, only_mirror);
  EXPECT_EQ(out.posture, Posture::right);
  EXPECT_EQ(out.pressure.rows(), out.geometry.rows);
  EXPECT_EQ(out.pressure.cols(), out.geometry.cols);
}

TEST(Augmentation, KeepsTheMatsSizeWhenItCoarsens) {
  AugmentationOptions coarse;
  coarse.coarse_chance = 1.0;
  coarse.pitch_scale_sd = 0.0;
  const LabelledMap sample = {caricature(Posture::supine), usual_mat, Posture::supine};
  for (std::uint64_t seed = 1; seed < 20; ++seed) {
    Random random(seed);
    const LabelledMap out = augmented(sample, random, coarse);
    EXPECT_NEAR(out.geometry.length_m(), usual_mat.length_m(), 1e-9);
    EXPECT_NEAR(out.geometry.width_m(), usual_mat.width_m(), 1e-9);
  }
}

TEST(Augmentation, CoarsensToTheLargestPitchAndNotBeyond) {
  AugmentationOptions coarse;
  coarse.coarse_chance = 1.0;
  coarse.pitch_scale_sd = 0.0;
  const LabelledMap sample = {caricature(Posture::supine), usual_mat, Posture::supine};
  double widest_m = 0.0;
  for (std::uint64_t seed = 1; seed < 60; ++seed) {
    Random random(seed);
    const MatGeometry geometry = augmented(sample, random, coarse).geometry;
    EXPECT_GE(geometry.col_pitch_m, usual_mat.col_pitch_m - 1e-9);
    EXPECT_GE(geometry.row_pitch_m, usual_mat.row_pitch_m - 1e-9);
    EXPECT_LT(geometry.col_pitch_m, 1.1 * coarse.largest_col_pitch_m);
    widest_m = std::max(widest_m, geometry.col_pitch_m);
  }
  EXPECT_GT(widest_m, 0.8 * coarse.largest_col_pitch_m);
}

double share_outside(const Eigen::ArrayXXd& map, const Eigen::ArrayXXd& body) {
  const double level = 0.02 * map.maxCoeff();
  return ((map > level) && (body <= 0.0)).cast<double>().sum() / (body <= 0.0).cast<double>().sum();
}

AugmentationOptions none() {
  AugmentationOptions options;
  options.mirror_chance = options.band_chance = options.coarse_chance = 0.0;
  options.partial_chance = options.dead_line_chance = options.hot_cell_chance = 0.0;
  options.limited_chance = 0.0;
  options.halo_chance = options.leak_chance = options.askew_chance = options.edge_chance = 0.0;
  options.pitch_scale_sd = options.turn_sd_rad = options.shift_m = 0.0;
  return options;
}

TEST(Augmentation, SpreadsPressureAroundTheBodyByAHaloAndByLeakingLines) {
  const LabelledMap sample = {caricature(Posture::supine), usual_mat, Posture::supine};
  AugmentationOptions halo = none();
  halo.halo_chance = 1.0;
  AugmentationOptions leak = none();
  leak.leak_chance = 1.0;
  double by_halo = 0.0;
  double by_leak = 0.0;
  double by_neither = 0.0;
  constexpr int looks = 12;
  for (std::uint64_t seed = 1; seed <= looks; ++seed) {
    Random a(seed), b(seed), c(seed);
    by_halo += share_outside(augmented(sample, a, halo).pressure, sample.pressure) / looks;
    by_leak += share_outside(augmented(sample, b, leak).pressure, sample.pressure) / looks;
    by_neither += share_outside(augmented(sample, c, none()).pressure, sample.pressure) / looks;
  }
  EXPECT_GT(by_halo, by_neither + 0.1);
  EXPECT_GT(by_leak, by_neither + 0.1);
}

TEST(Augmentation, EndsReadingsEarlyBeginsThemLateAndTakesFewSteps) {
  const LabelledMap sample = {caricature(Posture::supine), usual_mat, Posture::supine};
  AugmentationOptions limited = none();
  limited.limited_chance = 1.0;
  int flat_tops = 0;
  int few_steps = 0;
  int more_zeros = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Random a(seed), b(seed);
    const Eigen::ArrayXXd with = augmented(sample, a, limited).pressure;
    const Eigen::ArrayXXd without = augmented(sample, b, none()).pressure;
    if ((with >= 0.999 * with.maxCoeff()).count() > 10) ++flat_tops;
    if (std::set<double>(with.data(), with.data() + with.size()).size() < 64) ++few_steps;
    if ((with <= 0.0).count() > (without <= 0.0).count() + 20) ++more_zeros;
  }
  for (const int count : {flat_tops, few_steps, more_zeros}) {
    EXPECT_GE(count, 5);
    EXPECT_LE(count, 29);
  }
}

TEST(Augmentation, PushesABodyInPartBeyondTheSide) {
  const LabelledMap sample = {caricature(Posture::supine), usual_mat, Posture::supine};
  AugmentationOptions edge = none();
  edge.edge_chance = 1.0;
  edge.gamma_log_sd = 0.0;
  int lost = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Random pushed_random(seed), still_random(seed);
    const double pushed = augmented(sample, pushed_random, edge).pressure.sum();
    const double still = augmented(sample, still_random, none()).pressure.sum();
    if (pushed < 0.85 * still) ++lost;
  }
  EXPECT_GE(lost, 3);
}

}  // namespace
}  // namespace matfit
