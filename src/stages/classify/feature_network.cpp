#include "stages/classify/feature_network.hpp"

#include <cmath>
#include <stdexcept>

namespace matfit {

int NetworkEnsemble::feature_count() const {
  return networks.empty() ? 0 : static_cast<int>(networks.front().hidden_weights.cols());
}

int NetworkEnsemble::class_count() const {
  return networks.empty() ? 0 : static_cast<int>(networks.front().output_bias.size());
}

Eigen::VectorXd NetworkEnsemble::logits(const Eigen::VectorXf& features) const {
  if (networks.empty() || features.size() != feature_count()) {
    throw std::invalid_argument("NetworkEnsemble: the features do not fit the networks");
  }
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(class_count());
  for (const FeatureNetwork& n : networks) {
    const Eigen::VectorXf units = (n.hidden_weights * features + n.hidden_bias).cwiseMax(0.0F);
    sum += (n.output_weights * units + n.output_bias).cast<double>();
  }
  return sum / static_cast<double>(networks.size());
}

Eigen::VectorXd softmax(const Eigen::VectorXd& logits) {
  const Eigen::VectorXd exponentials = (logits.array() - logits.maxCoeff()).exp();
  return exponentials / exponentials.sum();
}

double fitted_temperature(const Eigen::MatrixXd& logits, const std::vector<int>& classes) {
  if (logits.cols() == 0 || static_cast<std::size_t>(logits.cols()) != classes.size()) {
    throw std::invalid_argument("fitted_temperature: one class a sample is needed");
  }
  double best = 1.0;
  double best_loss = std::numeric_limits<double>::infinity();
  for (double temperature = 0.25; temperature <= 8.0; temperature *= 1.02) {
    double loss = 0.0;
    for (Eigen::Index i = 0; i < logits.cols(); ++i) {
      const Eigen::VectorXd p = softmax(logits.col(i) / temperature);
      loss -= std::log(std::max(p[classes[static_cast<std::size_t>(i)]], 1e-12));
    }
    if (loss < best_loss) {
      best_loss = loss;
      best = temperature;
    }
  }
  return best;
}

}  // namespace matfit
