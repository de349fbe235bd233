#include "numeric/random.hpp"
#include "stages/classify/feature_network.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

struct Rings {
  Eigen::MatrixXf features;
  std::vector<int> classes;
};

// Three rings around the origin: no straight line tells them apart.
Rings rings(int count, std::uint64_t seed) {
  Random random(seed);
  Rings out{Eigen::MatrixXf(2, count), {}};
  for (int i = 0; i < count; ++i) {
    const int ring = i % 3;
    const double radius = 1.0 + ring + random.normal(0.0, 0.15);
    const double angle = random.uniform(0.0, 6.283185307179586);
    out.features.col(i) << static_cast<float>(radius * std::cos(angle)),
        static_cast<float>(radius * std::sin(angle));
    out.classes.push_back(ring);
  }
  return out;
}

NetworkTraining quick(std::uint64_t seed) {
  NetworkTraining training;
  training.hidden_units = 32;
  training.networks = 2;
  training.epochs = 40;
  training.learning_rate = 1e-2;
  training.seed = seed;
  return training;
}

TEST(Networks, LearnWhatNoStraightLineSeparates) {
  const Rings seen = rings(600, 1);
  const Rings unseen = rings(300, 2);
  const NetworkEnsemble ensemble =
      train_networks({seen.features, seen.classes, {}, {}}, 3, quick(5));
  int right = 0;
  for (Eigen::Index i = 0; i < unseen.features.cols(); ++i) {
    Eigen::Index answer = 0;
    ensemble.logits(unseen.features.col(i)).maxCoeff(&answer);
    right += answer == unseen.classes[static_cast<std::size_t>(i)] ? 1 : 0;
  }
  EXPECT_GE(right, 290);
}

TEST(Networks, AreTheSameBitByBitForTheSameSeedAndDifferForAnother) {
  const Rings seen = rings(90, 1);
  const NetworkEnsemble a = train_networks({seen.features, seen.classes, {}, {}}, 3, quick(5));
  const NetworkEnsemble b = train_networks({seen.features, seen.classes, {}, {}}, 3, quick(5));
  const NetworkEnsemble c = train_networks({seen.features, seen.classes, {}, {}}, 3, quick(6));
  EXPECT_TRUE(a.networks[1].hidden_weights == b.networks[1].hidden_weights);
  EXPECT_FALSE(a.networks[1].hidden_weights == c.networks[1].hidden_weights);
  EXPECT_FALSE(a.networks[0].hidden_weights == a.networks[1].hidden_weights);
}

TEST(Networks, FollowTheWeightsWhereClassesOverlap) {
  const Eigen::MatrixXf same = Eigen::MatrixXf::Ones(2, 40);
  std::vector<int> classes;
  std::vector<float> weights;
  for (int i = 0; i < 40; ++i) {
    classes.push_back(i % 2);
    weights.push_back(i % 2 == 0 ? 1.8F : 0.2F);
  }
  NetworkTraining training = quick(1);
  training.epochs = 400;
  training.learning_rate = 0.05;
  const NetworkEnsemble e = train_networks({same, classes, weights, {}}, 2, training);
  EXPECT_NEAR(softmax(e.logits(same.col(0)))[0], 0.9, 0.02);
}

TEST(Networks, ASampleSaysNothingOfClassesThatDidNotCompete) {
  // Class 2 never occurs here; half of the samples did not have it to choose from.
  const Eigen::MatrixXf same = Eigen::MatrixXf::Ones(2, 40);
  std::vector<int> classes;
  for (int i = 0; i < 40; ++i) classes.push_back(i % 2);
  NetworkTraining training = quick(1);
  training.epochs = 200;
  training.learning_rate = 0.05;
  const auto third_class = [&](std::uint32_t competing) {
    const NetworkEnsemble e =
        train_networks({same, classes, {}, std::vector<std::uint32_t>(40, competing)}, 3, training);
    return softmax(e.logits(same.col(0)))[2];
  };
  EXPECT_LT(third_class(0b111), 0.05);
  EXPECT_NEAR(third_class(0b011), 1.0 / 3.0, 0.15);
}

TEST(Networks, RefuseFeaturesOfAnotherLength) {
  const Rings seen = rings(30, 1);
  const NetworkEnsemble e = train_networks({seen.features, seen.classes, {}, {}}, 3, quick(5));
  EXPECT_THROW(e.logits(Eigen::VectorXf::Zero(3)), std::invalid_argument);
  EXPECT_THROW(train_networks({seen.features, {0, 1}, {}, {}}, 3, quick(5)), std::invalid_argument);
}

TEST(Networks, TemperatureUndoesAThreefoldOverconfidence) {
  Random random(4);
  Eigen::MatrixXd logits(2, 4000);
  std::vector<int> classes;
  for (Eigen::Index i = 0; i < logits.cols(); ++i) {
    const double honest = random.normal(0.0, 2.0);
    classes.push_back(random.chance(1.0 / (1.0 + std::exp(-honest))) ? 1 : 0);
    logits.col(i) << 0.0, 3.0 * honest;
  }
  EXPECT_NEAR(fitted_temperature(logits, classes), 3.0, 0.3);
}

}  // namespace
}  // namespace matfit
