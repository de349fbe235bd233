#pragma once

#include "stages/calibrate/defect_map.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// A step of gain is told from a body's shape by three lines on either side of a boundary: the
// logarithm of the readings, straight on both sides, jumps there by as much in most cells and stays
// so, by far more than it does at the mat's other boundaries and than it rises from line to line.
struct GainStepOptions {
  double least_log = 0.26;  // of the jump: a factor of 1.3
  // Of the jump, over its scatter at all boundaries and the steepest slope beside it.
  double least_over_scatter = 3.2;
};

// Steps that all poses agree on, rows before columns. Two or more stand for a block of lines.
// Missing cells are no evidence, nor are those of lines that touch.
std::vector<GainStep> find_gain_steps(std::vector<DefectMap> poses,
                                      const std::vector<BridgedLines>& bridged = {},
                                      const GainStepOptions& options = {});

}  // namespace matfit
