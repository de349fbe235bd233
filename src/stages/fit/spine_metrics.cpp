#include "stages/fit/spine_metrics.hpp"

#include "numeric/statistics.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

struct Line {
  double offset = 0.0;
  double slope = 0.0;
};

Line best_line(const Eigen::VectorXd& x, const Eigen::VectorXd& y, Eigen::Index first,
               Eigen::Index count) {
  const auto xs = x.segment(first, count).array();
  const auto ys = y.segment(first, count).array();
  const double mean_x = xs.mean();
  const double mean_y = ys.mean();
  const double slope = ((xs - mean_x) * (ys - mean_y)).sum() / (xs - mean_x).square().sum();
  return {mean_y - slope * mean_x, slope};
}

}  // namespace

SideAlignment side_alignment(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                             Eigen::Index t12) {
  const Eigen::Index n = along_m.size();
  const Line whole = best_line(along_m, height_m, 0, n);
  const Line thoracic = best_line(along_m, height_m, 0, t12 + 1);
  const Line lumbar = best_line(along_m, height_m, t12, n - t12);
  const Eigen::ArrayXd deviation = height_m.array() - whole.offset - whole.slope * along_m.array();
  return {-std::atan(whole.slope) * deg_per_rad, mm_per_m * std::sqrt(deviation.square().mean()),
          mm_per_m * deviation.abs().maxCoeff(),
          (std::atan(lumbar.slope) - std::atan(thoracic.slope)) * deg_per_rad};
}

Eigen::VectorXd laid_onto(const Eigen::VectorXd& along_m, const Eigen::VectorXd& neutral_m,
                          const Eigen::VectorXd& height_m) {
  const Line rigid = best_line(along_m, height_m - neutral_m, 0, along_m.size());
  return neutral_m.array() + rigid.offset + rigid.slope * along_m.array();
}

double lordosis_depth_mm(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                         Eigen::Index t7, double belly) {
  const Eigen::Index last = along_m.size() - 1;
  double depth = 0.0;
  for (Eigen::Index i = t7; i <= last; ++i) {
    const double u = (along_m[i] - along_m[t7]) / (along_m[last] - along_m[t7]);
    const double chord = (1.0 - u) * height_m[t7] + u * height_m[last];
    depth = std::max(depth, belly * (height_m[i] - chord));
  }
  return mm_per_m * depth;
}

double lordosis_angle_deg(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                          Eigen::Index t12, Eigen::Index l2, Eigen::Index l4, double belly) {
  const auto slope = [&](Eigen::Index a, Eigen::Index b) {
    return std::atan((height_m[b] - height_m[a]) / (along_m[b] - along_m[a]));
  };
  return belly * (slope(t12, l2) - slope(l4, along_m.size() - 1)) * deg_per_rad;
}

double bend_mm(const Eigen::VectorXd& along_m, const Eigen::VectorXd& across_m) {
  const Eigen::Index last = along_m.size() - 1;
  const Eigen::Vector2d chord(along_m[last] - along_m[0], across_m[last] - across_m[0]);
  const Eigen::Vector2d unit = chord.normalized();
  double largest = 0.0;
  for (Eigen::Index i = 0; i <= last; ++i) {
    const double x = along_m[i] - along_m[0];
    const double y = across_m[i] - across_m[0];
    largest = std::max(largest, std::abs(x * unit.y() - y * unit.x()));
  }
  return mm_per_m * largest;
}

Estimate estimate_from_draws(const std::vector<double>& draws) {
  const double value = mean(draws);
  return {value, standard_deviation(draws), std::min(value, quantile(draws, 0.025)),
          std::max(value, quantile(draws, 0.975))};
}

Estimate size_from_draws(const std::vector<double>& draws) {
  Estimate size = estimate_from_draws(draws);
  constexpr double z = 1.959963984540054;
  size.ci95_low = std::max(0.0, std::min(size.ci95_low, size.value - z * size.sd));
  return size;
}

Estimate positive_estimate(double value, double sd) {
  if (!(value > 0.0)) return {};
  constexpr double z = 1.959963984540054;
  const double log_sd = std::sqrt(std::log1p(sd * sd / (value * value)));
  return {value, sd, value * std::exp(-z * log_sd), value * std::exp(z * log_sd)};
}

}  // namespace matfit
