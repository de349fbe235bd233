#include "numeric/isotonic_regression.hpp"

#include <cstddef>
#include <stdexcept>

namespace matfit {

std::vector<double> isotonic_regression(const std::vector<double>& values,
                                        const std::vector<double>& weights) {
  if (!weights.empty() && weights.size() != values.size()) {
    throw std::invalid_argument("isotonic regression needs a weight for each value");
  }
  struct Pool {
    double mean;
    double weight;
    std::size_t count;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Pool pool{values[i], weights.empty() ? 1.0 : weights[i], 1};
    while (!pools.empty() && pools.back().mean >= pool.mean) {
      const Pool& before = pools.back();
      const double weight = before.weight + pool.weight;
      pool = {(before.mean * before.weight + pool.mean * pool.weight) / weight, weight,
              before.count + pool.count};
      pools.pop_back();
    }
    pools.push_back(pool);
  }
  std::vector<double> out;
  for (const Pool& pool : pools) out.insert(out.end(), pool.count, pool.mean);
  return out;
}

}  // namespace matfit
