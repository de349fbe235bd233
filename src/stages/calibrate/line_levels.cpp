#include "stages/calibrate/line_levels.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr std::size_t least_loaded = 4;
constexpr float softening = 2.0F;  // of the quiet reading: under it, less is no less
constexpr double upper_quartile = 0.75;
// A column is bright when all but this share of its cells read more than a body's shape explains.
constexpr double bright_quantile = 0.3;
constexpr double shape = 0.15;

// How much of a fall towards a column goes on into it.
constexpr float carried_into = 0.5F;

// Scatter of ln(reading / expectation) over the cells of PmatData I, S1 to S3: it halves from light
// loads to high ones and grows with the steps between the columns about.
constexpr float per_step_across = 0.1F;
constexpr float per_step_outward = 0.05F;
constexpr float most_across = 3.0F;
constexpr float most_outward = 2.0F;

using Samples = std::vector<std::pair<double, double>>;  // value and weight

double weighted_quantile(Samples& samples, double q) {
  std::sort(samples.begin(), samples.end());
  double total = 0.0;
  for (const auto& [value, weight] : samples) total += weight;
  double below = 0.0;
  for (const auto& [value, weight] : samples) {
    below += weight;
    if (below >= q * total) return value;
  }
  return samples.back().first;
}

}  // namespace

LineLevels::LineLevels(const DefectMap& map)
    : map_(map),
      log_((map.reading.max(0.0F) + softening * map.quiet).log()),
      light_(std::log(map.light_load() + softening * map.quiet)) {}

bool LineLevels::known(int row, int column) const {
  return column >= 0 && column < map_.cols() && !map_.missing(row, column);
}

float LineLevels::step(int row, int from, int to) const {
  if (!known(row, to)) return 0.0F;
  return std::min(std::abs(log_(row, from) - log_(row, to)), most_outward);
}

// Reading at `from`, less `share` of its fall from `to`, which lies further out.
float LineLevels::carried_on(int row, int from, int to, float share) const {
  if (!known(row, to)) return log_(row, from);
  return log_(row, from) - share * std::max(log_(row, to) - log_(row, from), 0.0F);
}

float LineLevels::weight(float expected, float across, float steps) const {
  const float scatter = (1.0F + std::exp(light_ - expected)) *
                        std::exp(per_step_across * std::min(std::abs(across), most_across) +
                                 per_step_outward * steps);
  return 1.0F / (scatter * scatter);
}

// What the column `beside` one in question reads more than those on its other sides explain; 0
// where that is no more than a body's shape does.
double LineLevels::excess(int beside, int outward) const {
  const int beyond = beside + outward;
  const int across = beside - 2 * outward;  // over the column in question
  Samples samples;
  for (int row = 0; row < map_.rows(); ++row) {
    if (!known(row, beside) || !known(row, beyond) || !known(row, across)) continue;
    const float expected = 0.5F * (log_(row, beyond) + log_(row, across));
    if (!(expected > light_)) continue;
    samples.emplace_back(log_(row, beside) - expected,
                         weight(expected, log_(row, beyond) - log_(row, across), 0.0F));
  }
  if (samples.size() < least_loaded) return 0.0;
  return std::max(0.0, weighted_quantile(samples, bright_quantile) - shape);
}

std::optional<LineLevel> LineLevels::of(int column) const {
  const int left = column - 1;
  const int right = column + 1;
  const auto bright = static_cast<float>(0.5 * (excess(left, -1) + excess(right, 1)));
  Samples samples;
  for (int row = 0; row < map_.rows(); ++row) {
    if (!known(row, column) || !known(row, left) || !known(row, right)) continue;
    const float from_left = carried_on(row, left, left - 1, carried_into);
    const float from_right = carried_on(row, right, right + 1, carried_into);
    const float expected = 0.5F * (from_left + from_right) - bright;
    if (!(expected > light_)) continue;
    samples.emplace_back(log_(row, column) - expected,
                         weight(expected, log_(row, left) - log_(row, right),
                                step(row, left, left - 1) + step(row, right, right + 1)));
  }
  if (samples.size() < least_loaded) return std::nullopt;
  return LineLevel{weighted_quantile(samples, upper_quartile), static_cast<int>(samples.size())};
}

std::optional<LineLevel> LineLevels::of_pair(int first) const {
  const int left = first - 1;
  const int right = first + 2;
  std::optional<LineLevel> higher;
  for (const int column : {first, first + 1}) {
    const float of_right = static_cast<float>(column - left) / 3.0F;
    Samples samples;
    for (int row = 0; row < map_.rows(); ++row) {
      if (!known(row, column) || !known(row, left) || !known(row, right)) continue;
      const float from_left = carried_on(row, left, left - 1, carried_into);
      const float from_right = carried_on(row, right, right + 1, carried_into);
      const float expected = from_left + of_right * (from_right - from_left);
      if (!(expected > light_)) continue;
      samples.emplace_back(log_(row, column) - expected,
                           weight(expected, log_(row, left) - log_(row, right), 0.0F));
    }
    if (samples.size() < least_loaded) return std::nullopt;
    const double level = weighted_quantile(samples, upper_quartile);
    const auto loaded = static_cast<int>(samples.size());
    if (!higher) {
      higher = LineLevel{level, loaded};
    } else {
      higher->level = std::max(higher->level, level);
      higher->loaded = std::min(higher->loaded, loaded);
    }
  }
  return higher;
}

}  // namespace matfit
