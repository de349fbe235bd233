#pragma once

#include "pipeline/accuracy_at_coverage.hpp"
#include "pipeline/train_postures.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "stages/classify/posture_model.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// Ten bins of confidence for the expected calibration error.
struct CalibrationBins {
  std::array<double, 10> frames{};
  std::array<double, 10> confidence{};  // sum
  std::array<double, 10> right{};

  void add(double sure, bool was_right, double weight);
  void add(const CalibrationBins& other);
  // Mean gap between confidence and accuracy (Naeini, AAAI 2015).
  double expected_error() const;
};

// How one recording's answers compare with its labels.
struct EvaluatedRecording {
  std::string recording_id;
  std::string subject_id;
  std::string mattress_id;
  std::string condition;
  std::size_t frames = 0;    // all
  std::size_t labelled = 0;  // valid and labelled with a lying posture
  // Labelled frames by truth and answer, indexed by posture number.
  std::array<std::array<std::size_t, posture_count>, posture_count> confusion{};
  // The same for each frame on its own, without its neighbours; only if asked for.
  std::array<std::array<std::size_t, posture_count>, posture_count> single_confusion{};
  CalibrationBins calibration;
  // All labelled frames by their answer's confidence; "unknown" has none and is never right.
  std::vector<JudgedFrames> judged;
  std::optional<bool> head_end_right;  // with the head end withheld; absent where none was stated
  double head_end_confidence = 0.0;
  std::string main_posture;  // the most frequent label
};

struct PostureEvaluation {
  std::vector<EvaluatedRecording> recordings;  // in the order of the entries
  std::vector<std::string> failures;           // "ID: REASON"
  double wall_s = 0.0;
};

// The grid of a mat that recordings are shown by in place of their own.
struct OtherGrid {
  int rows = 0;
  int cols = 0;
  std::uint64_t seed = 1;  // of the mats drawn, one a recording
};

struct EvaluatePosturesOptions {
  bool single_frames = false;
  // Each recording as a mat of another make and size would have made it (other_mat.hpp).
  std::optional<OtherGrid> other_grid;
  int jobs = 1;
  StepProgress progress;
};

// The model to be used for an entry's person: one model, or one that never saw that person.
using ModelForPerson = std::function<const PostureModel&(const std::string& subject_id)>;

// Runs acquire, calibrate and classify over the entries and compares with their labels; entries
// without labels of a lying posture only count for the head end.
PostureEvaluation evaluate_postures(const std::vector<StudyEntry>& entries,
                                    const CalibrationKnowledge& known, const ModelForPerson& model,
                                    const EvaluatePosturesOptions& options);

// Sums over recordings.
struct PostureScore {
  std::size_t recordings = 0;
  std::size_t labelled = 0;
  std::size_t right = 0;
  std::size_t named = 0;  // labelled frames that were given a lying posture
  std::size_t single_frames = 0;
  std::size_t single_right = 0;
  std::size_t recordings_right = 0;  // more than half of the labelled frames right
  std::size_t head_ends = 0;
  std::size_t head_ends_right = 0;
};

PostureScore score_of(const std::vector<const EvaluatedRecording*>& recordings);

// The same for the frames labelled with one posture; head ends are not counted.
PostureScore score_of(const std::vector<const EvaluatedRecording*>& recordings, Posture posture);

// "person", "mattress" or "condition" of a recording.
std::string group_of(const EvaluatedRecording& recording, const std::string& grouping);

}  // namespace matfit
