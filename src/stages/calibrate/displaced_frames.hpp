#pragma once

#include "stages/calibrate/frame_statistics.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"

#include <cstdint>
#include <vector>

namespace matfit {

// Frames that stand in the wrong place ("out_of_order"), told by their maps alone. Called are
//   - one to three frames of another pose, where the course goes on as if they were not there, and
//     that pose is held for five frames at most 64 frames away, alike within the sensors' noise
//   - a frame by which a motion steps back, when it lies between two later or earlier frames and
//     the motion leads there on a straight course; of two exchanged frames one is called
// A limb that is lifted takes load from its place and puts none on another; a person who takes up a
// pose again does not lie within the noise. Frames of a body at rest that were exchanged are alike:
// nothing is said of them. `usable` marks the frames in question, `loaded` those with somebody on
// the mat; `background` is a cell's unloaded reading. In order of frames.
std::vector<InvalidFrame> displaced_frames(const Recording& recording,
                                           const std::vector<FrameStatistics>& frames,
                                           const std::vector<std::uint8_t>& usable,
                                           const std::vector<std::uint8_t>& loaded,
                                           double background, double noise);

}  // namespace matfit
