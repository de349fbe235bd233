#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <array>
#include <vector>

namespace matfit {

// Cells that say nothing whatever lies on them, row and column: quiet in every loaded frame, while
// in one of them the neighbours to the left and right and those above and below carry a load that
// no gap between limbs has on all sides. `map` has marked what is known as defective.
std::vector<std::array<int, 2>> find_holes(const DefectEvidence& evidence, const DefectMap& map);

// Cells that are never finite or read far below what an unloaded cell does: no reading at all.
std::vector<std::array<int, 2>> find_silent_cells(const DefectEvidence& evidence);

}  // namespace matfit
