#pragma once

#include "stages/calibrate/cross_talk.hpp"
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
std::vector<GainStep> find_gain_steps(const std::vector<DefectMap>& poses,
                                      const GainStepOptions& options = {});

// The same for a recording, in each pose of its survey; cells with defects or cross-talk are no
// evidence.
std::vector<GainStep> find_gain_steps(const DefectEvidence& evidence, const Defects& defects,
                                      const std::vector<BridgedLines>& bridged);

}  // namespace matfit
