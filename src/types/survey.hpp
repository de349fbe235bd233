#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace matfit {

// Frames spread evenly over the recording, from which the mat's own behaviour is learned.
struct Survey {
  FrameBlock frames;                // at most the asked number, in order of time
  std::vector<std::size_t> number;  // of each row of `frames`
  Eigen::ArrayXf median;            // a cell each; NaN where a cell was never finite

  bool empty() const { return number.empty(); }
};

// At most `most` of the frames with usable[i] != 0, taken as neighbouring pairs so that noise can
// be told from movement. No usable frame: an empty survey.
Survey survey_frames(const Recording& recording, const std::vector<std::uint8_t>& usable,
                     std::size_t most = 64);

// Median a cell over the survey's frames, finite values only.
Eigen::ArrayXf cell_medians(const FrameBlock& frames);

}  // namespace matfit
