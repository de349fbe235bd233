#include "pipeline/spine_calibration.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double z_95 = 1.959963984540054;

}  // namespace

std::vector<double> levels_that_hold(const std::vector<JudgedValue>& values) {
  std::vector<double> levels;
  for (const JudgedValue& v : values) {
    if (!v.told.known()) continue;
    const double error = v.truth - v.told.value;
    const double half =
        error > 0.0 ? v.told.ci95_high - v.told.value : v.told.value - v.told.ci95_low;
    if (error == 0.0) {
      levels.push_back(0.0);
    } else {
      levels.push_back(half > 0.0 ? 2.0 * normal_cdf(z_95 * std::abs(error) / half) - 1.0 : 1.0);
    }
  }
  return levels;
}

double share_held(const std::vector<double>& levels, double level) {
  const auto held = std::count_if(levels.begin(), levels.end(),
                                  [level](double needed) { return needed <= level; });
  return static_cast<double>(held) / static_cast<double>(levels.size());
}

std::pair<double, double> interval_of_share(double share, std::size_t count) {
  const double n = static_cast<double>(count);
  const double z2 = z_95 * z_95;
  const double middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
  const double half =
      z_95 / (1.0 + z2 / n) * std::sqrt(share * (1.0 - share) / n + z2 / (4.0 * n * n));
  return {middle - half, middle + half};
}

}  // namespace matfit
