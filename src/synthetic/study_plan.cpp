#include "synthetic/study_plan.hpp"

#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

// Rounded as people state themselves: centimetres, kilograms, millimetres.
Subject as_stated(Subject subject) {
  const auto round_to = [](std::optional<double>& value, double step) {
    if (value) value = step * std::round(*value / step);
  };
  round_to(subject.stature_m, 0.01);
  round_to(subject.mass_kg, 1.0);
  round_to(subject.age_years, 1.0);
  round_to(subject.shoulder_breadth_m, 0.001);
  round_to(subject.waist_breadth_m, 0.001);
  round_to(subject.hip_breadth_m, 0.001);
  return subject;
}

MattressModel mattress_named(const std::string& name) {
  if (name == "soft") return typical_mattress(Firmness::soft);
  if (name == "medium") return typical_mattress(Firmness::medium);
  if (name == "firm") return typical_mattress(Firmness::firm);
  throw UsageError("mattress '" + name + "': expected soft, medium or firm");
}

}  // namespace

MatSensor everyday_sensor(const MatGeometry& geometry, Random& random) {
  MatSensor sensor = ideal_sensor(geometry);
  for (int row = 0; row < geometry.rows; ++row) {
    for (int col = 0; col < geometry.cols; ++col) {
      sensor.gain(row, col) = std::exp(random.normal(0.0, 0.05));
    }
  }
  sensor.blur_m = 0.008;
  sensor.noise = 0.4;
  sensor.threshold = 1.5;
  sensor.quantum = 1.0;
  sensor.saturation = 255.0;
  sensor.creep_per_decade = 0.02;
  return sensor;
}

StudyPlan random_study(const StudyRequest& request) {
  StudyPlan plan;
  for (const std::string& name : request.mattresses) {
    if (std::count(request.mattresses.begin(), request.mattresses.end(), name) > 1) {
      throw UsageError("mattress '" + name + "' stands there twice; name each once");
    }
    PlannedMattress mattress;
    mattress.model = mattress_named(name);
    mattress.measured = measured(mattress.model, CurveKind::uniform);
    plan.mattresses.push_back(std::move(mattress));
  }
  for (int i = 0; i < request.persons; ++i) {
    Random random(derived_seed(request.seed, static_cast<std::uint64_t>(i)));
    PlannedPerson person;
    person.body = random_body(random);
    person.subject = as_stated(subject_of(person.body, fmt::format("P{}", i + 1)));
    plan.people.push_back(person);
    for (std::size_t m = 0; m < plan.mattresses.size(); ++m) {
      PlannedRecording recording;
      recording.person = static_cast<std::size_t>(i);
      recording.mattress = m;
      RecordingPlan& lies = recording.plan;
      lies.id = person.subject.id + "-" + plan.mattresses[m].model.id;
      lies.body = person.body;
      lies.mattress = plan.mattresses[m].model;
      lies.sensor = everyday_sensor(request.mat, random);
      lies.sample_rate_hz = request.sample_rate_hz;
      lies.seed = derived_seed(request.seed, 1000U + static_cast<std::uint64_t>(i) * 100U + m);
      for (const Posture posture : request.postures) {
        lies.timeline.push_back({posture, request.seconds_per_posture, std::nullopt});
      }
      plan.recordings.push_back(std::move(recording));
    }
  }
  return plan;
}

SimulatedRecording simulate(const StudyPlan& plan, const PlannedRecording& recording) {
  SimulatedRecording out = simulate_recording(recording.plan);
  out.recording.subject = plan.people[recording.person].subject;
  out.recording.mattress = plan.mattresses[recording.mattress].measured;
  out.recording.condition = recording.condition;
  return out;
}

}  // namespace matfit
