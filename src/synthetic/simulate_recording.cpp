#include "synthetic/simulate_recording.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace matfit {
namespace {

// One entry of the timeline with the load that belongs to it.
struct Stretch {
  double start_s = 0.0;
  double end_s = 0.0;
  Posture posture = Posture::empty;
  Eigen::ArrayXXd pressure_pa;
  SyntheticTruth truth;
};

std::vector<Stretch> lie_through(const RecordingPlan& plan) {
  std::vector<Stretch> stretches;
  double time = 0.0;
  for (std::size_t i = 0; i < plan.timeline.size(); ++i) {
    const TimelineEntry& entry = plan.timeline[i];
    Stretch stretch;
    stretch.start_s = time;
    stretch.end_s = time += entry.duration_s;
    stretch.posture = entry.posture;
    stretch.pressure_pa =
        Eigen::ArrayXXd::Zero(plan.sensor.geometry.rows, plan.sensor.geometry.cols);
    if (is_lying(entry.posture)) {
      Random random(derived_seed(plan.seed, i));
      const SleeperPose pose = entry.pose ? *entry.pose : random_pose(entry.posture, random);
      SimulatedLie lie = lie_down(plan.body, pose, plan.mattress, plan.sensor.geometry, plan.lie);
      stretch.pressure_pa = std::move(lie.pressure_pa);
      stretch.truth = std::move(lie.truth);
    }
    stretches.push_back(std::move(stretch));
  }
  return stretches;
}

// Someone pushes off: elbow, hand, knee or heel, a few centimetres wide.
void push(Eigen::ArrayXXd& pressure_pa, const MatGeometry& mat, double force_n, Random& random) {
  const Eigen::Vector2d at(random.uniform(0.25, 0.75) * mat.width_m(),
                           random.uniform(0.15, 0.80) * mat.length_m());
  const double width_m = random.uniform(0.03, 0.06);
  const double peak = force_n / (2.0 * pi * width_m * width_m);
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) {
      const Eigen::Vector2d from((c + 0.5) * mat.col_pitch_m - at.x(),
                                 (r + 0.5) * mat.row_pitch_m - at.y());
      pressure_pa(r, c) += peak * std::exp(-0.5 * from.squaredNorm() / (width_m * width_m));
    }
  }
}

// Between two postures the old contact fades, the new one grows, pushes come and go, and the total
// swings about the weight.
Eigen::ArrayXXd turning(const Stretch& from, const Stretch& to, const MatGeometry& mat,
                        double progress, Random& random) {
  const double s = progress * progress * (3.0 - 2.0 * progress);
  Eigen::ArrayXXd p = (1.0 - s) * from.pressure_pa + s * to.pressure_pa;
  const double load_n = p.sum() * mat.cell_area_m2();
  const double lifted = 0.35 * std::sin(pi * progress) * random.uniform(0.5, 1.0);
  p *= 1.0 - lifted;
  const double swing = random.normal(0.0, 0.08);
  const int pushes = random.integer(1, 3);
  for (int i = 0; i < pushes; ++i) {
    push(p, mat, std::max(0.0, load_n * (lifted + swing) / pushes), random);
  }
  return p;
}

// Breathing moves load to and fro between upper and lower trunk; the total stays.
Eigen::ArrayXXd breathing(const Stretch& stretch, const RecordingPlan& plan, double time_s) {
  const Eigen::ArrayXXd& p = stretch.pressure_pa;
  const double total = p.sum();
  if (total <= 0.0) return p;
  const double phase = std::sin(2.0 * pi * plan.breaths_per_min / 60.0 * time_s);
  const auto& waist = stretch.truth.landmarks_m[static_cast<std::size_t>(Landmark::lumbar)];
  Eigen::ArrayXXd out = p;
  for (Eigen::Index r = 0; r < p.rows(); ++r) {
    const double from_waist =
        (static_cast<double>(r) + 0.5) * plan.sensor.geometry.row_pitch_m - waist.y();
    out.row(r) *= 1.0 - plan.breathing_depth * phase * std::tanh(from_waist / 0.1);
  }
  return out * (total / out.sum());
}

SyntheticTruth in_recording_frame(SyntheticTruth truth, const MatGeometry& stored,
                                  const Orientation& orientation) {
  for (Eigen::Vector2d& p : truth.landmarks_m) p = recording_from_canonical(p, stored, orientation);
  for (TrueSpineLevel& level : truth.spine) {
    const Eigen::Vector2d p =
        recording_from_canonical(Eigen::Vector2d(level.x_m, level.y_m), stored, orientation);
    level.x_m = p.x();
    level.y_m = p.y();
  }
  return truth;
}

}  // namespace

SimulatedRecording simulate_recording(const RecordingPlan& plan) {
  if (plan.timeline.empty()) throw std::invalid_argument("a recording needs a timeline");
  if (!(plan.sample_rate_hz > 0.0)) throw std::invalid_argument("a sample rate is positive");
  const std::vector<Stretch> stretches = lie_through(plan);
  const MatGeometry& mat = plan.sensor.geometry;
  Random random(derived_seed(plan.seed, 1000003));

  SimulatedRecording out;
  Recording& recording = out.recording;
  const double duration_s = stretches.back().end_s;
  const auto count = static_cast<Eigen::Index>(std::floor(duration_s * plan.sample_rate_hz));
  FrameBlock frames(count, mat.cells());
  std::size_t k = 0;
  for (Eigen::Index i = 0; i < count; ++i) {
    const double time = static_cast<double>(i) / plan.sample_rate_hz;
    while (k + 1 < stretches.size() && time >= stretches[k].end_s) ++k;
    const Stretch& stretch = stretches[k];
    const double since = time - stretch.start_s;
    const bool turns = k > 0 && since < plan.transition_s;
    const Eigen::ArrayXXd pressure =
        turns ? turning(stretches[k - 1], stretch, mat, since / plan.transition_s, random)
              : breathing(stretch, plan, time);
    Eigen::ArrayXXd frame = read_out(plan.sensor, pressure, since, random);
    if (i < plan.sensor.corrupt_leading_frames) frame = corrupted(frame, random);
    const Eigen::ArrayXXd stored = recording_from_canonical(frame, plan.orientation);
    for (Eigen::Index r = 0; r < stored.rows(); ++r) {
      for (Eigen::Index c = 0; c < stored.cols(); ++c) {
        frames(i, r * stored.cols() + c) = static_cast<float>(stored(r, c));
      }
    }
    recording.time_s.push_back(time);
    recording.labels.push_back(turns ? Posture::unknown : stretch.posture);
  }

  recording.id = plan.id;
  recording.mat.model = "synthetic";
  // Stored rows and columns: the body frame's geometry turned as the frames are.
  recording.mat.geometry = mat;
  const bool sideways = plan.orientation.head_end == HeadEnd::first_col ||
                        plan.orientation.head_end == HeadEnd::last_col;
  if (sideways) recording.mat.geometry = {mat.cols, mat.rows, mat.col_pitch_m, mat.row_pitch_m};
  recording.mat.head_end = plan.orientation.head_end;
  recording.mat.view = plan.orientation.view;
  recording.mat.geometry_source = recording.mat.orientation_source = "simulation";
  recording.unit = plan.sensor.unit;
  recording.unit_source = "simulation";
  recording.integer_counts = plan.sensor.quantum >= 1.0;
  recording.frames = std::make_shared<MemoryFrames>(std::move(frames));

  for (std::size_t i = 0; i < stretches.size(); ++i) {
    if (!is_lying(stretches[i].posture)) continue;
    const double start = stretches[i].start_s + (i > 0 ? plan.transition_s : 0.0);
    out.bouts.push_back(
        {start, stretches[i].end_s,
         in_recording_frame(stretches[i].truth, recording.mat.geometry, plan.orientation)});
  }
  return out;
}

}  // namespace matfit
