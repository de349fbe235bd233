#pragma once

#include "stages/calibrate/load_course.hpp"
#include "stages/calibrate/mat_profile.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A load that was constant while it was recorded: a person lying still, or a weight on the mat.
struct CreepTrial {
  std::string person;  // who or what lay there; trials of one share its own rate
  std::vector<LyingCourse> courses;
};

// The quiet times of a recording as a trial. `series` is the recording calibrated without a
// profile, so that its loads are sums of readings.
CreepTrial creep_trial(const Recording& recording, const PressureSeries& series,
                       const std::string& person);

struct PersonCreep {
  std::string person;
  std::size_t trials = 0;
  double rate = 0.0;  // per e-fold of time
  double rate_sd = 0.0;
};

struct LearnedCreep {
  CreepLaw law;  // rate_sd: of the pooled rate
  double between_person_sd = 0.0;
  std::size_t trials = 0;
  std::vector<PersonCreep> persons;  // by name
};

// One rate for all: the trials of each person pooled with their scatter, then the persons with
// theirs (random effects; DerSimonian & Laird, Control Clin Trials 1986 7:177). Trials whose load
// has no course that the log-time model could follow do not count. Absent without any other.
std::optional<LearnedCreep> learn_creep(const std::vector<CreepTrial>& trials,
                                        const LeadPrior& lead = {});

// What each frame's readings are divided by, from the time on the mat since it was last empty, so
// that they read as under a load of the law's reference age; 1 where nobody lies. How long the
// person had lain before the first frame is judged by the load's course; `prior` where it does not
// tell.
std::vector<float> creep_factors(const CreepLaw& law, const Occupation& occupation,
                                 const std::vector<double>& time_s, const LyingCourse* first_course,
                                 const LeadPrior& prior);

}  // namespace matfit
