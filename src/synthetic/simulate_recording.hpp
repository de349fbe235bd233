#pragma once

#include "synthetic/mat_sensor.hpp"
#include "synthetic/simulate.hpp"
#include "types/recording.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A stretch of one posture; empty is a bed with nobody in it.
struct TimelineEntry {
  Posture posture = Posture::supine;
  double duration_s = 60.0;
  std::optional<SleeperPose> pose;  // absent: drawn at random
};

// Everything that a simulated recording depends on.
struct RecordingPlan {
  std::string id;
  SleeperBody body;
  MattressModel mattress;
  MatSensor sensor;
  Orientation orientation{HeadEnd::first_row, View::above, false, 1.0};  // of the stored frames
  std::vector<TimelineEntry> timeline;
  double sample_rate_hz = 1.0;
  double transition_s = 3.0;  // of turning over, taken from the start of each later entry
  double breaths_per_min = 14.0;
  double breathing_depth = 0.015;  // share of pressure that goes to and fro
  std::uint64_t seed = 1;
  LieOptions lie;
};

// A stretch of lying still between two movements, and what is true of it. Points are in the
// recording's own frame.
struct TrueBout {
  double start_s = 0.0;
  double end_s = 0.0;
  SyntheticTruth truth;
};

struct SimulatedRecording {
  Recording recording;  // labels: the posture, unknown while turning over
  std::vector<TrueBout> bouts;
};

// The same plan gives the same recording to the byte. Throws std::invalid_argument for an empty
// timeline or a rate that is not positive.
SimulatedRecording simulate_recording(const RecordingPlan& plan);

}  // namespace matfit
