#include "stages/fit/slope_columns.hpp"

#include <algorithm>
#include <cstddef>

namespace matfit {

SlopeColumns::SlopeColumns(Eigen::Index most_cells, Eigen::Index parameters)
    : slopes_(most_cells, parameters), filled_(static_cast<std::size_t>(parameters)) {}

void SlopeColumns::clear() {
  for (const Eigen::Index i : used_) filled_[static_cast<std::size_t>(i)] = {};
  used_.clear();
}

void SlopeColumns::widen(Eigen::Index parameter, Eigen::Index first, Eigen::Index end) {
  if (first >= end) return;
  Range& range = filled_[static_cast<std::size_t>(parameter)];
  if (range.first == range.end) {
    used_.push_back(parameter);
    range = {first, first};
  }
  if (first < range.first) {
    slopes_.col(parameter).segment(first, range.first - first).setZero();
    range.first = first;
  }
  if (end > range.end) {
    slopes_.col(parameter).segment(range.end, end - range.end).setZero();
    range.end = end;
  }
}

void SlopeColumns::into(NormalEquations& sums, const Eigen::VectorXd& scale,
                        const Eigen::VectorXd& residual) {
  for (std::size_t a = 0; a < used_.size(); ++a) {
    const Eigen::Index i = used_[a];
    const Range own = filled_[static_cast<std::size_t>(i)];
    auto column = slopes_.col(i).segment(own.first, own.end - own.first);
    column.array() *= scale.segment(own.first, own.end - own.first).array();
    sums.gradient[i] += column.dot(residual.segment(own.first, own.end - own.first));
    for (std::size_t b = 0; b <= a; ++b) {
      const Eigen::Index j = used_[b];
      const Range other = filled_[static_cast<std::size_t>(j)];
      const Eigen::Index first = std::max(own.first, other.first);
      const Eigen::Index count = std::min(own.end, other.end) - first;
      if (count <= 0) continue;
      sums.normal(std::max(i, j), std::min(i, j)) +=
          slopes_.col(i).segment(first, count).dot(slopes_.col(j).segment(first, count));
    }
  }
}

}  // namespace matfit
