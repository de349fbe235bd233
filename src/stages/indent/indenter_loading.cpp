#include "stages/indent/indenter_loading.hpp"

#include "numeric/isotonic_regression.hpp"
#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

constexpr int curve_points = 24;

struct LocalValue {
  double pressure_pa = 0.0;
  double sd_pa = 0.0;  // of the value, from the readings' scatter about the line
};

// A straight line through the readings within half a step, or through the nearest ones.
LocalValue value_at(const Loading& loading, double depth_m, double step_m) {
  double half = 0.5 * step_m;
  for (int widen = 0; widen < 8; ++widen, half *= 1.5) {
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
    for (std::size_t i = 0; i < loading.depth_m.size(); ++i) {
      const double d = loading.depth_m[i] - depth_m;
      if (std::abs(d) > half) continue;
      const double p = loading.pressure_pa[i];
      n += 1.0;
      x += d;
      y += p;
      xx += d * d;
      xy += d * p;
      yy += p * p;
    }
    const double spread = n * xx - x * x;
    if (n < 3.0 || !(spread > 0.0)) continue;
    const double slope = (n * xy - x * y) / spread;
    const double at = (y - slope * x) / n;
    const double squares = std::max(0.0, yy - at * y - slope * xy);
    const double variance = n > 3.0 ? squares / (n - 2.0) : 0.0;
    return {at, std::sqrt(variance * xx / spread)};
  }
  // Fewer than three readings about: the points of the test are far apart.
  std::vector<std::pair<double, double>> points = {{0.0, 0.0}};
  for (std::size_t i = 0; i < loading.depth_m.size(); ++i) {
    if (loading.depth_m[i] > points.back().first) {
      points.emplace_back(loading.depth_m[i], loading.pressure_pa[i]);
    }
  }
  const auto above = std::find_if(points.begin() + 1, points.end() - 1,
                                  [depth_m](const auto& p) { return p.first >= depth_m; });
  const auto& [x0, y0] = *(above - 1);
  const double share = (depth_m - x0) / (above->first - x0);
  return {y0 + share * (above->second - y0), 0.0};
}

}  // namespace

Loading from_contact(const IndenterBranch& branch, const IndenterContact& contact, double area_m2) {
  Loading out;
  for (const IndenterReading& reading : branch) {
    const double depth = reading.depth_m - contact.depth_m;
    if (!(depth > 0.0)) continue;
    out.depth_m.push_back(depth);
    out.pressure_pa.push_back((reading.force_n - contact.zero_force_n) / area_m2);
    out.deepest_m = std::max(out.deepest_m, depth);
  }
  return out;
}

double work(const Loading& branch) {
  double sum = 0.0;
  for (std::size_t i = 1; i < branch.depth_m.size(); ++i) {
    sum += 0.5 * (branch.pressure_pa[i] + branch.pressure_pa[i - 1]) *
           std::abs(branch.depth_m[i] - branch.depth_m[i - 1]);
  }
  return sum;
}

std::vector<MeasuredCurvePoint> mean_curve(const std::vector<Loading>& loadings) {
  double deepest = loadings.front().deepest_m;
  for (const Loading& loading : loadings) deepest = std::min(deepest, loading.deepest_m);
  const double step = deepest / curve_points;
  std::vector<double> means, sds;
  for (int i = 1; i <= curve_points; ++i) {
    std::vector<double> values;
    double reading_variance = 0.0;
    for (const Loading& loading : loadings) {
      const LocalValue value = value_at(loading, i * step, step);
      values.push_back(value.pressure_pa);
      reading_variance += value.sd_pa * value.sd_pa;
    }
    const double n = static_cast<double>(values.size());
    const double between = standard_deviation(values);
    means.push_back(mean(values));
    sds.push_back(std::sqrt(between * between + reading_variance / (n * n)));
  }
  const std::vector<double> rising = isotonic_regression(means);
  std::vector<MeasuredCurvePoint> points;
  double before = 0.0;
  for (int i = 0; i < curve_points; ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (!(rising[k] > before)) continue;
    points.push_back({(i + 1) * step, rising[k], sds[k]});
    before = rising[k];
  }
  return points;
}

}  // namespace matfit
