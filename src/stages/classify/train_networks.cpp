#include "numeric/random.hpp"
#include "stages/classify/feature_network.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace matfit {

namespace {

constexpr float adam_mean_decay = 0.9F;
constexpr float adam_square_decay = 0.999F;
constexpr float adam_floor = 1e-8F;

// One block of parameters with Adam's running moments.
class AdamBlock {
 public:
  AdamBlock(Eigen::Ref<Eigen::MatrixXf> values, float weight_decay)
      : values_(values.data(), values.rows(), values.cols()),
        mean_(Eigen::MatrixXf::Zero(values.rows(), values.cols())),
        square_(Eigen::MatrixXf::Zero(values.rows(), values.cols())),
        weight_decay_(weight_decay) {}

  void step(const Eigen::MatrixXf& gradient, float rate, int count) {
    mean_ = adam_mean_decay * mean_ + (1.0F - adam_mean_decay) * gradient;
    square_ = adam_square_decay * square_.array() +
              (1.0F - adam_square_decay) * gradient.array().square();
    const float mean_scale = 1.0F / (1.0F - std::pow(adam_mean_decay, static_cast<float>(count)));
    const float square_scale =
        1.0F / (1.0F - std::pow(adam_square_decay, static_cast<float>(count)));
    values_.array() -= rate * (mean_.array() * mean_scale /
                                   ((square_.array() * square_scale).sqrt() + adam_floor) +
                               weight_decay_ * values_.array());
  }

 private:
  Eigen::Map<Eigen::MatrixXf> values_;
  Eigen::MatrixXf mean_;
  Eigen::MatrixXf square_;
  float weight_decay_;
};

FeatureNetwork random_network(Eigen::Index features, int units, int classes, Random& random) {
  const auto filled = [&](Eigen::Index rows, Eigen::Index cols, double sd) {
    Eigen::MatrixXf m(rows, cols);
    for (Eigen::Index c = 0; c < cols; ++c) {
      for (Eigen::Index r = 0; r < rows; ++r) m(r, c) = static_cast<float>(random.normal(0.0, sd));
    }
    return m;
  };
  // He, ICCV 2015: variance 2 / inputs keeps rectified units alive.
  return {filled(units, features, std::sqrt(2.0 / static_cast<double>(features))),
          Eigen::VectorXf::Zero(units), filled(classes, units, std::sqrt(1.0 / units)),
          Eigen::VectorXf::Zero(classes)};
}

std::vector<Eigen::Index> shuffled(Eigen::Index count, Random& random) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[static_cast<std::size_t>(random.bits() % i)]);
  }
  return order;
}

// Logits of one sample -> the gradient of its weighted cross-entropy.
void turn_into_error(const NetworkSamples& from, std::size_t sample,
                     Eigen::Ref<Eigen::VectorXf> logits) {
  const std::uint32_t competing = from.competing.empty() ? ~0U : from.competing[sample];
  for (Eigen::Index k = 0; k < logits.size(); ++k) {
    if ((competing >> k & 1U) == 0) logits[k] = -std::numeric_limits<float>::infinity();
  }
  logits = (logits.array() - logits.maxCoeff()).exp().matrix().eval();
  logits /= logits.sum();
  logits[from.classes[sample]] -= 1.0F;
  if (!from.weights.empty()) logits *= from.weights[sample];
}

FeatureNetwork trained(const NetworkSamples& from, int class_count, const NetworkTraining& training,
                       std::uint64_t seed) {
  const Eigen::MatrixXf& features = from.features;
  Random random(seed);
  FeatureNetwork net = random_network(features.rows(), training.hidden_units, class_count, random);
  const auto decay = static_cast<float>(training.weight_decay);
  AdamBlock hidden_weights(net.hidden_weights, decay);
  AdamBlock hidden_bias(net.hidden_bias, 0.0F);
  AdamBlock output_weights(net.output_weights, decay);
  AdamBlock output_bias(net.output_bias, 0.0F);

  const Eigen::Index samples = features.cols();
  const Eigen::Index batches = (samples + training.batch - 1) / training.batch;
  const double total_steps = static_cast<double>(batches) * training.epochs;
  int count = 0;
  for (int epoch = 0; epoch < training.epochs; ++epoch) {
    const std::vector<Eigen::Index> order = shuffled(samples, random);
    for (Eigen::Index b = 0; b < batches; ++b) {
      const Eigen::Index first = b * training.batch;
      const Eigen::Index size = std::min<Eigen::Index>(training.batch, samples - first);
      Eigen::MatrixXf x(features.rows(), size);
      for (Eigen::Index i = 0; i < size; ++i) {
        x.col(i) = features.col(order[static_cast<std::size_t>(first + i)]);
      }
      const Eigen::MatrixXf sums = (net.hidden_weights * x).colwise() + net.hidden_bias;
      const Eigen::MatrixXf units = sums.cwiseMax(0.0F);
      Eigen::MatrixXf error = (net.output_weights * units).colwise() + net.output_bias;
      for (Eigen::Index i = 0; i < size; ++i) {
        const auto sample = static_cast<std::size_t>(order[static_cast<std::size_t>(first + i)]);
        turn_into_error(from, sample, error.col(i));
      }
      error /= static_cast<float>(size);
      const Eigen::MatrixXf back =
          ((net.output_weights.transpose() * error).array() * (sums.array() > 0.0F).cast<float>())
              .matrix();
      ++count;
      // A cosine from the full rate to nothing: the last steps average the noise of the batches.
      const auto rate =
          static_cast<float>(0.5 * training.learning_rate *
                             (1.0 + std::cos(3.14159265358979323846 * (count - 1) / total_steps)));
      output_weights.step(error * units.transpose(), rate, count);
      output_bias.step(error.rowwise().sum(), rate, count);
      hidden_weights.step(back * x.transpose(), rate, count);
      hidden_bias.step(back.rowwise().sum(), rate, count);
    }
  }
  return net;
}

}  // namespace

NetworkEnsemble train_networks(const NetworkSamples& samples, int class_count,
                               const NetworkTraining& training) {
  const auto count = static_cast<std::size_t>(samples.features.cols());
  const auto fits = [&](std::size_t size) { return size == 0 || size == count; };
  if (count == 0 || samples.classes.size() != count || !fits(samples.weights.size()) ||
      !fits(samples.competing.size())) {
    throw std::invalid_argument("train_networks: one class and one weight a sample are needed");
  }
  // The mean feature is taken off before training and folded into the first layer's bias after it.
  const Eigen::VectorXf mean = samples.features.rowwise().mean();
  NetworkSamples centred = samples;
  centred.features.colwise() -= mean;
  NetworkEnsemble ensemble;
  for (int i = 0; i < training.networks; ++i) {
    FeatureNetwork net = trained(centred, class_count, training,
                                 derived_seed(training.seed, static_cast<std::uint64_t>(i)));
    net.hidden_bias -= net.hidden_weights * mean;
    ensemble.networks.push_back(std::move(net));
  }
  return ensemble;
}

}  // namespace matfit
