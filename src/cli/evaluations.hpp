#pragma once

#include "cli/judging_models.hpp"
#include "cli/terminal.hpp"
#include "pipeline/evaluate_nights.hpp"
#include "pipeline/evaluate_postures.hpp"
#include "pipeline/evaluate_spines.hpp"
#include "pipeline/posture_splits.hpp"
#include "pipeline/train_postures.hpp"
#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What every evaluation is given, whatever is evaluated.
struct EvaluationSetting {
  std::vector<StudyEntry> entries;
  CalibrationKnowledge known;
  std::filesystem::path calibration;  // folder of the knowledge files
  std::uint64_t seed = 1;
  int jobs = 1;
  bool json = false;
};

// Each prints its figures, says its failures and gives the exit code.
int run_defect_evaluation(const EvaluationSetting& setting, Terminal& terminal);
int run_night_evaluation(const EvaluationSetting& setting, const JudgingModels& models,
                         EvaluateNightsOptions options, Terminal& terminal);
// `page`: where a page of the same figures and plots goes, if anywhere.
int run_spine_evaluation(const EvaluationSetting& setting, EvaluateSpinesOptions options,
                         const std::optional<std::string>& page, Terminal& terminal);
// Spines of one person on one mattress between recordings, and the doubts on them by condition.
int run_spine_agreement(const EvaluationSetting& setting, Terminal& terminal);
// `roll_model`: in place of the shipped one.
int run_roll_evaluation(const EvaluationSetting& setting,
                        const std::optional<std::string>& roll_model, Terminal& terminal);

struct PostureEvaluationOptions {
  bool single_frames = false;
  std::optional<std::string> landmarks;  // file of annotations
  std::optional<OtherGrid> other_grid;
};
int run_posture_evaluation(const EvaluationSetting& setting, const JudgingModels& models,
                           const PostureEvaluationOptions& options, Terminal& terminal);

// The table of splits (posture_splits.hpp), also as two coarse mats would show the recordings.
int run_split_evaluation(const EvaluationSetting& setting, const std::vector<NamedStudy>& studies,
                         TrainPosturesOptions training, Terminal& terminal);

// Says each once, as a recording that cannot be read fails in each part of an evaluation; then
// prints the figures. The exit code.
int print_evaluation(const std::vector<std::string>& failures, const std::string& figures,
                     Terminal& terminal);

}  // namespace matfit
