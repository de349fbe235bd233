#include "stages/calibrate/line_levels.hpp"

#include "numeric/weighted_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

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

using Samples = std::vector<WeightedValue>;

class WeightedMean {
 public:
  void add(double value, double weight) {
    sum_ += weight * value;
    weight_ += weight;
  }
  double value() const { return weight_ > 0.0 ? sum_ / weight_ : 0.0; }

 private:
  double sum_ = 0.0;
  double weight_ = 0.0;
};

}  // namespace

float LineLevels::About::across() const { return std::abs(left - right); }

float LineLevels::About::fall() const {
  return std::max(beyond_left - left, 0.0F) + std::max(beyond_right - right, 0.0F);
}

float LineLevels::About::stand_out() const {
  return std::max(left - beyond_left, right - beyond_right);
}

// The sides' mean, less `share` of their falls.
float LineLevels::About::carried_on(float share) const {
  return 0.5F * (left + right - share * fall());
}

float LineLevels::About::cubic() const {
  return (4.0F * (left + right) - (beyond_left + beyond_right)) / 6.0F;
}

float LineLevels::About::weight(float expected, float light) const {
  const float outward = std::min(std::abs(beyond_left - left), most_outward) +
                        std::min(std::abs(beyond_right - right), most_outward);
  const float scatter =
      (1.0F + std::exp(light - expected)) *
      std::exp(per_step_across * std::min(across(), most_across) + per_step_outward * outward);
  return 1.0F / (scatter * scatter);
}

LineLevels::LineLevels(const DefectMap& map)
    : map_(map),
      log_((map.reading.max(0.0F) + softening * map.quiet).log()),
      light_(std::log(map.light_load() + softening * map.quiet)) {}

bool LineLevels::known(int row, int column) const {
  return column >= 0 && column < map_.cols() && !map_.missing(row, column);
}

// What the column beyond a side reads, or would read where it is missing: half of the way to the
// next one. The side's own reading where nothing is known.
float LineLevels::beyond(int row, int side, int further) const {
  if (known(row, further)) return log_(row, further);
  const int next = 2 * further - side;
  return known(row, next) ? 0.5F * (log_(row, side) + log_(row, next)) : log_(row, side);
}

std::optional<LineLevels::About> LineLevels::about(int row, int column) const {
  const int left = column - 1;
  const int right = column + 1;
  if (!known(row, column) || !known(row, left) || !known(row, right)) return std::nullopt;
  return About{log_(row, left), log_(row, right), beyond(row, left, left - 1),
               beyond(row, right, right + 1)};
}

// What the column `beside` one in question reads more than those on its other sides explain; 0
// where that is no more than a body's shape does.
double LineLevels::excess(int beside, int outward) const {
  const int further = beside + outward;
  const int opposite = beside - 2 * outward;  // over the column in question
  Samples samples;
  for (int row = 0; row < map_.rows(); ++row) {
    if (!known(row, beside) || !known(row, further) || !known(row, opposite)) continue;
    const About sides = {log_(row, further), log_(row, opposite), log_(row, further),
                         log_(row, opposite)};
    const float expected = sides.carried_on(0.0F);
    if (!(expected > light_)) continue;
    samples.emplace_back(log_(row, beside) - expected, sides.weight(expected, light_));
  }
  if (samples.size() < least_loaded) return 0.0;
  return std::max(0.0, weighted_quantile(std::move(samples), bright_quantile) - shape);
}

double LineLevels::mean_under_surface(int column, float bright) const {
  WeightedMean under;
  for (int row = 0; row < map_.rows(); ++row) {
    const std::optional<About> sides = about(row, column);
    if (!sides) continue;
    const float surface = sides->cubic() - bright;
    if (surface > light_) under.add(log_(row, column) - surface, sides->weight(surface, light_));
  }
  return under.value();
}

std::optional<LineLevel> LineLevels::of(int column) const {
  const auto bright = static_cast<float>(0.5 * (excess(column - 1, -1) + excess(column + 1, 1)));
  const float nothing = std::log(2.0F * softening * map_.quiet);
  Samples samples;
  WeightedMean mean;
  WeightedMean fall;
  WeightedMean across;
  WeightedMean stand_out;
  WeightedMean next_to_nothing;
  for (int row = 0; row < map_.rows(); ++row) {
    const std::optional<About> sides = about(row, column);
    if (!sides) continue;
    const float expected = sides->carried_on(carried_into) - bright;
    if (!(expected > light_)) continue;
    const float weight = sides->weight(expected, light_);
    samples.emplace_back(log_(row, column) - expected, weight);
    mean.add(log_(row, column) - expected, weight);
    fall.add(sides->fall(), weight);
    across.add(sides->across(), weight);
    stand_out.add(sides->stand_out(), weight);
    next_to_nothing.add(log_(row, column) < nothing ? 1.0 : 0.0, weight);
  }
  if (samples.size() < least_loaded) return std::nullopt;
  WeightedMean square;
  for (const auto& [value, weight] : samples) {
    square.add((value - mean.value()) * (value - mean.value()), weight);
  }
  LineLevel out;
  out.level = weighted_quantile(samples, upper_quartile);
  out.loaded = static_cast<int>(samples.size());
  out.spread = std::sqrt(square.value());
  out.under_surface = mean_under_surface(column, bright);
  out.fall = fall.value();
  out.across = across.value();
  out.stand_out = stand_out.value();
  out.next_to_nothing = next_to_nothing.value();
  return out;
}

std::optional<LineLevels::PairLevel> LineLevels::of_pair(int first) const {
  const int left = first - 1;
  const int right = first + 2;
  std::optional<PairLevel> higher;
  for (const int column : {first, first + 1}) {
    const float of_right = static_cast<float>(column - left) / 3.0F;
    Samples samples;
    for (int row = 0; row < map_.rows(); ++row) {
      if (!known(row, column) || !known(row, left) || !known(row, right)) continue;
      const auto carried_on = [&](int side, int further) {
        const float fall = std::max(beyond(row, side, further) - log_(row, side), 0.0F);
        return log_(row, side) - carried_into * fall;
      };
      const float from_left = carried_on(left, left - 1);
      const float expected = from_left + of_right * (carried_on(right, right + 1) - from_left);
      if (!(expected > light_)) continue;
      const About sides = {log_(row, left), log_(row, right), log_(row, left), log_(row, right)};
      samples.emplace_back(log_(row, column) - expected, sides.weight(expected, light_));
    }
    if (samples.size() < least_loaded) return std::nullopt;
    const double level = weighted_quantile(samples, upper_quartile);
    const auto loaded = static_cast<int>(samples.size());
    if (!higher) {
      higher = PairLevel{level, loaded};
    } else {
      higher->level = std::max(higher->level, level);
      higher->loaded = std::min(higher->loaded, loaded);
    }
  }
  return higher;
}

}  // namespace matfit
