#include "pipeline/posture_samples.hpp"

#include "numeric/random.hpp"
#include "pipeline/lying_load.hpp"
#include "pipeline/other_mat.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "synthetic/simulate.hpp"
#include "synthetic/varied_pose.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace matfit {

namespace {

std::vector<std::size_t> frames_of(const PressureSeries& series, const std::vector<Posture>& labels,
                                   Posture posture) {
  std::vector<std::size_t> frames;
  const double least_n = least_lying_load_n(series);
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] != 0 && labels[i] == posture && series.load_n[i] >= least_n) {
      frames.push_back(i);
    }
  }
  return frames;
}

std::vector<TrainingSample> samples_of(const StudyEntry& entry, const Recording& recording,
                                       const PressureSeries& series, int maps_per_recording) {
  std::vector<TrainingSample> samples;
  if (recording.labels.empty()) return samples;
  for (const Posture posture : model_postures) {
    const std::vector<std::size_t> frames = frames_of(series, recording.labels, posture);
    const auto parts =
        std::min<std::size_t>(static_cast<std::size_t>(maps_per_recording), frames.size());
    for (std::size_t k = 0; k < parts; ++k) {
      const std::size_t first = frames[k * frames.size() / parts];
      const std::size_t last = frames[(k + 1) * frames.size() / parts - 1] + 1;
      const PressureField field =
          canonical_from_recording(mean_field(series, first, last, series.orientation));
      samples.push_back({{field.pressure_pa, field.geometry, posture}, person_of(entry), false});
    }
  }
  return samples;
}

std::vector<TrainingSample> samples_by_other_mats(const StudyEntry& entry,
                                                  const CalibrationKnowledge& known, int mats,
                                                  Random& random) {
  constexpr std::size_t most_frames = 24;  // enough for a mean, and for the mat's noise
  std::vector<TrainingSample> samples;
  const Recording recording = read_entry(entry);
  const PressureSeries series = calibrate(recording, known);
  for (int i = 0; i < mats; ++i) {
    const int rows = random.integer(24, 96);
    const int cols = random.integer(10, 48);
    const OtherMat other = random_other_mat(rows, cols, random);
    const Recording made = recorded_by(other, recording, series, random, most_frames);
    std::vector<TrainingSample> its = samples_of(entry, made, calibrate(made, known), 1);
    std::move(its.begin(), its.end(), std::back_inserter(samples));
  }
  return samples;
}

using FoundSamples = std::vector<Outcome<std::vector<TrainingSample>>>;

PostureSamples gathered(const std::vector<StudyEntry>& entries, FoundSamples found) {
  PostureSamples out;
  out.failures = failures_of(entries, found);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!found[i].value) continue;
    std::vector<TrainingSample>& samples = *found[i].value;
    if (samples.empty()) out.unlabelled.push_back(entries[i].recording_id);
    std::move(samples.begin(), samples.end(), std::back_inserter(out.samples));
  }
  return out;
}

TrainingSample synthetic_sample(std::size_t index, std::uint64_t seed) {
  Random random(derived_seed(seed, index));
  const SleeperBody body = random_body(random);
  const MattressModel mattress = random_mattress(random);
  const Posture posture = model_postures[index % model_postures.size()];
  const SleeperPose pose = varied_pose(posture, random);
  MatGeometry mat;
  mat.rows = random.integer(36, 96);
  mat.cols = random.integer(20, 44);
  mat.row_pitch_m = random.uniform(1.75, 2.05) / mat.rows;
  mat.col_pitch_m = random.uniform(0.72, 1.00) / mat.cols;
  LieOptions coarse;
  coarse.fine_pitch_m = 0.02;  // finer than any mat here, and three times as fast
  const SimulatedLie lie = lie_down(body, pose, mattress, mat, coarse);
  return {{lie.pressure_pa, mat, posture}, "synthetic", true};
}

}  // namespace

std::string person_of(const StudyEntry& entry) {
  return entry.subject_id.empty() ? "recording " + entry.recording_id : entry.subject_id;
}

PostureSamples posture_samples(const std::vector<StudyEntry>& entries,
                               const CalibrationKnowledge& known,
                               const PostureSampleOptions& options) {
  return gathered(
      entries, outcomes_in_parallel(
                   entries.size(), options.jobs, "reading", options.progress, [&](std::size_t i) {
                     const Recording recording = read_entry(entries[i]);
                     return samples_of(entries[i], recording, calibrate(recording, known),
                                       options.maps_per_recording);
                   }));
}

PostureSamples posture_samples_by_other_mats(const std::vector<StudyEntry>& entries,
                                             const CalibrationKnowledge& known, std::uint64_t seed,
                                             const PostureSampleOptions& options) {
  return gathered(entries,
                  outcomes_in_parallel(entries.size(), options.jobs, "other mats", options.progress,
                                       [&](std::size_t i) {
                                         Random random(derived_seed(derived_seed(seed, 3), i));
                                         return samples_by_other_mats(entries[i], known,
                                                                      options.other_mats, random);
                                       }));
}

std::vector<TrainingSample> synthetic_posture_samples(int count, std::uint64_t seed,
                                                      const PostureSampleOptions& options) {
  std::vector<TrainingSample> samples(static_cast<std::size_t>(count));
  for_each_in_parallel(samples.size(), options.jobs, "simulating", options.progress,
                       [&](std::size_t i) { samples[i] = synthetic_sample(i, seed); });
  return samples;
}

}  // namespace matfit
