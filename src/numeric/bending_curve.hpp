#pragma once

#include "numeric/random.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

struct BendingPrior {
  double turn_variance_per_m = 0.05;  // of the slope's change, rad^2 per metre of curve
  double offset_sd = 1.0;             // of the curve's mean
  double slope_sd = 0.3;              // of its overall slope, rad
};

// What is known of a curve and of the modes (unsure quantities of unit variance) seen with it.
class CurvePosterior {
 public:
  Eigen::VectorXd curve() const { return mean_.head(knots_); }
  Eigen::VectorXd modes() const { return mean_.tail(mean_.size() - knots_); }
  // Of the knots, then the modes: the inverse Hessian of the negative log posterior.
  const Eigen::MatrixXd& covariance() const { return covariance_; }
  // Draws of the knots, one a column; `normals` from as many columns of unit_normals.
  Eigen::MatrixXd draws(const Eigen::MatrixXd& normals) const;
  Eigen::Index unknowns() const { return mean_.size(); }
  // With the knots (not the modes) in another unit: multiplied by `factor`.
  CurvePosterior scaled(double factor) const;
  // With a known curve added, one value a knot.
  CurvePosterior shifted(const Eigen::VectorXd& by) const;

 private:
  friend class BendingCurve;
  Eigen::Index knots_ = 0;
  Eigen::VectorXd mean_;
  Eigen::MatrixXd covariance_;
  Eigen::MatrixXd root_;  // root * root^T = covariance
};

// A curve over evenly spaced knots that resists bending (a random walk of its slope), seen at some
// places with noise and with errors common to several of them. Everything is linear and Gaussian,
// so the maximum a posteriori is exact.
class BendingCurve {
 public:
  // At least three knots from `first` to `last`; else std::invalid_argument.
  BendingCurve(double first, double last, int knots, int modes, const BendingPrior& prior);

  // value = curve(position) + mode_effect . modes + noise of this sd. Beyond the ends the end knots
  // are seen.
  void observe(double position, double value, double sd, const Eigen::VectorXd& mode_effect);
  // `turn_factor` multiplies the prior's turn variance.
  CurvePosterior solve(double turn_factor = 1.0) const;
  // How probable the observations were with that turn variance, up to a constant: the larger, the
  // better it fits them without being looser than they ask (MacKay, Neural Computation 1992 4:415).
  double log_evidence(double turn_factor) const;

  double position(Eigen::Index knot) const { return first_ + static_cast<double>(knot) * step_; }
  Eigen::Index knots() const { return knots_; }
  // Weights of the knots at a place, for linear interpolation.
  Eigen::VectorXd weights(double position) const;

 private:
  void add_row(const Eigen::VectorXd& row, double value, double sd);
  Eigen::MatrixXd normal(double turn_factor) const;

  double first_ = 0.0;
  double step_ = 0.0;
  Eigen::Index knots_ = 0;
  Eigen::Index modes_ = 0;
  Eigen::MatrixXd turns_;   // of the prior's turns
  Eigen::MatrixXd normal_;  // of everything else
  Eigen::VectorXd right_side_;
};

}  // namespace matfit
