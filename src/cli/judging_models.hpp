#pragma once

#include "pipeline/evaluate_postures.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace matfit {

// The posture models that judge people, and what they had seen of them.
struct JudgingModels {
  std::map<std::string, PostureModel> by_person;
  PostureModel for_others;
  std::string split;
  Provenance provenance;  // empty where a model was trained for each person
  std::vector<std::string> failures;

  const PostureModel& of(const std::string& person) const;
  ModelForPerson as_function() const;  // for as long as this lives
};

// One model for all; the split says plainly whether it knows people of the entries.
JudgingModels one_judging_model(const std::filesystem::path& path,
                                const std::vector<StudyEntry>& entries);

// For each person of the entries a model trained on the others, the first of them for anybody else.
// Throws UsageError where there are fewer than two people.
JudgingModels judging_models_leaving_one_out(const std::vector<StudyEntry>& entries,
                                             const CalibrationKnowledge& known,
                                             const TrainPosturesOptions& training);

}  // namespace matfit
