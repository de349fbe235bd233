#include "stages/calibrate/background.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

// The band holds this share of the cells; a mat under a body has at least so many free of load.
constexpr double band_share = 0.10;
// The band is searched among this lower share of the readings.
constexpr double search_share = 0.65;
// It is background when it is no wider than this share of the range (evenly spread readings would
// fill a tenth), and what lies below it scatters by no more than that.
constexpr double most_width = 0.05;
constexpr double most_scatter = 0.04;
// A reading in whole numbers is rounded: standard deviation of a uniform unit.
constexpr double rounding_sd = 0.2887;

std::vector<double> finite_sorted(const Eigen::ArrayXf& cells) {
  std::vector<double> values;
  values.reserve(static_cast<std::size_t>(cells.size()));
  for (const float v : cells) {
    if (std::isfinite(v)) values.push_back(v);
  }
  std::sort(values.begin(), values.end());
  return values;
}

struct Band {
  double low = 0.0;
  double middle = 0.0;
  double width = 0.0;
};

Band densest_band(const std::vector<double>& sorted) {
  const std::size_t width = std::max<std::size_t>(
      3, static_cast<std::size_t>(band_share * static_cast<double>(sorted.size())));
  const auto last = static_cast<std::size_t>(search_share * static_cast<double>(sorted.size()));
  Band best{sorted.front(), sorted[std::min(width / 2, sorted.size() - 1)],
            sorted.back() - sorted.front()};
  double narrowest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + width < std::max(last, width + 1) && i + width < sorted.size(); ++i) {
    const double length = sorted[i + width] - sorted[i];
    if (length < narrowest) {
      narrowest = length;
      best = {sorted[i], sorted[i + width / 2], length};
    }
  }
  return best;
}

// Scatter of the readings below the level: nothing lies there but noise.
double scatter_below(const std::vector<double>& sorted, double level) {
  double sum = 0.0;
  double count = 0.0;
  for (const double v : sorted) {
    if (v >= level) break;
    sum += (level - v) * (level - v);
    count += 1.0;
  }
  return count >= 5.0 ? std::sqrt(sum / count) : 0.0;
}

// Scatter in time of the cells that read no more than the level: half the mean square of successive
// differences, so that a slow drift does not count; the median over the cells.
double scatter_in_time(const Survey& survey, double highest) {
  std::vector<double> deviations;
  for (Eigen::Index c = 0; c < survey.frames.cols(); ++c) {
    if (!(survey.median[c] <= highest)) continue;
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t t = 1; t < survey.number.size(); ++t) {
      if (survey.number[t] != survey.number[t - 1] + 1) continue;
      const auto row = static_cast<Eigen::Index>(t);
      const double step = survey.frames(row, c) - survey.frames(row - 1, c);
      if (!std::isfinite(step)) continue;
      sum += 0.5 * step * step;
      count += 1.0;
    }
    if (count >= 4.0) deviations.push_back(std::sqrt(sum / count));
  }
  return deviations.empty() ? 0.0 : median(std::move(deviations));
}

double least_noise(bool whole_numbers) { return whole_numbers ? rounding_sd : 0.0; }

}  // namespace

Background background_under_body(const Survey& survey, bool whole_numbers) {
  Background out;
  const std::vector<double> sorted = finite_sorted(survey.median);
  out.level_per_cell = Eigen::ArrayXf::Zero(survey.median.size());
  if (sorted.size() < 4) return out;
  const Band band = densest_band(sorted);
  // The 95th percentile stands for the load, so that one hot cell does not stretch the range.
  const double range = quantile(sorted, 0.95) - sorted.front();
  const double spatial = scatter_below(sorted, band.middle);
  const double rounding = whole_numbers ? 1.0 : 0.0;
  out.certain = spatial <= std::max(most_scatter * range, rounding) &&
                band.width <= std::max(most_width * range, rounding);
  out.level = out.certain ? band.middle : quantile(sorted, 0.01);
  out.level_per_cell.setConstant(static_cast<float>(out.level));
  out.noise = std::max({out.certain ? spatial : 0.0, least_noise(whole_numbers),
                        scatter_in_time(survey, out.level + 2.0 * spatial)});
  return out;
}

Background background_of_empty(const Survey& empty, bool whole_numbers) {
  Background out;
  const std::vector<double> sorted = finite_sorted(empty.median);
  out.level_per_cell = Eigen::ArrayXf::Zero(empty.median.size());
  if (sorted.empty()) return out;
  out.level = median(sorted);
  out.level_per_cell = empty.median.isFinite().select(empty.median, static_cast<float>(out.level));
  out.noise = std::max(scatter_in_time(empty, sorted.back()), least_noise(whole_numbers));
  out.certain = true;
  out.from_empty_frames = true;
  return out;
}

}  // namespace matfit
