#pragma once

#include "stages/calibrate/load_course.hpp"
#include "types/mat_profile.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <cstddef>
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

// One person's growth of the load against the law that the others have.
struct KeptOutCreep {
  std::string person;
  std::size_t trials = 0;
  double rate = 0.0;  // per e-fold, as it is
  double left = 0.0;  // of it where the others' law is taken out
};

struct CreepProof {
  bool learned = false;
  std::string reason;  // why not, or what speaks for it
  // With the reference age in the middle of the trials' time and, for the next person, a sd that
  // holds the scatter between persons.
  CreepLaw law;
  double between_person_sd = 0.0;
  std::vector<KeptOutCreep> kept_out;  // by name
  double rate_before = 0.0;            // root mean square over the people kept out
  double rate_after = 0.0;
};

struct CreepProofOptions {
  std::size_t least_people = 4;
  double least_significance = 3.0;  // rate over its sd for the next person
  double most_left = 0.5;           // of the rate, in people kept out
};

// The law of all trials, learned only where it takes most of the growth out of people whom it was
// not learned from.
CreepProof prove_creep(const std::vector<CreepTrial>& trials, const LeadPrior& lead = {},
                       const CreepProofOptions& options = {});

}  // namespace matfit
