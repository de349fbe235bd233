#include "stages/write/load_range.hpp"

#include "numeric/statistics.hpp"

#include <vector>

namespace matfit {

std::optional<LoadRange> load_range(const PressureSeries& series) {
  const std::vector<double> loads = valid_loads_n(series);
  if (loads.empty()) return std::nullopt;
  return LoadRange{quantile(loads, 0.0), median(loads), quantile(loads, 1.0)};
}

}  // namespace matfit
