#pragma once

#include "stages/calibrate/frame_statistics.hpp"
#include "stages/calibrate/grade.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace matfit {

// Of the marked frames those that repeat the one before exactly, where this cannot be the person's
// stillness. A mat whose other frames differ in few cells, being coarse or quiet, may repeat
// itself: nothing is said of it. An empty bed repeats itself where the vendor's software cuts off
// noise, so only frames with somebody on the mat are to be marked. Such frames hold a true map and
// stay valid.
std::optional<RepeatedFrames> repeated_frames(const std::vector<FrameStatistics>& frames,
                                              const std::vector<std::uint8_t>& loaded,
                                              const std::vector<double>& time_s);

// How many there are ("repeated_frames"), and the share of the time of the longest stretch of one
// frame ("frozen_share").
QualityFigures repetition_figures(const std::optional<RepeatedFrames>& repeated,
                                  const std::vector<double>& time_s);

}  // namespace matfit
