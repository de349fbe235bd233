#include "stages/fit/spine_support.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double above_c7_m = 0.03;  // there the head's load begins

double patch_mean(const Eigen::ArrayXXd& map, const MatGeometry& g, const TrunkAxis& axis,
                  double along_m, double across_m) {
  constexpr double half_length_m = 0.03;
  constexpr double half_width_m = 0.04;
  constexpr int steps = 2;
  double sum = 0.0;
  double count = 0.0;
  for (int i = -steps; i <= steps; ++i) {
    for (int j = -steps; j <= steps; ++j) {
      const Eigen::Vector2d p =
          axis.point(along_m + half_length_m * i / steps, across_m + half_width_m * j / steps);
      const auto row = static_cast<Eigen::Index>(std::floor(p.y() / g.row_pitch_m));
      const auto col = static_cast<Eigen::Index>(std::floor(p.x() / g.col_pitch_m));
      if (row < 0 || col < 0 || row >= map.rows() || col >= map.cols()) continue;
      sum += map(row, col);
      count += 1.0;
    }
  }
  return count > 0.0 ? sum / count : 0.0;
}

// Of everything further up the body than that.
double load_beyond(const PressureField& field, const TrunkAxis& axis, double along_m) {
  const MatGeometry& g = field.geometry;
  double sum = 0.0;
  for (Eigen::Index c = 0; c < field.pressure_pa.cols(); ++c) {
    for (Eigen::Index r = 0; r < field.pressure_pa.rows(); ++r) {
      const Eigen::Vector2d at((static_cast<double>(c) + 0.5) * g.col_pitch_m,
                               (static_cast<double>(r) + 0.5) * g.row_pitch_m);
      if ((at - axis.pelvis_m).dot(axis.up) > along_m) {
        sum += std::max(0.0, field.pressure_pa(r, c));
      }
    }
  }
  return sum * g.row_pitch_m * g.col_pitch_m;
}

}  // namespace

SpineSupport spine_support(const PressureField& field, const Sinkage& sink, Posture posture,
                           const TrunkAxis& axis, const Eigen::VectorXd& across_m) {
  constexpr double least_contact_share = 0.15;  // of the trunk's mean pressure
  SpineSupport support;
  double total = 0.0;
  for (int k = 0; k < SpineKnots::count; ++k) {
    const double along_m = axis.along_at(SpineKnots::share(k));
    double at_m = across_m[k];
    // On the side the lowest skin lies in front of the spine, under the middle of the load.
    if (is_side(posture)) at_m = load_middle(field, axis, along_m, at_m, 0.1).across_m;
    support.sink_m.push_back(patch_mean(sink.depth_m, field.geometry, axis, along_m, at_m));
    support.pressure_pa.push_back(
        patch_mean(field.pressure_pa, field.geometry, axis, along_m, at_m));
    Eigen::VectorXd error(static_cast<Eigen::Index>(sink.errors.size()));
    for (std::size_t e = 0; e < sink.errors.size(); ++e) {
      error[static_cast<Eigen::Index>(e)] =
          patch_mean(sink.errors[e].change_m, field.geometry, axis, along_m, at_m);
    }
    support.error.push_back(error);
    total += support.pressure_pa.back();
  }
  const double knot_m = (SpineKnots::share(1) - SpineKnots::share(0)) * axis.spine_length_m();
  for (std::size_t k = 0; k < support.sink_m.size(); ++k) {
    const std::size_t above = k == 0 ? k : k - 1;
    const std::size_t below = std::min(k + 1, support.sink_m.size() - 1);
    support.slope_m.push_back((support.sink_m[below] - support.sink_m[above]) /
                              (static_cast<double>(below - above) * knot_m) * axis.along_sd_m);
  }
  support.head_load_n = load_beyond(field, axis, axis.c7_m + above_c7_m);
  for (const double p : support.pressure_pa) {
    support.contact.push_back(p > least_contact_share * total / SpineKnots::count);
  }
  return support;
}

}  // namespace matfit
