#include "stages/fit/load_marks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

constexpr double kernel_reach = 3.0;  // sd
constexpr double strip_step_m = 0.006;

struct Range {
  Eigen::Index first;
  Eigen::Index last;
};

Range cells_within(double middle_m, double reach_m, double pitch_m, Eigen::Index count) {
  const auto first = static_cast<Eigen::Index>(std::floor((middle_m - reach_m) / pitch_m));
  const auto last = static_cast<Eigen::Index>(std::ceil((middle_m + reach_m) / pitch_m));
  return {std::clamp<Eigen::Index>(first, 0, count), std::clamp<Eigen::Index>(last, 0, count)};
}

// Of the squared load about a point, weighted by the kernel; absent where there is none.
std::optional<Eigen::Vector2d> centre_of_squared_load(const ContactMap& map,
                                                      const Eigen::Vector2d& at, double kernel_m) {
  const double reach_m = kernel_reach * kernel_m;
  const Range rows = cells_within(at.y(), reach_m, map.row_pitch_m, map.load.rows());
  const Range cols = cells_within(at.x(), reach_m, map.col_pitch_m, map.load.cols());
  double sum = 0.0;
  Eigen::Vector2d moment(0.0, 0.0);
  for (Eigen::Index c = cols.first; c < cols.last; ++c) {
    for (Eigen::Index r = rows.first; r < rows.last; ++r) {
      const Eigen::Vector2d cell = map.centre(r, c);
      const double load = map.load(r, c);
      const double weight = map.trust(r, c) * load * load *
                            std::exp(-0.5 * (cell - at).squaredNorm() / (kernel_m * kernel_m));
      sum += weight;
      moment += weight * cell;
    }
  }
  if (!(sum > 0.0)) return std::nullopt;
  return moment / sum;
}

// Load and its first moment across, at steps along a strip.
struct StripLoads {
  std::vector<double> sum;
  std::vector<double> moment;
};

StripLoads loads_along(const ContactMap& map, const LoadStrip& strip, int steps) {
  const Eigen::Vector2d across(strip.along.y(), -strip.along.x());
  const int sides = static_cast<int>(std::ceil(strip.half_width_m / strip_step_m));
  StripLoads out;
  for (int i = -steps; i <= steps; ++i) {
    double sum = 0.0;
    double moment = 0.0;
    for (int j = -sides; j <= sides; ++j) {
      const double aside_m = j * strip_step_m;
      const double load =
          sampled(map.load, map, strip.middle + i * strip_step_m * strip.along + aside_m * across);
      sum += load;
      moment += load * aside_m;
    }
    out.sum.push_back(sum);
    out.moment.push_back(moment);
  }
  return out;
}

// The values about `at`, an index, weighted by the kernel.
double blurred_at(const std::vector<double>& values, int at, double kernel_m) {
  const int reach = static_cast<int>(kernel_reach * kernel_m / strip_step_m);
  double sum = 0.0;
  double weights = 0.0;
  for (int i = std::max(0, at - reach);
       i <= std::min(static_cast<int>(values.size()) - 1, at + reach); ++i) {
    const double z = (i - at) * strip_step_m / kernel_m;
    const double weight = std::exp(-0.5 * z * z);
    sum += weight * values[static_cast<std::size_t>(i)];
    weights += weight;
  }
  return sum / weights;
}

}  // namespace

std::optional<Eigen::Vector2d> load_peak(const ContactMap& map, const Eigen::Vector2d& start,
                                         double kernel_m, double search_sd_m) {
  constexpr int most_steps = 50;
  constexpr double small_step_m = 2e-4;
  const double hold = kernel_m * kernel_m / (search_sd_m * search_sd_m);
  Eigen::Vector2d at = start;
  for (int step = 0; step < most_steps; ++step) {
    const auto centre = centre_of_squared_load(map, at, kernel_m);
    if (!centre) return std::nullopt;
    const Eigen::Vector2d next = (*centre + hold * start) / (1.0 + hold);
    const bool there = (next - at).norm() < small_step_m;
    at = next;
    if (there) break;
  }
  const bool inside = at.x() > kernel_m && at.y() > kernel_m && at.x() < map.width_m - kernel_m &&
                      at.y() < map.length_m - kernel_m;
  return inside ? std::optional(at) : std::nullopt;
}

std::optional<Eigen::Vector2d> load_extreme(const ContactMap& map, const LoadStrip& strip,
                                            double kernel_m, LoadExtreme extreme) {
  const int farthest = static_cast<int>(strip.half_length_m / strip_step_m);
  const int steps = farthest + static_cast<int>(kernel_reach * kernel_m / strip_step_m);
  const StripLoads loads = loads_along(map, strip, steps);
  const double sign = extreme == LoadExtreme::least ? 1.0 : -1.0;
  int found = -farthest;
  double lowest = sign * blurred_at(loads.sum, steps - farthest, kernel_m);
  for (int i = 1 - farthest; i <= farthest; ++i) {
    const double value = sign * blurred_at(loads.sum, steps + i, kernel_m);
    if (value >= lowest) continue;
    lowest = value;
    found = i;
  }
  const double load = std::abs(lowest);
  if (std::abs(found) == farthest || !(load > 0.0)) return std::nullopt;
  const Eigen::Vector2d across(strip.along.y(), -strip.along.x());
  return strip.middle + found * strip_step_m * strip.along +
         blurred_at(loads.moment, steps + found, kernel_m) / load * across;
}

}  // namespace matfit
