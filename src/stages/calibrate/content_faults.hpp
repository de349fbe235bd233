#pragma once

#include "stages/calibrate/frame_statistics.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// Frames that are corrupt by what they hold, whatever their neighbours are: "byte_swapped" (most
// of the larger values are a small number times 256 plus a small rest, which true readings are once
// in sixteen) and "not_finite" (cells beyond those missing from every frame). In order of frames.
std::vector<InvalidFrame> content_faults(const std::vector<FrameStatistics>& frames,
                                         Eigen::Index cells);

}  // namespace matfit
