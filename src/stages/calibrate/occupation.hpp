#pragma once

#include "stages/calibrate/background.hpp"
#include "stages/calibrate/frame_statistics.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace matfit {

// Who is on the mat, told by the load alone.
struct Occupation {
  std::vector<std::uint8_t> loaded;
  std::vector<std::uint8_t> empty;
  std::size_t loaded_frames = 0;
  std::size_t empty_frames = 0;
};

// One mark a frame, none where the frame is not valid or between the two. `cells` of a frame.
Occupation occupation(const std::vector<FrameStatistics>& frames,
                      const std::vector<std::uint8_t>& valid, const Background& background,
                      double cells);

}  // namespace matfit
