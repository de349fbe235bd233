#pragma once

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace matfit {

// Linear regression of several targets on the same predictors, shrunk by a ridge on predictors of
// unit variance; the intercept is not shrunk.
struct RidgeRegression {
  Eigen::RowVectorXd centre;        // of the predictors
  Eigen::RowVectorXd scale;         // their standard deviations; 1 for a constant one
  Eigen::MatrixXd weight;           // scaled predictors x targets
  Eigen::RowVectorXd intercept;     // one a target
  Eigen::RowVectorXd ridge;         // one a target, by cross-validation
  Eigen::RowVectorXd kept_out_rms;  // one a target: of the groups left out one at a time

  Eigen::RowVectorXd predict(const Eigen::RowVectorXd& predictors) const;
};

// `x`: a row a sample, `y` likewise; `group`: one a sample. The ridge of each target is that of an
// even series of powers whose error is least on groups left out one at a time (PRESS; Allen,
// Technometrics 1974 16:125). Throws std::invalid_argument for sizes that differ or fewer than
// three groups.
RidgeRegression fit_ridge(const Eigen::MatrixXd& x, const Eigen::MatrixXd& y,
                          const std::vector<std::size_t>& group);

}  // namespace matfit
