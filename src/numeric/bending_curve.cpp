#include "numeric/bending_curve.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

Eigen::MatrixXd CurvePosterior::draws(const Eigen::MatrixXd& normals) const {
  return (root_.topRows(knots_) * normals).colwise() + mean_.head(knots_);
}

CurvePosterior CurvePosterior::scaled(double factor) const {
  CurvePosterior out = *this;
  out.mean_.head(knots_) *= factor;
  out.root_.topRows(knots_) *= factor;
  out.covariance_.topRows(knots_) *= factor;
  out.covariance_.leftCols(knots_) *= factor;
  return out;
}

CurvePosterior CurvePosterior::shifted(const Eigen::VectorXd& by) const {
  CurvePosterior out = *this;
  out.mean_.head(knots_) += by;
  return out;
}

BendingCurve::BendingCurve(double first, double last, int knots, int modes,
                           const BendingPrior& prior)
    : first_(first), step_((last - first) / std::max(1, knots - 1)), knots_(knots), modes_(modes) {
  if (knots < 3 || !(last > first) || modes < 0) {
    throw std::invalid_argument("BendingCurve: needs three knots over a positive length");
  }
  const Eigen::Index n = knots_ + modes_;
  normal_ = Eigen::MatrixXd::Zero(n, n);
  turns_ = Eigen::MatrixXd::Zero(n, n);
  right_side_ = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 1; i + 1 < knots_; ++i) {
    Eigen::VectorXd turn = Eigen::VectorXd::Zero(n);
    turn[i - 1] = turn[i + 1] = 1.0 / step_;
    turn[i] = -2.0 / step_;
    turns_.noalias() += turn * turn.transpose() / (prior.turn_variance_per_m * step_);
  }
  Eigen::VectorXd offset = Eigen::VectorXd::Zero(n);
  offset.head(knots_).setConstant(1.0 / static_cast<double>(knots_));
  add_row(offset, 0.0, prior.offset_sd);
  Eigen::VectorXd slope = Eigen::VectorXd::Zero(n);
  slope[0] = -1.0 / (last - first);
  slope[knots_ - 1] = 1.0 / (last - first);
  add_row(slope, 0.0, prior.slope_sd);
  for (Eigen::Index m = knots_; m < n; ++m) normal_(m, m) += 1.0;
}

void BendingCurve::add_row(const Eigen::VectorXd& row, double value, double sd) {
  const double weight = 1.0 / (sd * sd);
  normal_.noalias() += weight * row * row.transpose();
  right_side_ += weight * value * row;
}

Eigen::VectorXd BendingCurve::weights(double position) const {
  Eigen::VectorXd w = Eigen::VectorXd::Zero(knots_);
  const double place =
      std::clamp((position - first_) / step_, 0.0, static_cast<double>(knots_ - 1));
  const auto k = std::min<Eigen::Index>(static_cast<Eigen::Index>(place), knots_ - 2);
  const double share = place - static_cast<double>(k);
  w[k] = 1.0 - share;
  w[k + 1] = share;
  return w;
}

void BendingCurve::observe(double position, double value, double sd,
                           const Eigen::VectorXd& mode_effect) {
  Eigen::VectorXd row(knots_ + modes_);
  row << weights(position), mode_effect;
  add_row(row, value, sd);
}

Eigen::MatrixXd BendingCurve::normal(double turn_factor) const {
  return normal_ + turns_ / turn_factor;
}

double BendingCurve::log_evidence(double turn_factor) const {
  const Eigen::LLT<Eigen::MatrixXd> factor(normal(turn_factor));
  const double log_determinant = 2.0 * factor.matrixLLT().diagonal().array().log().sum();
  const auto turns = static_cast<double>(knots_ - 2);
  return -0.5 * (log_determinant + turns * std::log(turn_factor) -
                 right_side_.dot(factor.solve(right_side_)));
}

CurvePosterior BendingCurve::solve(double turn_factor) const {
  CurvePosterior posterior;
  posterior.knots_ = knots_;
  const Eigen::LLT<Eigen::MatrixXd> factor(normal(turn_factor));
  const Eigen::MatrixXd identity = Eigen::MatrixXd::Identity(normal_.rows(), normal_.cols());
  posterior.mean_ = factor.solve(right_side_);
  posterior.covariance_ = factor.solve(identity);
  // The inverse of U is a root of the inverse of U^T U.
  posterior.root_ = factor.matrixU().solve(identity);
  return posterior;
}

}  // namespace matfit
