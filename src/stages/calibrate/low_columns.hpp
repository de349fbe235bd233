#pragma once

#include "stages/calibrate/line_levels.hpp"

#include <optional>
#include <vector>

namespace matfit {

// Both of two dead columns side by side, which read next to nothing of what is beside them, and
// lower than the map's own columns scatter.
std::vector<int> dead_pairs(const LineLevels& levels);

// The column that reads the least of what it should from end to end, if it reads less than a body's
// shape, and the map's own columns, let a sound one of its length read. Gaps between air cells come
// in numbers, so that none of them stands out. Others may be weak once this one is missing.
std::optional<int> weakest_column(const LineLevels& levels);

}  // namespace matfit
