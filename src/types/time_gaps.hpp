#pragma once

#include <cstddef>
#include <vector>

namespace matfit {

// Where a recorder was silent. Both limits must be passed: a logger that drops or buffers a few
// frames has not been silent, and within ten seconds nobody is up and back again.
struct GapLimits {
  double intervals = 10.0;  // usual intervals of the recording
  double seconds = 10.0;
};

struct TimeGap {
  std::size_t first_frame = 0;  // the first after the gap
  double length_s = 0.0;        // beyond the interval that the frame before it stands for
};

// What a frame stands for: the median interval between frames, or 1 s where there is only one.
double frame_interval_s(const std::vector<double>& time_s);

// In order of time.
std::vector<TimeGap> gaps_in(const std::vector<double>& time_s, const GapLimits& limits = {});

}  // namespace matfit
