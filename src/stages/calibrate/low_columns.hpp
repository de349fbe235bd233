#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <vector>

namespace matfit {

// Columns whose level (see LineLevels) is lower than the map's own columns scatter. Gaps between
// air cells come in numbers and widen that scatter, so that none of them stands out.

// Both of two dead columns side by side, which read next to nothing of what is beside them.
std::vector<int> dead_pairs(const DefectMap& map);

// Columns that read a fraction of what they should from end to end.
std::vector<int> weak_columns(const DefectMap& map);

}  // namespace matfit
