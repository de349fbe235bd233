#include "stages/learn/spread_over_cells.hpp"

#include "numeric/statistics.hpp"

#include <cmath>
#include <vector>

namespace matfit {

MeanAndSpread over_cells(const Eigen::ArrayXd& values) {
  std::vector<double> finite;
  double square = 0.0;
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    finite.push_back(v);
    square += v * v;
  }
  if (finite.empty()) return {};
  return {mean(finite), standard_deviation(finite),
          std::sqrt(square / static_cast<double>(finite.size())), finite.size()};
}

}  // namespace matfit
