#include "stages/learn/learn_fixed_pattern.hpp"

#include "numeric/statistics.hpp"
#include "stages/learn/local_surface.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;

// A finger's edge or a seam is no gain.
constexpr double largest_log_ratio = 1.5;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

ArrayXXd log_ratio(const ArrayXXd& reading, const CellMarks& marked) {
  const ArrayXXd expected = expected_from_neighbours(reading);
  const CellMarks usable = marked && reading > 0.0 && expected > 0.0;
  const ArrayXXd ratio = usable.select(reading, 1.0) / usable.select(expected, 1.0);
  return usable.select(ratio.log().max(-largest_log_ratio).min(largest_log_ratio), nan);
}

// Median of one cell over the maps with a number there.
double median_at(const std::vector<ArrayXXd>& maps, Index cell, std::vector<double>& scratch) {
  scratch.clear();
  for (const ArrayXXd& map : maps) {
    const double value = map(cell);
    if (!std::isnan(value)) scratch.push_back(value);
  }
  return scratch.empty() ? nan : median(scratch);
}

ArrayXXd medians(const std::vector<ArrayXXd>& maps, const ArrayXXd& like) {
  ArrayXXd out(like.rows(), like.cols());
  std::vector<double> scratch;
  for (Index i = 0; i < out.size(); ++i) out(i) = median_at(maps, i, scratch);
  return out;
}

// Variance of one person's own median about the others', the median over the known cells.
double variance_between_people(const std::vector<std::vector<ArrayXXd>>& by_person,
                               const ArrayXXd& like, const CellMarks& known) {
  std::vector<ArrayXXd> person_medians;
  for (const auto& maps : by_person) person_medians.push_back(medians(maps, like));
  std::vector<double> variances;
  std::vector<double> values;
  for (Index i = 0; i < like.size(); ++i) {
    if (!known(i)) continue;
    values.clear();
    for (const ArrayXXd& map : person_medians) {
      if (!std::isnan(map(i))) values.push_back(map(i));
    }
    if (values.size() >= 2) variances.push_back(std::pow(standard_deviation(values), 2));
  }
  return variances.empty() ? 0.0 : median(std::move(variances));
}

double variance_of(const ArrayXXd& map, const CellMarks& marked) {
  const double n = static_cast<double>(marked.count());
  if (n < 2.0) return 0.0;
  const double mean = marked.select(map, 0.0).sum() / n;
  return marked.select((map - mean).square(), 0.0).sum() / (n - 1.0);
}

}  // namespace

FixedPattern fit_fixed_pattern(const std::vector<PersonMap>& maps,
                               const FixedPatternOptions& options) {
  FixedPattern pattern;
  if (maps.empty()) return pattern;
  const ArrayXXd& like = maps.front().reading;
  const std::vector<std::string> people = people_in(maps);
  const std::vector<std::size_t> person = person_numbers(maps, people);

  std::vector<CellMarks> marked;
  std::vector<CellMarks> loaded_by(people.size(),
                                   CellMarks::Constant(like.rows(), like.cols(), false));
  for (std::size_t i = 0; i < maps.size(); ++i) {
    marked.push_back(well_loaded(maps[i].reading, options.loaded_share));
    loaded_by[person[i]] = loaded_by[person[i]] || marked.back();
  }
  pattern.people = Eigen::ArrayXXi::Zero(like.rows(), like.cols());
  for (const CellMarks& loaded : loaded_by) pattern.people += loaded.cast<int>();
  const CellMarks known = pattern.people >= options.least_people;

  pattern.log_gain = ArrayXXd::Zero(like.rows(), like.cols());
  double between = 0.0;
  for (int round = 0; round < options.rounds; ++round) {
    const ArrayXXd gain = pattern.log_gain.exp();
    std::vector<ArrayXXd> all;
    std::vector<std::vector<ArrayXXd>> by_person(people.size());
    for (std::size_t i = 0; i < maps.size(); ++i) {
      all.push_back(log_ratio(maps[i].reading / gain, marked[i]));
      by_person[person[i]].push_back(all.back());
    }
    const ArrayXXd step = medians(all, like);
    if (round == 0) between = variance_between_people(by_person, like, known);
    pattern.log_gain += (known && step.isFinite()).select(step, 0.0);
    pattern.log_gain -= blurred_within(pattern.log_gain, known, options.body_scale_cells);
  }

  const ArrayXXd error = between / pattern.people.cast<double>().max(1.0);
  const double mean_error =
      known.any() ? known.select(error, 0.0).sum() / static_cast<double>(known.count()) : 0.0;
  const double signal = std::max(variance_of(pattern.log_gain, known) - mean_error, 0.0);
  pattern.shrunk_log_gain =
      known.select(pattern.log_gain * signal / (signal + error).max(1e-12), 0.0);
  return pattern;
}

}  // namespace matfit
