#include "numeric/logistic.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

double Logistic::probability(const Eigen::VectorXd& x) const {
  return 1.0 / (1.0 + std::exp(-(intercept + weight.dot(x))));
}

Logistic fit_logistic(const Eigen::MatrixXd& x, const std::vector<int>& is_one, double ridge) {
  const auto ones = std::count(is_one.begin(), is_one.end(), 1);
  if (static_cast<std::size_t>(x.rows()) != is_one.size() || is_one.size() < 2 || !(ridge > 0.0) ||
      ones == 0 || ones == static_cast<std::ptrdiff_t>(is_one.size())) {
    throw std::invalid_argument("fit_logistic: samples of two kinds and a ridge over 0 are needed");
  }
  constexpr int most_steps = 100;
  constexpr double small_step = 1e-10;
  Eigen::MatrixXd with_one(x.rows(), x.cols() + 1);
  with_one << Eigen::VectorXd::Ones(x.rows()), x;
  Eigen::VectorXd prior = Eigen::VectorXd::Constant(with_one.cols(), ridge);
  prior[0] = 1e-9;
  Eigen::VectorXd weight = Eigen::VectorXd::Zero(with_one.cols());
  for (int step = 0; step < most_steps; ++step) {
    const Eigen::ArrayXd p = 1.0 / (1.0 + (-(with_one * weight).array()).exp());
    Eigen::VectorXd miss(x.rows());
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
      miss[i] = is_one[static_cast<std::size_t>(i)] - p[i];
    }
    const Eigen::VectorXd slope = with_one.transpose() * miss - prior.cwiseProduct(weight);
    const Eigen::VectorXd curve = (p * (1.0 - p)).max(1e-9);
    Eigen::MatrixXd normal = with_one.transpose() * curve.asDiagonal() * with_one;
    normal.diagonal() += prior;
    const Eigen::VectorXd change = normal.ldlt().solve(slope);
    // Far steps of separable samples would overshoot.
    const double length = std::min(1.0, 2.0 / std::max(change.cwiseAbs().maxCoeff(), 1e-12));
    weight += length * change;
    if (change.cwiseAbs().maxCoeff() < small_step) break;
  }
  return {weight[0], weight.tail(x.cols())};
}

}  // namespace matfit
