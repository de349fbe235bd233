#pragma once

#include "stages/calibrate/background.hpp"
#include "stages/calibrate/defects.hpp"
#include "stages/calibrate/frame_loads.hpp"
#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/occupation.hpp"
#include "stages/calibrate/quiet_runs.hpp"
#include "stages/calibrate/unit_scale.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"
#include "types/survey.hpp"

#include <cstddef>
#include <vector>

namespace matfit {

// What a calibration learned of a recording, for its figures of quality.
struct CalibrationEvidence {
  const Recording& recording;
  const Quality& quality;  // filled but for the grade and its reasons
  const UnitScale& scale;
  const Background& background;
  const Occupation& occupation;
  const Survey& loaded;
  const FrameSource& tared;  // the recording's frames tared, repaired and through the profile's
                             // response, not yet scaled
  double tared_noise;        // sd of an unloaded cell of `tared`
  const FrameLoads& loads;   // of `tared`
  const Defects& defects;
  const std::vector<Lying>& lyings;
};

// Every figure that rules may speak of and that the recording tells by itself.
QualityFigures quality_figures(const CalibrationEvidence& evidence);

}  // namespace matfit
