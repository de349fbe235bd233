#include "pipeline/evaluate_postures.hpp"

#include "numeric/random.hpp"
#include "pipeline/mat_profiles.hpp"
#include "pipeline/other_mat.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/classify.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace matfit {

namespace {

std::size_t index_of(Posture p) { return static_cast<std::size_t>(p); }

void compare_timeline(const PostureTimeline& timeline, const PressureSeries& series,
                      const std::vector<Posture>& labels, EvaluatedRecording& out) {
  for (const PostureBout& bout : timeline.bouts) {
    JudgedFrames judged;
    judged.confidence = bout.posture == Posture::unknown ? 0.0 : bout.confidence;
    for (std::size_t i = bout.first_frame; i < bout.last_frame; ++i) {
      if (series.valid[i] == 0 || !is_lying(labels[i])) continue;
      ++out.labelled;
      judged.frames += 1.0;
      if (bout.posture == labels[i]) judged.right += 1.0;
      ++out.confusion[index_of(labels[i])][index_of(bout.posture)];
      if (is_lying(bout.posture)) {
        out.calibration.add(bout.confidence, bout.posture == labels[i], 1.0);
      }
    }
    out.judged.push_back(judged);
  }
}

void compare_single_frames(const PressureSeries& series, const std::vector<Posture>& labels,
                           const PostureModel& model, EvaluatedRecording& out) {
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] == 0 || !is_lying(labels[i])) continue;
    const PostureProbabilities p = model.predict(mean_field(series, i, i + 1, series.orientation));
    const auto answer = static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
    ++out.single_confusion[index_of(labels[i])][answer];
  }
}

std::string most_frequent(const std::vector<Posture>& labels) {
  std::array<std::size_t, posture_count> count{};
  for (const Posture p : labels) ++count[index_of(p)];
  const auto most = std::max_element(count.begin(), count.end()) - count.begin();
  return std::string(name_of(static_cast<Posture>(most)));
}

Recording on_other_grid(const Recording& recording, const PressureSeries& series,
                        const OtherGrid& grid, std::size_t index) {
  Random random(derived_seed(grid.seed, index));
  const OtherMat other = random_other_mat(grid.rows, grid.cols, random);
  return recorded_by(other, recording, series, random);
}

EvaluatedRecording evaluated(const std::vector<StudyEntry>& entries, std::size_t index,
                             const CalibrationKnowledge& known, const MatProfiles& profiles,
                             const PostureModel& model, const EvaluatePosturesOptions& options) {
  const StudyEntry& entry = entries[index];
  Recording recording = read_entry(entry);
  CalibrateOptions calibrate_options;
  calibrate_options.profile = profiles.of(entry);
  PressureSeries series = calibrate(recording, known, calibrate_options);
  if (options.other_grid) {
    recording = on_other_grid(recording, series, *options.other_grid, index);
    series = calibrate(recording, known);
  }
  ClassifyOptions classify_options;
  classify_options.bouts.least_confidence = known.least_posture_confidence;
  EvaluatedRecording out;
  out.recording_id = entry.recording_id;
  out.subject_id = person_of(entry);
  out.mattress_id = entry.mattress_id;
  out.condition = recording.condition;
  out.frames = recording.size();
  if (!recording.labels.empty()) {
    out.main_posture = most_frequent(recording.labels);
    compare_timeline(classify(series, model, classify_options), series, recording.labels, out);
    if (options.single_frames) compare_single_frames(series, recording.labels, model, out);
  }
  if (series.orientation.head_end != HeadEnd::unknown &&
      out.main_posture != name_of(Posture::empty)) {
    const HeadEnd stated = series.orientation.head_end;
    series.orientation.head_end = HeadEnd::unknown;
    const PostureTimeline without = classify(series, model, classify_options);
    out.head_end_right = without.orientation.head_end == stated;
    out.head_end_confidence = without.orientation.confidence;
  }
  return out;
}

}  // namespace

void CalibrationBins::add(double sure, bool was_right, double weight) {
  const auto bin = static_cast<std::size_t>(std::clamp(sure * 10.0, 0.0, 9.0));
  frames[bin] += weight;
  confidence[bin] += weight * sure;
  right[bin] += was_right ? weight : 0.0;
}

void CalibrationBins::add(const CalibrationBins& other) {
  for (std::size_t i = 0; i < frames.size(); ++i) {
    frames[i] += other.frames[i];
    confidence[i] += other.confidence[i];
    right[i] += other.right[i];
  }
}

double CalibrationBins::expected_error() const {
  double gap = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    gap += std::abs(confidence[i] - right[i]);
    total += frames[i];
  }
  return total > 0.0 ? gap / total : 0.0;
}

PostureEvaluation evaluate_postures(const std::vector<StudyEntry>& entries,
                                    const CalibrationKnowledge& known, const ModelForPerson& model,
                                    const EvaluatePosturesOptions& options) {
  const auto started = std::chrono::steady_clock::now();
  const MatProfiles profiles(entries);
  auto found = outcomes_in_parallel(
      entries.size(), options.jobs, "evaluating", options.progress, [&](std::size_t i) {
        return evaluated(entries, i, known, profiles, model(person_of(entries[i])), options);
      });
  PostureEvaluation evaluation;
  evaluation.failures = failures_of(entries, found);
  for (auto& outcome : found) {
    if (outcome.value) evaluation.recordings.push_back(std::move(*outcome.value));
  }
  evaluation.wall_s =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  return evaluation;
}

PostureScore score_of(const std::vector<const EvaluatedRecording*>& recordings) {
  PostureScore score;
  for (const EvaluatedRecording* r : recordings) {
    if (r->labelled > 0) ++score.recordings;
    score.labelled += r->labelled;
    std::size_t right = 0;
    for (std::size_t truth = 0; truth < posture_count; ++truth) {
      right += r->confusion[truth][truth];
      score.single_right += r->single_confusion[truth][truth];
      for (std::size_t answer = 0; answer < posture_count; ++answer) {
        if (is_lying(static_cast<Posture>(answer))) score.named += r->confusion[truth][answer];
        score.single_frames += r->single_confusion[truth][answer];
      }
    }
    score.right += right;
    if (2 * right > r->labelled) ++score.recordings_right;
    if (r->head_end_right) {
      ++score.head_ends;
      if (*r->head_end_right) ++score.head_ends_right;
    }
  }
  return score;
}

PostureScore score_of(const std::vector<const EvaluatedRecording*>& recordings, Posture posture) {
  const std::size_t truth = index_of(posture);
  PostureScore score;
  for (const EvaluatedRecording* r : recordings) {
    std::size_t labelled = 0;
    for (std::size_t answer = 0; answer < posture_count; ++answer) {
      labelled += r->confusion[truth][answer];
      if (is_lying(static_cast<Posture>(answer))) score.named += r->confusion[truth][answer];
      score.single_frames += r->single_confusion[truth][answer];
    }
    score.labelled += labelled;
    score.right += r->confusion[truth][truth];
    score.single_right += r->single_confusion[truth][truth];
    if (labelled > 0) ++score.recordings;
    if (labelled > 0 && 2 * r->confusion[truth][truth] > labelled) ++score.recordings_right;
  }
  return score;
}

std::string group_of(const EvaluatedRecording& recording, const std::string& grouping) {
  if (grouping == "person") return recording.subject_id;
  if (grouping == "mattress") return recording.mattress_id;
  if (grouping == "condition") return recording.condition;
  throw std::invalid_argument("group_of: no grouping named " + grouping);
}

}  // namespace matfit
