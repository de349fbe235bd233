#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <array>
#include <vector>

namespace matfit {

// Cells that read high without a load, row and column:
//   seven times the highest neighbour and the 99th percentile of the loaded cells, in a recording
//   twice that; or pinned to saturation without any change; or such jumps in single frames, twice
//   or more; or loaded while the mat is empty
// A heel, a hand or an elbow is not: the highest of PmatData reads seven and six times.
std::vector<std::array<int, 2>> find_hot_cells(const DefectEvidence& evidence,
                                               const DefectMap& map);

}  // namespace matfit
