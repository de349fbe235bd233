#include "cli/judging_models.hpp"

#include "pipeline/posture_folds.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace matfit {

namespace {

std::string split_of(const PostureModel& model, const std::vector<StudyEntry>& entries) {
  std::string people;
  for (const auto& [key, value] : model.provenance()) {
    if (key == "people") people = " " + value + " ";
  }
  std::vector<std::string> seen;
  for (const StudyEntry& e : entries) {
    const std::string person = person_of(e);
    if (people.find(" " + person + " ") != std::string::npos &&
        std::find(seen.begin(), seen.end(), person) == seen.end()) {
      seen.push_back(person);
    }
  }
  if (seen.empty()) return "the model was trained on other people (ids)";
  return fmt::format("NOT a held-out figure: the model was trained on people with the ids {}",
                     fmt::join(seen, ", "));
}

}  // namespace

const PostureModel& JudgingModels::of(const std::string& person) const {
  const auto found = by_person.find(person);
  return found == by_person.end() ? for_others : found->second;
}

ModelForPerson JudgingModels::as_function() const {
  return [this](const std::string& person) -> const PostureModel& { return of(person); };
}

JudgingModels one_judging_model(const std::filesystem::path& path,
                                const std::vector<StudyEntry>& entries) {
  JudgingModels models;
  models.for_others = load_posture_model(path);
  models.split = split_of(models.for_others, entries);
  models.provenance = models.for_others.provenance();
  return models;
}

JudgingModels judging_models_leaving_one_out(const std::vector<StudyEntry>& entries,
                                             const CalibrationKnowledge& known,
                                             const TrainPosturesOptions& training) {
  PostureCorpus corpus = posture_corpus(entries, known, training);
  if (corpus.subjects.size() < 2) {
    throw UsageError("evaluate: --leave-one-subject-out needs two people or more");
  }
  JudgingModels models;
  models.failures = std::move(corpus.failures);
  models.by_person = models_leaving_one_out(corpus, training);
  models.for_others = models.by_person.begin()->second;
  models.split = fmt::format(
      "one person left out at a time; trained on the other people of these studies and {} "
      "made-up sleepers, seed {}",
      training.synthetic, training.seed);
  return models;
}

}  // namespace matfit
