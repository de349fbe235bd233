#include "pipeline/posture_splits.hpp"

#include "pipeline/posture_folds.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace matfit {

namespace {

void note(const std::vector<std::string>& more, std::vector<std::string>& failures) {
  for (const std::string& failure : more) {
    if (std::find(failures.begin(), failures.end(), failure) == failures.end()) {
      failures.push_back(failure);
    }
  }
}

// Adds a line a mattress, on the study's own mats and on each grid.
void judge(const NamedStudy& study, const std::string& kept_out, const ModelForPerson& model,
           const CalibrationKnowledge& known, const EvaluatePosturesOptions& evaluation,
           const std::vector<OtherGrid>& grids, PostureSplits& out) {
  std::vector<std::optional<OtherGrid>> mats = {std::nullopt};
  mats.insert(mats.end(), grids.begin(), grids.end());
  for (const std::optional<OtherGrid>& grid : mats) {
    EvaluatePosturesOptions options = evaluation;
    options.other_grid = grid;
    PostureEvaluation found = evaluate_postures(study.entries, known, model, options);
    note(found.failures, out.failures);
    std::map<std::string, std::vector<EvaluatedRecording>> by_mattress;
    for (EvaluatedRecording& r : found.recordings) {
      by_mattress[r.mattress_id].push_back(std::move(r));
    }
    for (auto& [mattress, recordings] : by_mattress) {
      PostureSplit split;
      split.kept_out = kept_out;
      split.data = by_mattress.size() > 1 ? study.name + ", " + mattress : study.name;
      split.mat = grid ? fmt::format("{} x {}", grid->rows, grid->cols) : "its own";
      split.recordings = std::move(recordings);
      out.splits.push_back(std::move(split));
    }
  }
}

// People of the other study who are also in the corpus.
std::vector<std::string> shared_people(const PostureCorpus& corpus, const NamedStudy& other) {
  std::set<std::string> people;
  for (const StudyEntry& entry : other.entries) people.insert(person_of(entry));
  std::vector<std::string> shared;
  for (const std::string& subject : corpus.subjects) {
    if (people.contains(subject)) shared.push_back(subject);
  }
  return shared;
}

// Where nobody is to be kept out, the folds that are there already tell the temperatures.
PostureModel model_of_others(const NamedStudy& first, const PostureCorpus& corpus,
                             const std::vector<PostureFold>& folds,
                             const std::vector<std::string>& kept_out,
                             const CalibrationKnowledge& known,
                             const TrainPosturesOptions& training) {
  if (kept_out.empty()) {
    std::vector<const PostureFold*> all;
    for (const PostureFold& fold : folds) all.push_back(&fold);
    return model_without(corpus, {}, training, temperatures_of(all));
  }
  TrainPosturesOptions without = training;
  without.exclude_subjects = kept_out;
  return train_postures(first.entries, known, without).model;
}

}  // namespace

PostureSplits evaluate_posture_splits(const std::vector<NamedStudy>& studies,
                                      const CalibrationKnowledge& known,
                                      const TrainPosturesOptions& training,
                                      const EvaluatePosturesOptions& evaluation,
                                      const std::vector<OtherGrid>& grids) {
  const NamedStudy& first = studies.at(0);
  const PostureCorpus corpus = posture_corpus(first.entries, known, training);
  if (corpus.subjects.size() < 2) {
    throw UsageError("evaluate: --splits needs two people or more in the first study");
  }
  PostureSplits out;
  note(corpus.failures, out.failures);
  const std::vector<PostureFold> folds = posture_folds(corpus, training);
  const std::map<std::string, PostureModel> by_person = models_leaving_one_out(folds);
  const auto of_person = [&](const std::string& person) -> const PostureModel& {
    const auto found = by_person.find(person);
    return found == by_person.end() ? by_person.begin()->second : found->second;
  };
  judge(first, "one person at a time", of_person, known, evaluation, grids, out);
  for (std::size_t i = 1; i < studies.size(); ++i) {
    const std::vector<std::string> shared = shared_people(corpus, studies[i]);
    const PostureModel model = model_of_others(first, corpus, folds, shared, known, training);
    const std::string kept_out = fmt::format("mat and people; {} others learned from",
                                             corpus.subjects.size() - shared.size());
    judge(
        studies[i], kept_out, [&](const std::string&) -> const PostureModel& { return model; },
        known, evaluation, grids, out);
  }
  return out;
}

}  // namespace matfit
