#include "numeric/anderson_acceleration.hpp"

#include <Eigen/QR>

#include <algorithm>

namespace matfit {

std::optional<Eigen::VectorXd> AndersonAcceleration::ahead(const Eigen::VectorXd& at,
                                                           const Eigen::VectorXd& step,
                                                           const Eigen::VectorXd& scale) {
  constexpr Eigen::Index most_steps = 4;
  std::optional<Eigen::VectorXd> place;
  moves_.resize(at.size(), most_steps);
  changes_.resize(at.size(), most_steps);
  if (known_ > 0) {
    const Eigen::Index column = (known_ - 1) % most_steps;
    moves_.col(column) = at - last_at_;
    changes_.col(column) = step - last_step_;
    const Eigen::Index count = std::min(known_, most_steps);
    const Eigen::MatrixXd changes = scale.asDiagonal() * changes_.leftCols(count);
    const Eigen::VectorXd share = changes.colPivHouseholderQr().solve(scale.cwiseProduct(step));
    place = at + step - (moves_.leftCols(count) + changes_.leftCols(count)) * share;
  }
  last_at_ = at;
  last_step_ = step;
  ++known_;
  return place;
}

}  // namespace matfit
