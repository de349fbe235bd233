#pragma once

#include "stages/classify/displacement.hpp"
#include "types/pressure_series.hpp"
#include "types/time_gaps.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace matfit {

struct StillnessOptions {
  // Frames are joined into looks at the body of at least this length, and each look is compared
  // with the latest one that is at least lag_s older, so that a turn shows alike at every sampling
  // rate.
  double look_s = 0.5;
  double lag_s = 1.0;
  // D = sum |P_t - P_(t - lag)| / sum P_t, P over patches of about patch_m so that the noise of
  // their cells evens out, counts as movement above
  // max(smallest_limit, median_factor * median, median + spread_factor * robust sd) of the changes
  // in the window before it: a noisy mat has a noisy rest, and so does who breathes deeply.
  double patch_m = 0.06;
  double smallest_limit = 0.05;
  double first_limit = 0.12;  // until the window holds eight changes
  double median_factor = 1.5;
  double spread_factor = 5.0;
  double window_s = 120.0;
  // What changes under less than this share of the usual load is compared with that share, and
  // tells nothing about a sleeper's rest.
  double least_load_share = 0.5;
  // Longer stretches are cut so that slow turning is seen.
  double longest_stretch_s = 60.0;
  // Changes below this are no displacement: breath, creep, and noise on few cells.
  double least_change_of_displaced = 0.15;
  // A stretch this long shows where the body came to rest.
  double settled_s = 4.0;
  // Nobody saw what happened in a gap of the timestamps: a stretch ends there.
  GapLimits gaps;
};

// What the mat carries when someone lies on it: the 90 % quantile of the valid frames' loads; 0
// where there is none.
double usual_load_n(const PressureSeries& series);

// Frames between two movements or gaps, with their mean map. Frames that are not valid belong to
// none.
struct StillStretch {
  std::size_t first_frame = 0;
  std::size_t last_frame = 0;  // one past the last valid frame
  std::size_t valid_frames = 0;
  double duration_s = 0.0;
  double load_n = 0.0;  // mean
  // Begins with a movement; false at the start and where a long stretch was cut.
  bool after_movement = false;
  bool after_gap = false;  // the recorder was silent before it
  bool settled = false;    // long enough to show where the body came to rest
  double moving_s = 0.0;   // of its time, the look that showed the movement
  double change = 0.0;     // D of that look; 0 where there was no movement
  // sum |A - B| over the mean of both sums, of this map A and the last settled one B before it;
  // absent where this one is not settled or there is none before.
  std::optional<double> change_from_settled;
  // How far the load as a whole lies from where it lay then; 0 where it did not go as a whole.
  double displacement_m = 0.0;
};

// Reads the series once, block by block, and hands over each stretch with its mean map (recording
// order, Pa). Memory does not grow with the length of the recording.
void for_each_still_stretch(
    const PressureSeries& series, const StillnessOptions& options,
    const std::function<void(const StillStretch&, const Eigen::ArrayXXd& mean_pa)>& visit);

}  // namespace matfit
