#pragma once

#include "pipeline/posture_samples.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "synthetic/night_plan.hpp"
#include "types/mattress.hpp"
#include "types/recording.hpp"
#include "types/subject.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What nights of one person on one mat and mattress can be made of.
struct PersonNights {
  std::string person;
  bool synthetic = false;
  Recording like;  // mat, unit, subject and mattress of the nights; without frames
  std::shared_ptr<const NightMaterial> material;
};

struct NightSources {
  std::vector<PersonNights> people;   // by name; those with two postures or more
  std::vector<std::string> left_out;  // "ID: REASON"
};

struct NightMaterialOptions {
  std::size_t least_frames = 8;  // of a still lie
  // A frame belongs to a still lie while its load is within this share of the recording's median.
  double load_tolerance = 0.15;
  // And while it differs from the frame before by no more than this many times the lower quartile
  // of such changes: who is recorded moves, and a night's truth must know of every movement.
  double most_change = 2.0;
  int jobs = 1;
  StepProgress progress;
};

// Of each labelled recording the longest run of valid frames of one posture under a steady load
// without a movement.
NightSources recorded_night_sources(const std::vector<StudyEntry>& entries,
                                    const CalibrationKnowledge& known,
                                    const NightMaterialOptions& options = {});

// A made-up sleeper, two poses of each posture, on a mat and a mattress of some kind. Depends on
// the seed and the index alone.
PersonNights synthetic_night_source(std::size_t index, std::uint64_t seed);

}  // namespace matfit
