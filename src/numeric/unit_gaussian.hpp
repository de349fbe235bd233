#pragma once

#include "numeric/random.hpp"

#include <Eigen/Core>

namespace matfit {

// Observations value = rows * unknowns + noise of unknowns that are, before any of them,
// independent and standard normal.
class LinearObservations {
 public:
  explicit LinearObservations(Eigen::Index unknowns) : unknowns_(unknowns), rows_(0, unknowns) {}

  // `row` has an entry for each unknown; sd > 0.
  void observe(const Eigen::RowVectorXd& row, double value, double sd);

  Eigen::Index unknowns() const { return unknowns_; }
  Eigen::Index count() const { return count_; }

  // Of the values, up to a constant: how probable they were before they were seen (MacKay, Neural
  // Computation 1992 4:415), had the standard deviations of the unknowns been `scale`.
  double log_evidence(const Eigen::VectorXd& scale) const;

  struct Posterior {
    Eigen::VectorXd mean;
    Eigen::MatrixXd root;  // root * root^T = covariance
  };
  // Of unknowns whose standard deviations were `scale`, in units of these.
  Posterior posterior(const Eigen::VectorXd& scale) const;

 private:
  Eigen::MatrixXd scaled(const Eigen::VectorXd& scale) const;

  Eigen::Index unknowns_;
  Eigen::Index count_ = 0;
  Eigen::MatrixXd rows_;   // over their noise
  Eigen::VectorXd value_;  // over its noise
};

// Standard normal draws as columns, each beside its opposite, so that what is linear in them has no
// error of sampling in its mean (antithetic variates: Hammersley & Morton, Proc Camb Phil Soc 1956
// 52:449).
Eigen::MatrixXd opposite_normals(Eigen::Index unknowns, int pairs, Random& random);

}  // namespace matfit
