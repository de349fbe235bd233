#pragma once

#include "stages/calibrate/knowledge.hpp"
#include "types/mat_profile.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <memory>

namespace matfit {

struct CalibrateOptions {
  std::size_t survey_frames = 64;  // from which the mat's own behaviour is learned
  double dead_zone_sd = 2.0;       // readings within so much noise of the background are no load
  std::shared_ptr<const MatProfile> profile;  // of the recording's mat; none: its unit, or weight
};

// Readings -> pressure: marks frames that are corrupt or out of order, subtracts the background,
// finds and repairs defective cells, converts by the mat's profile or unit or scales to Pa, and
// grades the recording. Frames are read in blocks, here and later, so a night takes no more memory
// than a minute; two passes over the recording. A cell that is not finite in one frame counts as
// unloaded there; one that never is counts as dead; a frame with many of them is invalid. Throws
// InputError where frames and geometry do not agree, or the profile is of another mat.
PressureSeries calibrate(const Recording& recording, const CalibrationKnowledge& known,
                         const CalibrateOptions& options = {});

}  // namespace matfit
