#include "stages/classify/train_posture_model.hpp"

#include "stages/classify/gradient_features.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace matfit {

namespace {

Eigen::VectorXf features_of(const LabelledMap& map, const RegistrationOptions& registration) {
  return gradient_features(register_body(map.pressure, map.geometry, registration).image);
}

// Mostly upside down, the question that recordings ask; sometimes across the mat.
LabelledMap not_upright(const LabelledMap& map, Random& random) {
  constexpr double across_chance = 0.25;
  LabelledMap out = map;
  if (random.chance(across_chance)) {
    out.pressure = map.pressure.transpose().eval();
    std::swap(out.geometry.rows, out.geometry.cols);
    std::swap(out.geometry.row_pitch_m, out.geometry.col_pitch_m);
    if (random.chance(0.5)) out.pressure = out.pressure.colwise().reverse().eval();
  } else {
    out.pressure = map.pressure.reverse().eval();
  }
  return out;
}

struct Selection {
  std::vector<Eigen::Index> columns;
  std::vector<float> weights;            // mean 1
  std::vector<std::uint32_t> competing;  // postures that occur among the sample's kind
};

// Spreads a share evenly over counted things.
bool falls_into_share(Eigen::Index index, double share) {
  return std::floor(static_cast<double>(index + 1) * share) >
         std::floor(static_cast<double>(index) * share);
}

// Real and synthetic samples in the stated proportion, and within each kind every posture alike.
Selection selected(const std::vector<TrainingSample>& samples, const TrainingFeatures& features,
                   const std::vector<char>& use, const TrainingOptions& options, int network) {
  Selection selection;
  std::array<std::array<double, model_postures.size()>, 2> count{};
  for (std::size_t v = 0; v < features.sample.size(); ++v) {
    const std::size_t s = features.sample[v];
    if (use[s] == 0) continue;
    if (features.network[v] != TrainingFeatures::all_networks && features.network[v] != network)
      continue;
    selection.columns.push_back(static_cast<Eigen::Index>(v));
    count[samples[s].synthetic ? 1 : 0][static_cast<std::size_t>(features.posture_class[v])] += 1;
  }
  std::array<double, 2> kinds{};  // postures present
  std::array<std::uint32_t, 2> present{};
  for (std::size_t k = 0; k < 2; ++k) {
    for (std::size_t c = 0; c < count[k].size(); ++c) {
      if (count[k][c] == 0.0) continue;
      kinds[k] += 1.0;
      present[k] |= 1U << c;
    }
  }
  double sum = 0.0;
  for (const Eigen::Index column : selection.columns) {
    const auto v = static_cast<std::size_t>(column);
    const std::size_t kind = samples[features.sample[v]].synthetic ? 1 : 0;
    const double share = kind == 1 ? options.synthetic_weight : 1.0;
    const double weight =
        share / kinds[kind] / count[kind][static_cast<std::size_t>(features.posture_class[v])];
    selection.weights.push_back(static_cast<float>(weight));
    selection.competing.push_back(falls_into_share(column, options.competing_share) ? present[kind]
                                                                                    : ~0U);
    sum += weight;
  }
  for (float& w : selection.weights) {
    w *= static_cast<float>(static_cast<double>(selection.columns.size()) / sum);
  }
  return selection;
}

// Made-up sleepers come with their postures in turn, so that every network gets all of them.
int turn_of(std::size_t made_up, int networks) {
  return static_cast<int>(made_up / model_postures.size()) % networks;
}

NetworkTraining of_one(NetworkTraining training, int network) {
  training.networks = 1;
  training.seed = derived_seed(training.seed, static_cast<std::uint64_t>(network));
  return training;
}

FeatureNetwork posture_network(const TrainingFeatures& features, const Selection& chosen,
                               const NetworkTraining& training) {
  const auto count = static_cast<Eigen::Index>(chosen.columns.size());
  NetworkSamples samples{
      Eigen::MatrixXf(features.upright.rows(), count), {}, chosen.weights, chosen.competing};
  for (Eigen::Index i = 0; i < count; ++i) {
    const Eigen::Index column = chosen.columns[static_cast<std::size_t>(i)];
    samples.features.col(i) = features.upright.col(column);
    samples.classes.push_back(features.posture_class[static_cast<std::size_t>(column)]);
  }
  constexpr int classes = static_cast<int>(model_postures.size());
  return train_networks(samples, classes, training).networks.front();
}

FeatureNetwork upright_network(const TrainingFeatures& features, const Selection& chosen,
                               const NetworkTraining& training) {
  const auto count = static_cast<Eigen::Index>(chosen.columns.size());
  NetworkSamples samples{Eigen::MatrixXf(features.upright.rows(), 2 * count),
                         std::vector<int>(static_cast<std::size_t>(count), 1),
                         chosen.weights,
                         {}};
  for (Eigen::Index i = 0; i < count; ++i) {
    const Eigen::Index column = chosen.columns[static_cast<std::size_t>(i)];
    samples.features.col(i) = features.upright.col(column);
    samples.features.col(count + i) = features.not_upright.col(column);
  }
  samples.classes.resize(static_cast<std::size_t>(2 * count), 0);
  samples.weights.insert(samples.weights.end(), chosen.weights.begin(), chosen.weights.end());
  return train_networks(samples, 2, training).networks.front();
}

}  // namespace

TrainingFeatures training_features(const std::vector<TrainingSample>& samples,
                                   const TrainingOptions& options) {
  TrainingFeatures out;
  const int networks = options.posture.networks;
  const auto variants = [&](const TrainingSample& s) {
    return 1 + (s.synthetic ? options.variants_synthetic : networks * options.variants_real);
  };
  Eigen::Index total = 0;
  for (const TrainingSample& s : samples) total += variants(s);
  const int features = gradient_feature_count(registered_rows, registered_cols);
  out.upright.resize(features, total);
  out.not_upright.resize(features, total);
  Eigen::Index column = 0;
  std::size_t made_up = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    Random random(derived_seed(options.seed, i));
    const int whole_for =
        samples[i].synthetic ? turn_of(made_up++, networks) : TrainingFeatures::all_networks;
    for (int v = 0; v < variants(samples[i]); ++v) {
      const LabelledMap map =
          v == 0 ? samples[i].map : augmented(samples[i].map, random, options.augmentation);
      const int network =
          whole_for == TrainingFeatures::all_networks && v > 0 ? v % networks : whole_for;
      out.upright.col(column) = features_of(map, options.registration);
      if (network < options.upright.networks) {
        out.not_upright.col(column) = features_of(not_upright(map, random), options.registration);
      }
      out.posture_class.push_back(static_cast<int>(class_of(map.posture)));
      out.sample.push_back(i);
      out.network.push_back(network);
      ++column;
    }
  }
  return out;
}

PostureModel train_posture_model(const std::vector<TrainingSample>& samples,
                                 const TrainingFeatures& features, const std::vector<char>& use,
                                 const TrainingOptions& options, Provenance provenance,
                                 const Temperatures& temperatures) {
  if (options.upright.networks > options.posture.networks) {
    throw std::invalid_argument("train_posture_model: the head end has too many networks");
  }
  NetworkEnsemble posture;
  NetworkEnsemble upright;
  for (int n = 0; n < options.posture.networks; ++n) {
    const Selection chosen = selected(samples, features, use, options, n);
    posture.networks.push_back(posture_network(features, chosen, of_one(options.posture, n)));
    if (n >= options.upright.networks) continue;
    upright.networks.push_back(upright_network(features, chosen, of_one(options.upright, n)));
  }
  posture.temperature = temperatures.posture;
  upright.temperature = temperatures.upright;
  return {options.registration, std::move(posture), std::move(upright), std::move(provenance)};
}

}  // namespace matfit
