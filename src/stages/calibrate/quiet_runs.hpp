#pragma once

#include "stages/calibrate/frame_statistics.hpp"
#include "stages/calibrate/occupation.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace matfit {

// Frames [first, last) between two movements; those that are not valid or not loaded do not count.
struct QuietRun {
  std::size_t first = 0;
  std::size_t last = 0;
};

// From lying down or turning to the next of them.
struct Lying {
  double began_s = 0.0;  // of the recording; its first frame where lying down was not seen
  bool seen = false;     // the beginning was recorded
  std::vector<QuietRun> runs;
};

struct QuietRunOptions {
  // One less the likeness of neighbouring frames is movement above the larger of this and
  // `spread_factor` times its median.
  double smallest_change = 0.004;
  double spread_factor = 8.0;
  double load_step = 0.05;  // so is a step of the load
  // The body lies elsewhere after a movement that changes sum |A - B| over the mean load by this
  // (turning from back to side gives about 1, an arm or a leg 0.2 to 0.4).
  double turn_change = 0.5;
  std::size_t least_frames = 5;  // of a run
};

// The person's times on the mat. `tared` are the recording's frames without their background, of
// which one before and one after each movement is read; `loads` are their sums.
std::vector<Lying> quiet_runs(const FrameSource& tared, const std::vector<double>& time_s,
                              const std::vector<FrameStatistics>& statistics,
                              const Occupation& occupation, const std::vector<double>& loads,
                              const QuietRunOptions& options = {});

}  // namespace matfit
