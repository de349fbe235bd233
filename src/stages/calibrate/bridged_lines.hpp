#pragma once

#include "stages/calibrate/defect_map.hpp"
#include "types/quality.hpp"

#include <optional>
#include <vector>

namespace matfit {

// The logarithm of the ratio of two lines' readings scatters along them: by the body's shape and by
// the gains of their cells. Where lines touch, it scatters far less than beside them.
struct BridgedLinesOptions {
  int least_cells = 14;           // loaded in all lines of a bridge
  int most_lines = 8;             // of a bridge
  double most_spread = 0.09;      // of the logarithm, within a bridge
  double most_over_beside = 0.2;  // of the scatter against, and across to, the lines outside
  double most_level = 0.2;        // of the logarithm's median
};

// Whether the map shows lines found in another one; absent where it does not load them enough.
std::optional<bool> shows_bridge(const DefectMap& map, const BridgedLines& lines,
                                 const BridgedLinesOptions& options = {});

// Neighbouring lines that read alike from end to end, or from one end up to somewhere. Sorted by
// direction, columns first, and place.
std::vector<BridgedLines> find_bridged_lines(const DefectMap& map,
                                             const BridgedLinesOptions& options = {});

}  // namespace matfit
