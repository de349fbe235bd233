#pragma once

#include "pipeline/evaluate_postures.hpp"
#include "pipeline/train_postures.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"

#include <string>
#include <vector>

namespace matfit {

struct NamedStudy {
  std::string name;
  std::vector<StudyEntry> entries;
};

// One line of the table of splits: who was kept out, and how their recordings were answered.
struct PostureSplit {
  std::string kept_out;
  std::string data;  // study, with the mattress where it has several
  std::string mat;   // "its own", or the grid of the mats that show the recordings
  std::vector<EvaluatedRecording> recordings;
};

struct PostureSplits {
  std::vector<PostureSplit> splits;
  std::vector<std::string> failures;  // "ID: REASON"
};

// The first study with one person left out at a time; every other study by a model of the first
// that has seen none of its people. Each on its own mats and as mats of these grids would show it.
// Throws UsageError where the first study has fewer than two people with labelled postures.
PostureSplits evaluate_posture_splits(const std::vector<NamedStudy>& studies,
                                      const CalibrationKnowledge& known,
                                      const TrainPosturesOptions& training,
                                      const EvaluatePosturesOptions& evaluation,
                                      const std::vector<OtherGrid>& grids);

}  // namespace matfit
