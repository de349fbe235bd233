#include "numeric/weighted_quantile.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace matfit {

double weighted_quantile(std::vector<WeightedValue> values, double q) {
  if (values.empty()) throw std::invalid_argument("weighted quantile of no values");
  // By weight too, so that equal values add up in one order.
  std::sort(values.begin(), values.end(), [](const WeightedValue& a, const WeightedValue& b) {
    return std::pair(a.value, a.weight) < std::pair(b.value, b.weight);
  });
  double total = 0.0;
  for (const WeightedValue& v : values) total += v.weight;
  double below = 0.0;
  for (const WeightedValue& v : values) {
    below += v.weight;
    if (below >= q * total) return v.value;
  }
  return values.back().value;
}

}  // namespace matfit
