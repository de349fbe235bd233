#include "pipeline/lying_load.hpp"

#include "numeric/statistics.hpp"

#include <utility>
#include <vector>

namespace matfit {

double least_lying_load_n(const PressureSeries& series) {
  constexpr double share_of_usual = 0.6;
  std::vector<double> loads = valid_loads_n(series);
  return loads.empty() ? 0.0 : share_of_usual * median(std::move(loads));
}

}  // namespace matfit
