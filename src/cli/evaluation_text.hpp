#pragma once

#include "pipeline/evaluate_landmarks.hpp"
#include "pipeline/evaluate_postures.hpp"
#include "pipeline/posture_splits.hpp"
#include "stages/classify/posture_model.hpp"

#include <optional>
#include <string>

namespace matfit {

// What `matfit evaluate` found, and on which split.
struct EvaluationReport {
  std::string split;
  Provenance model;  // empty where a model was trained for each person
  PostureEvaluation postures;
  std::optional<LandmarkEvaluation> landmarks;
};

std::string as_text(const EvaluationReport& report);
std::string as_json(const EvaluationReport& report);

// A Markdown table, a line a split; shares of frames in %, of recordings for the head end.
std::string as_text(const PostureSplits& splits);

}  // namespace matfit
