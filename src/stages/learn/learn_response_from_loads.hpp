#pragma once

#include "stages/learn/level_readings.hpp"
#include "types/mat_certificate.hpp"
#include "types/mat_profile.hpp"

#include <string>
#include <vector>

namespace matfit {

struct LearnFromLoadsOptions {
  std::string id;                    // of the profile
  std::string table;                 // the list of loads, for errors
  double reference_relative_sd = 0;  // of the known loads themselves, where it is stated
};

struct LearnedProfile {
  MatProfile profile;
  MatCertificate certificate;
};

// A mat's profile from recordings under known loads: each cell's background, gain and, where that
// tells levels left out better, a curve of its own; the kind of curve by the error at levels left
// out one by one. Cells that cannot be calibrated take the common curve and are listed. InputError
// for fewer than three levels, readings that do not rise with them, or a mat of which fewer than
// half of the cells follow the load; and as read_levels().
LearnedProfile learn_response_from_loads(const std::vector<LoadedRecording>& recordings,
                                         const LearnFromLoadsOptions& options);

}  // namespace matfit
