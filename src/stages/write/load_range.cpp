#include "stages/write/load_range.hpp"

#include "numeric/statistics.hpp"

#include <vector>

namespace matfit {

std::optional<LoadRange> load_range(const PressureSeries& series) {
  std::vector<double> loads;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] != 0) loads.push_back(series.load_n[i]);
  }
  if (loads.empty()) return std::nullopt;
  return LoadRange{quantile(loads, 0.0), median(loads), quantile(loads, 1.0)};
}

}  // namespace matfit
