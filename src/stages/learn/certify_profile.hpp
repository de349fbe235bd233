#pragma once

#include "stages/learn/level_readings.hpp"
#include "stages/learn/response_trials.hpp"
#include "types/mat_certificate.hpp"
#include "types/mat_profile.hpp"

#include <cstddef>
#include <vector>

namespace matfit {

// What a profile was learned from. Refers to what it is given.
struct ProfileEvidence {
  const LevelReadings& levels;
  const CellEvidence& cells;
  const ResponseModel& model;
  const std::vector<ResponseTrial>& trials;
  std::size_t chosen;  // of the trials
  const std::vector<LoadedRecording>& recordings;
  double reference_relative_sd;  // of the known loads themselves; 0: not stated
};

// Known against measured at each level, residual, hysteresis where loads went up and down, the
// kinds of curve that were tried, and the cells that could not be calibrated.
MatCertificate certificate_of(const MatProfile& profile, const ProfileEvidence& from);

}  // namespace matfit
