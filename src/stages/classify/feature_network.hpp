#pragma once

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace matfit {

// One hidden layer of rectified units and a softmax.
struct FeatureNetwork {
  Eigen::MatrixXf hidden_weights;  // units x features
  Eigen::VectorXf hidden_bias;
  Eigen::MatrixXf output_weights;  // classes x units
  Eigen::VectorXf output_bias;
};

// Several networks that differ by their random start; their mean logit is the answer, divided by a
// temperature found on people that none of the training samples came from (Guo, ICML 2017).
struct NetworkEnsemble {
  std::vector<FeatureNetwork> networks;
  double temperature = 1.0;

  int feature_count() const;
  int class_count() const;
  // Mean of the networks' logits before the temperature; `features` has feature_count() entries,
  // else std::invalid_argument.
  Eigen::VectorXd logits(const Eigen::VectorXf& features) const;
};

// Exponentials over their sum.
Eigen::VectorXd softmax(const Eigen::VectorXd& logits);

struct NetworkTraining {
  int hidden_units = 64;
  int networks = 8;
  int epochs = 8;
  int batch = 64;
  double learning_rate = 1e-3;
  double weight_decay = 1e-4;
  std::uint64_t seed = 1;
};

struct NetworkSamples {
  Eigen::MatrixXf features;    // features x samples
  std::vector<int> classes;    // one a sample, 0 .. class count - 1
  std::vector<float> weights;  // one a sample, or empty for all alike
  // One a sample, or empty for all classes: bit k says that class k was among those that the label
  // chose from. A study without stomach sleepers says nothing of what tells a stomach from a back.
  std::vector<std::uint32_t> competing;
};

// Adam (Kingma & Ba, ICLR 2015) with decoupled weight decay on the weighted cross-entropy among the
// competing classes. The same arguments give the same networks, bit by bit.
NetworkEnsemble train_networks(const NetworkSamples& samples, int class_count,
                               const NetworkTraining& training);

// The temperature that makes held-out logits (classes x samples) most likely, within 0.25 .. 8.
double fitted_temperature(const Eigen::MatrixXd& logits, const std::vector<int>& classes);

}  // namespace matfit
