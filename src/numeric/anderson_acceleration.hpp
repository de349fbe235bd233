#pragma once

#include <Eigen/Core>

#include <optional>

namespace matfit {

// Anderson's acceleration of an iteration x <- x + step(x) (J ACM 1965 12:547; Walker and Ni, SIAM
// J Numer Anal 2011 49:1715): from steps that shrink alike it tells where they lead to.
class AndersonAcceleration {
 public:
  // Where to go from `at` instead of to at + step; `scale` makes the steps of unlike parameters
  // comparable. Absent until an earlier step is known.
  std::optional<Eigen::VectorXd> ahead(const Eigen::VectorXd& at, const Eigen::VectorXd& step,
                                       const Eigen::VectorXd& scale);
  // Earlier steps say nothing of the next.
  void forget() { known_ = 0; }

 private:
  Eigen::Index known_ = 0;
  Eigen::VectorXd last_at_;
  Eigen::VectorXd last_step_;
  Eigen::MatrixXd moves_;    // of the place, one a column
  Eigen::MatrixXd changes_;  // of the step
};

}  // namespace matfit
