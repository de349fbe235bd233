#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace matfit {

// Sum of the finite readings of each frame.
std::vector<double> frame_sums(const Recording& recording);

// Frames of which a sum lies in [low, high].
std::vector<std::uint8_t> frames_between(const std::vector<double>& sums, double low, double high);

// What each cell reads in the marked frames: the mean of the middle half of its values, so that a
// corrupt frame does not count and whole numbers are averaged. NaN where a cell is never finite.
Eigen::ArrayXd cell_midmeans(const Recording& recording, const std::vector<std::uint8_t>& usable);

// The steady part of a recording under one load: the later half of its longest loaded stretch.
struct SteadyPart {
  std::size_t first = 0;
  std::size_t last = 0;  // one past the end
  double drift = 0.0;    // relative change of the load between its first and last third
  // Where the recording shows the load coming on and runs on for 20 s at least:
  std::optional<double> creep_per_log_second;
  std::optional<double> age_s;  // of the load in the middle of the steady part
};

// `sums` of the frames, `unloaded` of an empty mat. Absent where no frame is loaded.
std::optional<SteadyPart> steady_part(const Recording& recording, const std::vector<double>& sums,
                                      double unloaded);

}  // namespace matfit
