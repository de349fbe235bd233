#pragma once

#include "types/pressure_series.hpp"

#include <optional>

namespace matfit {

// Over the valid frames.
struct LoadRange {
  double lowest_n = 0.0;
  double median_n = 0.0;
  double highest_n = 0.0;
};

// Absent where no frame is valid.
std::optional<LoadRange> load_range(const PressureSeries& series);

}  // namespace matfit
