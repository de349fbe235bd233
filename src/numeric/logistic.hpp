#pragma once

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Logistic regression: the probability of 1 is 1 / (1 + exp(-(intercept + weight . x))).
struct Logistic {
  double intercept = 0.0;
  Eigen::VectorXd weight;

  double probability(const Eigen::VectorXd& x) const;
};

// `x`: a row a sample; `is_one`: 0 or 1 a sample. Most likely under a Gaussian prior of precision
// `ridge` on each weight, none on the intercept; by Newton's method. Throws std::invalid_argument
// for sizes that differ, fewer than two samples, a ridge not above 0, or samples of one kind only.
Logistic fit_logistic(const Eigen::MatrixXd& x, const std::vector<int>& is_one, double ridge);

}  // namespace matfit
