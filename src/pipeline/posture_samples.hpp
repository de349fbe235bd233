#pragma once

#include "pipeline/parallel_outcomes.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "stages/classify/train_posture_model.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

struct PostureSampleOptions {
  int maps_per_recording = 3;  // of each posture in it, over its length
  int other_mats = 2;          // that show each recording in posture_samples_by_other_mats
  int jobs = 1;
  StepProgress progress;  // called from the workers
};

struct PostureSamples {
  std::vector<TrainingSample> samples;  // in the order of the entries
  std::vector<std::string> unlabelled;  // ids of entries without a label of a lying posture
  std::vector<std::string> failures;    // "ID: REASON"
};

// Mean maps of the labelled, valid, loaded frames of the entries, in the body frame. An
// unknown head end counts as the first row and an unknown view as above.
PostureSamples posture_samples(const std::vector<StudyEntry>& entries,
                               const CalibrationKnowledge& known,
                               const PostureSampleOptions& options);

// The same of the entries as mats of other makes, sizes and grids would show them (other_mat.hpp),
// one map of each posture a mat.
PostureSamples posture_samples_by_other_mats(const std::vector<StudyEntry>& entries,
                                             const CalibrationKnowledge& known, std::uint64_t seed,
                                             const PostureSampleOptions& options);

// Maps of made-up sleepers, one fourth each supine, prone, left and right, on mats and mattresses
// of all kinds. Map `i` depends on `seed` and `i` alone.
std::vector<TrainingSample> synthetic_posture_samples(int count, std::uint64_t seed,
                                                      const PostureSampleOptions& options);

// The person of an entry; a recording without one counts as a person of its own.
std::string person_of(const StudyEntry& entry);

}  // namespace matfit
