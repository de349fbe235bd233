#pragma once

#include "stages/calibrate/learn_creep.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <string>

namespace matfit::test {

// How a simulated sleeper and the mat change while nobody moves.
struct SleeperInTime {
  double creep_per_decade = 0.0;  // growth of all readings since 1 s after lying down
  // Share of its stiffness that the mattress loses for each factor ten in time: the body sinks in
  // and the load spreads.
  double softening_per_decade = 0.0;
  double lead_s = 10.0;    // lying before the first frame
  int turn_at_frame = -1;  // on to the left side
  double fidgeting = 0.0;  // sd of the load's random walk, a second
  std::size_t frames = 120;
  unsigned seed = 1;
};

// Raw counts of a mat of 64 x 32 cells of 27 mm at 1 Hz, of a man of 76 kg.
Recording sleeper_in_time(const SleeperInTime& course);

// The same, calibrated without a profile.
CreepTrial trial_of(const SleeperInTime& course, const std::string& person);

}  // namespace matfit::test
