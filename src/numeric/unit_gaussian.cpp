#include "numeric/unit_gaussian.hpp"

#include <Eigen/Cholesky>

namespace matfit {

void LinearObservations::observe(const Eigen::RowVectorXd& row, double value, double sd) {
  if (count_ == rows_.rows()) {
    constexpr Eigen::Index least = 16;
    rows_.conservativeResize(count_ + least, unknowns_);
    value_.conservativeResize(count_ + least);
  }
  rows_.row(count_) = row / sd;
  value_[count_] = value / sd;
  ++count_;
}

Eigen::MatrixXd LinearObservations::scaled(const Eigen::VectorXd& scale) const {
  return rows_.topRows(count_) * scale.asDiagonal();
}

double LinearObservations::log_evidence(const Eigen::VectorXd& scale) const {
  const Eigen::MatrixXd rows = scaled(scale);
  Eigen::MatrixXd spread = rows * rows.transpose();
  spread.diagonal().array() += 1.0;
  const Eigen::LLT<Eigen::MatrixXd> factor(spread);
  const Eigen::VectorXd value = value_.head(count_);
  return -0.5 * value.dot(factor.solve(value)) - factor.matrixLLT().diagonal().array().log().sum();
}

LinearObservations::Posterior LinearObservations::posterior(const Eigen::VectorXd& scale) const {
  const Eigen::MatrixXd rows = scaled(scale);
  Eigen::MatrixXd precision = Eigen::MatrixXd::Identity(unknowns_, unknowns_);
  precision.noalias() += rows.transpose() * rows;
  const Eigen::LLT<Eigen::MatrixXd> factor(precision);
  Posterior out;
  out.mean = factor.solve(rows.transpose() * value_.head(count_));
  out.root = factor.matrixU().solve(Eigen::MatrixXd::Identity(unknowns_, unknowns_));
  return out;
}

Eigen::MatrixXd opposite_normals(Eigen::Index unknowns, int pairs, Random& random) {
  Eigen::MatrixXd draws(unknowns, 2 * pairs);
  for (int i = 0; i < pairs; ++i) {
    for (Eigen::Index u = 0; u < unknowns; ++u) draws(u, 2 * i) = random.normal();
    draws.col(2 * i + 1) = -draws.col(2 * i);
  }
  return draws;
}

}  // namespace matfit
