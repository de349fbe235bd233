#include "stages/classify/displacement.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// sum |A - B| with `to` laid back by so many cells; what falls off the mat counts as changed.
double difference(const Eigen::ArrayXXd& from, const Eigen::ArrayXXd& to, Eigen::Index down,
                  Eigen::Index right) {
  const Eigen::Index rows = from.rows() - std::abs(down);
  const Eigen::Index cols = from.cols() - std::abs(right);
  const Eigen::Index from_row = std::max<Eigen::Index>(0, -down);
  const Eigen::Index from_col = std::max<Eigen::Index>(0, -right);
  const auto a = from.block(from_row, from_col, rows, cols);
  const auto b = to.block(from_row + down, from_col + right, rows, cols);
  return (a - b).abs().sum() + (from.abs().sum() - a.abs().sum()) +
         (to.abs().sum() - b.abs().sum());
}

}  // namespace

double displacement_m(const Eigen::ArrayXXd& from, const Eigen::ArrayXXd& to,
                      const MatGeometry& geometry, const DisplacementOptions& options) {
  const auto step_of = [&](double pitch_m) {
    return std::max<Eigen::Index>(1, std::lround(options.finest_step_m / pitch_m));
  };
  const Eigen::Index row_step = step_of(geometry.row_pitch_m);
  const Eigen::Index col_step = step_of(geometry.col_pitch_m);
  const auto steps_within = [&](double pitch_m, Eigen::Index step, Eigen::Index cells) {
    const auto reach = static_cast<Eigen::Index>(options.farthest_m / pitch_m);
    return std::min(reach, cells - 1) / step;
  };
  const Eigen::Index rows = steps_within(geometry.row_pitch_m, row_step, from.rows());
  const Eigen::Index cols = steps_within(geometry.col_pitch_m, col_step, from.cols());
  const double in_place = difference(from, to, 0, 0);
  double best = in_place;
  double distance_m = 0.0;
  for (Eigen::Index r = -rows; r <= rows; ++r) {
    for (Eigen::Index c = -cols; c <= cols; ++c) {
      const double here = difference(from, to, r * row_step, c * col_step);
      if (here >= best) continue;
      best = here;
      distance_m = std::hypot(static_cast<double>(r * row_step) * geometry.row_pitch_m,
                              static_cast<double>(c * col_step) * geometry.col_pitch_m);
    }
  }
  return best <= options.explained_share * in_place ? distance_m : 0.0;
}

}  // namespace matfit
