#include "sleeper_in_time.hpp"

#include "numeric/random.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"
#include "synthetic/mat_sensor.hpp"
#include "synthetic/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

namespace matfit::test {

namespace {

constexpr double last_decade = 3.0;
const MatGeometry mat{64, 32, 0.027, 0.027};

MattressModel softened(MattressModel mattress, double factor) {
  mattress.foam.plateau_pa *= factor;
  mattress.foam.modulus_pa *= factor;
  mattress.foam.closing_pa *= factor;
  return mattress;
}

// Equilibrium on the mattress as it is after `decades`; the physics is slow, the answers are few.
const Eigen::ArrayXXd& lying_map(Posture posture, double softening_per_decade, double decades) {
  static std::map<std::tuple<Posture, double, double>, Eigen::ArrayXXd> known;
  const auto key = std::make_tuple(posture, softening_per_decade, decades);
  const auto found = known.find(key);
  if (found != known.end()) return found->second;
  const MattressModel mattress =
      softened(typical_mattress(Firmness::medium), 1.0 - softening_per_decade * decades);
  SleeperPose pose = plain_pose(posture);
  return known[key] =
             lie_down(average_body(Sex::male, 1.65, 76.0), pose, mattress, mat).pressure_pa;
}

// Between the equilibria before and after three decades: over a few per cent of stiffness the map
// follows in a straight line.
Eigen::ArrayXXd map_after(Posture posture, const SleeperInTime& course, double elapsed_s) {
  const double decades = std::log10(std::max(1.0, elapsed_s));
  const double late = decades / last_decade;
  const Eigen::ArrayXXd& begin = lying_map(posture, course.softening_per_decade, 0.0);
  if (course.softening_per_decade == 0.0) return begin;
  return (1.0 - late) * begin + late * lying_map(posture, course.softening_per_decade, last_decade);
}

}  // namespace

Recording sleeper_in_time(const SleeperInTime& course) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.unit = PressureUnit::raw;
  sensor.reference_reading = 2000.0;
  sensor.blur_m = 0.01;
  sensor.noise = 2.0;
  sensor.quantum = 1.0;
  sensor.creep_per_decade = course.creep_per_decade;
  Random random(course.seed);
  Random walk(course.seed + 1000);

  Recording recording;
  recording.id = "sleeper";
  recording.mat.geometry = mat;
  recording.subject = Subject{};
  recording.subject->mass_kg = 76.0;
  FrameBlock frames(static_cast<Eigen::Index>(course.frames), mat.cells());
  double shift = 0.0;
  for (std::size_t t = 0; t < course.frames; ++t) {
    const bool turned = course.turn_at_frame >= 0 && static_cast<int>(t) >= course.turn_at_frame;
    const double now_s = static_cast<double>(t);
    const double elapsed_s = turned ? now_s - course.turn_at_frame + 0.5 : now_s + course.lead_s;
    shift += course.fidgeting * walk.normal();
    const Eigen::ArrayXXd map =
        map_after(turned ? Posture::left : Posture::supine, course, elapsed_s) * (1.0 + shift);
    const Eigen::ArrayXXd read = read_out(sensor, map, elapsed_s, random);
    for (int i = 0; i < mat.cells(); ++i) {
      frames(static_cast<Eigen::Index>(t), i) =
          static_cast<float>(read(i / mat.cols, i % mat.cols));
    }
    recording.time_s.push_back(now_s);
  }
  recording.frames = std::make_shared<MemoryFrames>(std::move(frames));
  return recording;
}

CreepTrial trial_of(const SleeperInTime& course, const std::string& person) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(project_folder() / "calibration");
  const Recording recording = sleeper_in_time(course);
  return creep_trial(recording, calibrate(recording, known), person);
}

}  // namespace matfit::test
