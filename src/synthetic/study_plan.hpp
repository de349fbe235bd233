#pragma once

#include "synthetic/simulate_recording.hpp"
#include "types/mattress.hpp"
#include "types/subject.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

struct PlannedPerson {
  Subject subject;  // as the study's table states them
  SleeperBody body;
};

struct PlannedMattress {
  MattressModel model;
  Mattress measured;  // as the study's table and curve state it
};

// Who lies on what for how long; indices into the plan's people and mattresses.
struct PlannedRecording {
  std::size_t person = 0;
  std::size_t mattress = 0;
  std::string condition;
  RecordingPlan plan;
};

struct StudyPlan {
  std::vector<PlannedPerson> people;
  std::vector<PlannedMattress> mattresses;
  std::vector<PlannedRecording> recordings;
};

// What `matfit simulate` asks for where no seed file says more.
struct StudyRequest {
  int persons = 4;
  std::uint64_t seed = 1;
  std::vector<std::string> mattresses{"soft", "medium", "firm"};
  std::vector<Posture> postures{Posture::supine, Posture::left, Posture::right, Posture::prone};
  MatGeometry mat{64, 32, 0.0285, 0.0285};
  double seconds_per_posture = 30.0;
  double sample_rate_hz = 1.0;
};

// Random people, each once on every mattress in every posture, on mats without faults.
StudyPlan random_study(const StudyRequest& request);

// The plan in a TOML seed file; its tables and keys are described in datasets/README.md. UsageError
// naming file, line and what was expected.
StudyPlan read_study_plan(const std::filesystem::path& path);

// A sensor as a good mat in use is: slightly uneven, slightly noisy, whole mmHg.
MatSensor everyday_sensor(const MatGeometry& geometry, Random& random);

// The simulated recording with its person and mattress in it.
SimulatedRecording simulate(const StudyPlan& plan, const PlannedRecording& recording);

}  // namespace matfit
