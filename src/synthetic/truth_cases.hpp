#pragma once

#include "synthetic/departures.hpp"
#include "synthetic/mat_sensor.hpp"
#include "synthetic/mattress_model.hpp"
#include "synthetic/simulate.hpp"
#include "synthetic/sleeper.hpp"
#include "synthetic/sleeper_pose.hpp"
#include "types/mattress.hpp"
#include "types/recording.hpp"
#include "types/subject.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace matfit {

// A person lying in one way on a mattress under a mat, with everything that the physics asks.
struct TruthCase {
  std::size_t index = 0;
  SleeperBody body;
  SleeperPose pose;
  MattressModel mattress;
  MatSensor sensor;                           // its geometry is the mat's
  CurveKind curve_kind = CurveKind::uniform;  // how the mattress was measured
  std::string mat;                            // "fine", "coarse" or "long_cells"
  std::string firmness;                       // "soft", "medium" or "firm"
  bool zoned = false;
  bool sagging = false;
  bool off_average = false;  // one trait of the body lies two standard deviations off
  Departure departure = Departure::none;
};

// Any case of the stream `seed`; the same arguments give the same case, and a departure changes
// nothing else about it. Postures, mats, firmnesses and the traits that are off the average take
// turns over the index.
TruthCase truth_case(std::size_t index, std::uint64_t seed, Departure departure = Departure::none);

// What a user would have of that case, and what is true of it.
struct TruthRecording {
  Recording recording;       // some frames of lying still, seen from above, head end in row 0
  Subject subject;           // stature, mass and sex only
  Subject measured_subject;  // also the breadths that a tape measures, with its error
  Mattress mattress;         // as a laboratory states it, with its error; worn parts unknown
  SyntheticTruth truth;
};

// The same arguments give the same bytes; `seed` is for the errors of sensor, tape and laboratory.
TruthRecording recorded(const TruthCase& truth_case, std::uint64_t seed);

}  // namespace matfit
