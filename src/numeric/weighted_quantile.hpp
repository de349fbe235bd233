#pragma once

#include <vector>

namespace matfit {

struct WeightedValue {
  double value = 0.0;
  double weight = 0.0;  // 0 or more
};

// The least value up to which the share q of all the weight lies. NaN is not allowed in. An empty
// input throws std::invalid_argument.
double weighted_quantile(std::vector<WeightedValue> values, double q);

}  // namespace matfit
