#pragma once

#include "pipeline/knowledge.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/classify.hpp"
#include "stages/fit/fit_body.hpp"
#include "stages/fit/fit_spine.hpp"
#include "stages/hotspots/find_hotspots.hpp"
#include "types/recording.hpp"
#include "types/result.hpp"

namespace matfit {

struct AnalyzeOptions {
  CalibrateOptions calibrate;
  ClassifyOptions classify;
  FitBodyOptions fit_body;
  FitSpineOptions fit_spine;
  HotspotOptions hotspots;
};

// A recording's quality, and who lay on the mat when: orientation, movement, and the bouts with
// their mean maps, of which nothing more is said.
struct Observation {
  PressureSeries series;  // with the same quality and orientation
  RecordingResult result;
};

// Throws as analyze().
Observation observe(const Recording& recording, const Knowledge& known,
                    const AnalyzeOptions& options = {});
RecordingResult observed_result(const Recording& recording, const Knowledge& known,
                                const AnalyzeOptions& options = {});

// One recording through all stages. Throws InputError where the recording itself cannot be read.
RecordingResult analyze(const Recording& recording, const Knowledge& known,
                        const AnalyzeOptions& options = {});

}  // namespace matfit
