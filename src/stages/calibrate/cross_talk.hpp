#pragma once

#include "stages/calibrate/defect_map.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// Load of some cells that shows in others: lines that touch, and lines that leak into their cells
// without load. Nothing of it can be taken back, as what a cell bears by itself is not known.
struct CrossTalk {
  std::vector<BridgedLines> bridged;
  std::vector<Leakage> leakage;
};

// Lines that touch do so in every posture that loads them. Missing cells are no evidence. What
// counts as cross-talk is said at find_bridged_lines() and find_leakage().
// `map`: of the whole recording; `poses`: of each of its postures.
CrossTalk find_cross_talk(const DefectMap& map, const std::vector<DefectMap>& poses);

}  // namespace matfit
