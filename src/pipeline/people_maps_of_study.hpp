#pragma once

#include "pipeline/knowledge.hpp"
#include "pipeline/posture_samples.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/learn_creep.hpp"
#include "stages/learn/people_maps.hpp"
#include "types/mat_geometry.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace matfit {

struct PeopleMapsOptions {
  // A recording whose condition has one of these words in it loads the mat differently: part of
  // the body rests on something else. It tells of the cells' gains, not of the response.
  std::vector<std::string> tilted_words = {"wedge", "raised",  "inclin", "tilt",
                                           "sit",   "upright", "elevat", "pillow"};
  std::size_t most_lies = 8;  // of one recording, the longest
  int jobs = 1;
  StepProgress progress;  // called from the workers
};

// How people lay on one mat, as it read them.
struct PeopleMaps {
  MatGeometry geometry;
  PressureUnit unit = PressureUnit::raw;
  std::string model;
  std::vector<PersonMap> all;
  std::vector<PersonMap> flat;        // those that tell of the response
  std::vector<CreepTrial> creep;      // of the same recordings
  std::size_t recordings = 0;         // that gave a map
  std::vector<std::string> not_flat;  // "ID: REASON"
  std::vector<std::string> left_out;  // "ID: REASON"
  std::vector<std::string> failures;  // "ID: REASON"
};

// Mean readings over the background of each lie: a stretch of one posture, by the recording's
// labels or else by the model. Recordings of quality F and those without a person are left out.
// UsageError where the recordings are of mats of different size or of different units.
PeopleMaps people_maps_of(const std::vector<StudyEntry>& entries, const Knowledge& known,
                          const PeopleMapsOptions& options);

}  // namespace matfit
