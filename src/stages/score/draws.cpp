#include "stages/score/draws.hpp"

#include "numeric/fnv1a.hpp"
#include "numeric/random.hpp"
#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace matfit {

namespace {

constexpr std::uint64_t seed = 20260107;

Random stream(std::string_view name) { return Random(derived_seed(seed, fnv1a_64(name))); }

}  // namespace

Draws draw(const Measures& measures) {
  std::vector<double> response(draw_count);
  Random response_stream = stream("response of the mat");
  for (double& each : response) each = response_stream.normal();
  Draws draws;
  for (const auto& [name, measure] : measures) {
    Random own = stream(measure.error.empty() ? name : measure.error);
    std::vector<double>& values = draws[name];
    values.reserve(draw_count);
    for (const double r : response) values.push_back(measure.at(own.normal(), r));
  }
  return draws;
}

std::vector<double> draw_unknown_score(std::string_view name) {
  std::vector<double> values(draw_count);
  Random random = stream(name);
  for (double& each : values) each = random.uniform(0.0, 100.0);
  return values;
}

Estimate summarised(std::vector<double> draws) {
  Estimate estimate;
  estimate.value = median(draws);
  estimate.sd = standard_deviation(draws);
  std::sort(draws.begin(), draws.end());
  const auto held = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(draws.size())));
  double shortest = draws.back() - draws.front();
  estimate.ci95_low = draws.front();
  estimate.ci95_high = draws.back();
  for (std::size_t first = 0; first + held <= draws.size(); ++first) {
    const double width = draws[first + held - 1] - draws[first];
    if (!(width < shortest)) continue;
    shortest = width;
    estimate.ci95_low = draws[first];
    estimate.ci95_high = draws[first + held - 1];
  }
  return estimate;
}

}  // namespace matfit
