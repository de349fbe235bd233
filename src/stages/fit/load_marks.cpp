#include "stages/fit/load_marks.hpp"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double kernel_reach = 3.0;  // sd
constexpr double strip_step_m = 0.006;
constexpr double trunk_kernel_m = 0.08;  // half of a trunk's breadth or depth at the waist, and rim
constexpr int most_steps = 50;           // of mean shift
constexpr double small_step_m = 2e-4;

struct Range {
  Eigen::Index first;
  Eigen::Index last;
};

Range cells_within(double middle_m, double reach_m, double pitch_m, Eigen::Index count) {
  const auto first = static_cast<Eigen::Index>(std::floor((middle_m - reach_m) / pitch_m));
  const auto last = static_cast<Eigen::Index>(std::ceil((middle_m + reach_m) / pitch_m));
  return {std::clamp<Eigen::Index>(first, 0, count), std::clamp<Eigen::Index>(last, 0, count)};
}

// Of the squared load, weighted by a kernel.
struct LoadCentre {
  Eigen::Vector2d at{0.0, 0.0};
  Eigen::Matrix2d covariance_m2 = Eigen::Matrix2d::Zero();
};

// Absent where there is none about the point.
std::optional<LoadCentre> centre_of_squared_load(const ContactMap& map, const Eigen::Vector2d& at,
                                                 double kernel_m) {
  const double reach_m = kernel_reach * kernel_m;
  const Range rows = cells_within(at.y(), reach_m, map.row_pitch_m, map.load.rows());
  const Range cols = cells_within(at.x(), reach_m, map.col_pitch_m, map.load.cols());
  double sum = 0.0;
  Eigen::Vector2d moment(0.0, 0.0);
  Eigen::Matrix2d square = Eigen::Matrix2d::Zero();
  for (Eigen::Index c = cols.first; c < cols.last; ++c) {
    for (Eigen::Index r = rows.first; r < rows.last; ++r) {
      const Eigen::Vector2d offset = map.centre(r, c) - at;
      const double load = map.load(r, c);
      const double weight = map.trust(r, c) * load * load *
                            std::exp(-0.5 * offset.squaredNorm() / (kernel_m * kernel_m));
      sum += weight;
      moment += weight * offset;
      square += weight * offset * offset.transpose();
    }
  }
  if (!(sum > 0.0)) return std::nullopt;
  const Eigen::Vector2d mean = moment / sum;
  return LoadCentre{at + mean, square / sum - mean * mean.transpose()};
}

double width_of(double curvature_per_m2) {
  return 1.0 / std::sqrt(std::max(curvature_per_m2, 1.0 / (widest_mark_m * widest_mark_m)));
}

// A sum of Gaussians of sd k about points that scatter by `variance` under their weights is curved,
// in its logarithm, by (variance / k^2 - 1) / k^2.
double curvature_of(double variance_m2, double kernel_m) {
  const double square = kernel_m * kernel_m;
  return (1.0 - variance_m2 / square) / square;
}

// Load summed across a strip, and as it lies across, at steps along the strip.
struct StripLoads {
  std::vector<double> sum;
  std::vector<std::vector<double>> across;
};

StripLoads loads_along(const ContactMap& map, const LoadStrip& strip, int steps) {
  const Eigen::Vector2d across(strip.along.y(), -strip.along.x());
  const int sides = static_cast<int>(std::ceil(strip.half_width_m / strip_step_m));
  StripLoads out;
  for (int i = -steps; i <= steps; ++i) {
    std::vector<double> row;
    for (int j = -sides; j <= sides; ++j) {
      row.push_back(
          sampled(map.load, map,
                  strip.middle + i * strip_step_m * strip.along + j * strip_step_m * across));
    }
    out.sum.push_back(std::accumulate(row.begin(), row.end(), 0.0));
    out.across.push_back(std::move(row));
  }
  return out;
}

// Calls add(index, weight) with the kernel's weights about `at`; they sum to one.
template <typename Add>
void weigh_about(int at, int count, double kernel_m, const Add& add) {
  const int reach = static_cast<int>(kernel_reach * kernel_m / strip_step_m);
  const int first = std::max(0, at - reach);
  const int last = std::min(count - 1, at + reach);
  const auto weight = [&](int i) {
    const double z = (i - at) * strip_step_m / kernel_m;
    return std::exp(-0.5 * z * z);
  };
  double sum = 0.0;
  for (int i = first; i <= last; ++i) sum += weight(i);
  for (int i = first; i <= last; ++i) add(static_cast<std::size_t>(i), weight(i) / sum);
}

double blurred_at(const std::vector<double>& values, int at, double kernel_m) {
  double out = 0.0;
  weigh_about(at, static_cast<int>(values.size()), kernel_m,
              [&](std::size_t i, double weight) { out += weight * values[i]; });
  return out;
}

// The loads across the strip, blurred along it.
std::vector<double> across_at(const StripLoads& loads, int at, double kernel_m) {
  std::vector<double> out(loads.across.front().size(), 0.0);
  weigh_about(at, static_cast<int>(loads.across.size()), kernel_m,
              [&](std::size_t i, double weight) {
                for (std::size_t j = 0; j < out.size(); ++j) out[j] += weight * loads.across[i][j];
              });
  return out;
}

struct MiddleAcross {
  double aside_m = 0.0;
  double variance_m2 = 0.0;  // of the load under the kernel
};

// By mean shift from the strip's middle.
MiddleAcross middle_across(const std::vector<double>& loads, double kernel_m) {
  const auto sides = static_cast<double>(loads.size() / 2);
  MiddleAcross found;
  for (int step = 0; step < most_steps; ++step) {
    double sum = 0.0;
    double moment = 0.0;
    double square = 0.0;
    for (std::size_t j = 0; j < loads.size(); ++j) {
      const double offset = (static_cast<double>(j) - sides) * strip_step_m - found.aside_m;
      const double weight = loads[j] * std::exp(-0.5 * offset * offset / (kernel_m * kernel_m));
      sum += weight;
      moment += weight * offset;
      square += weight * offset * offset;
    }
    const double shift = moment / sum;
    found.aside_m += shift;
    found.variance_m2 = square / sum - shift * shift;
    if (std::abs(shift) < small_step_m) break;
  }
  return found;
}

}  // namespace

std::optional<FoundMark> load_peak(const ContactMap& map, const Eigen::Vector2d& start,
                                   double kernel_m, double search_sd_m) {
  const double hold = kernel_m * kernel_m / (search_sd_m * search_sd_m);
  Eigen::Vector2d at = start;
  for (int step = 0; step < most_steps; ++step) {
    const auto centre = centre_of_squared_load(map, at, kernel_m);
    if (!centre) return std::nullopt;
    const Eigen::Vector2d next = (centre->at + hold * start) / (1.0 + hold);
    const bool there = (next - at).norm() < small_step_m;
    at = next;
    if (there) break;
  }
  const bool inside = at.x() > kernel_m && at.y() > kernel_m && at.x() < map.width_m - kernel_m &&
                      at.y() < map.length_m - kernel_m;
  if (!inside) return std::nullopt;
  const auto centre = centre_of_squared_load(map, at, kernel_m);
  if (!centre) return std::nullopt;
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> scatter(centre->covariance_m2);
  FoundMark mark{at, scatter.eigenvectors(), {}};
  for (int i = 0; i < 2; ++i) {
    mark.width_m[i] = width_of(curvature_of(scatter.eigenvalues()[i], kernel_m));
  }
  return mark;
}

std::optional<FoundMark> load_extreme(const ContactMap& map, const LoadStrip& strip,
                                      double kernel_m, LoadExtreme extreme) {
  const int farthest = static_cast<int>(strip.half_length_m / strip_step_m);
  const int steps = farthest + static_cast<int>(kernel_reach * kernel_m / strip_step_m);
  const StripLoads loads = loads_along(map, strip, steps);
  const auto at = [&](int i) { return blurred_at(loads.sum, steps + i, kernel_m); };
  const double sign = extreme == LoadExtreme::least ? 1.0 : -1.0;
  int found = -farthest;
  double lowest = sign * at(found);
  for (int i = 1 - farthest; i <= farthest; ++i) {
    const double value = sign * at(i);
    if (value >= lowest) continue;
    lowest = value;
    found = i;
  }
  if (std::abs(found) == farthest || !(std::abs(lowest) > 0.0)) return std::nullopt;
  constexpr int apart = 2;  // steps, over which the logarithm's second difference is taken
  const double span_m = apart * strip_step_m;
  const double curvature =
      std::abs(std::log(at(found - apart) * at(found + apart) / (lowest * lowest))) /
      (span_m * span_m);
  const MiddleAcross middle =
      middle_across(across_at(loads, steps + found, kernel_m), trunk_kernel_m);
  const Eigen::Vector2d across(strip.along.y(), -strip.along.x());
  FoundMark mark;
  mark.at = strip.middle + found * strip_step_m * strip.along + middle.aside_m * across;
  mark.axes << strip.along, across;
  constexpr double of_square = 2.0;  // the logarithm's curvature grows with the load's power
  mark.width_m = {width_of(of_square * curvature),
                  width_of(of_square * curvature_of(middle.variance_m2, trunk_kernel_m))};
  return mark;
}

}  // namespace matfit
