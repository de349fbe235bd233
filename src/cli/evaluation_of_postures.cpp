#include "cli/evaluation_text.hpp"
#include "cli/evaluations.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/evaluate_landmarks.hpp"
#include "pipeline/evaluate_postures.hpp"
#include "pipeline/knowledge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace matfit {

namespace {

using EntriesOfPeople = std::map<std::string, std::vector<StudyEntry>>;

EntriesOfPeople annotated_entries(const std::vector<StudyEntry>& entries,
                                  const std::vector<RecordingAnnotation>& annotations) {
  EntriesOfPeople annotated;
  for (const StudyEntry& e : entries) {
    const bool wanted =
        std::any_of(annotations.begin(), annotations.end(), [&](const RecordingAnnotation& a) {
          return a.key == e.recording_id || a.key == pmatdata_key(e.path);
        });
    if (wanted) annotated[person_of(e)].push_back(e);
  }
  return annotated;
}

// The annotated recordings through all stages, each person's with their own model.
LandmarkEvaluation compared_landmarks(const EvaluationSetting& setting, const JudgingModels& models,
                                      const std::string& annotation_file,
                                      std::vector<std::string>& failures) {
  const std::vector<RecordingAnnotation> annotations = read_landmark_annotations(annotation_file);
  const EntriesOfPeople annotated = annotated_entries(setting.entries, annotations);
  Knowledge known = load_knowledge(setting.calibration);
  BatchOptions batch;
  batch.jobs = setting.jobs;
  std::vector<RecordingResult> results;
  for (const auto& [person, theirs] : annotated) {
    known.postures = models.of(person);
    for (BatchItem& item : analyze_batch(theirs, known, batch)) {
      if (item.failure) failures.push_back(item.failure->message);
      if (item.result) results.push_back(std::move(*item.result));
    }
  }
  return evaluate_landmarks(results, annotations);
}

}  // namespace

int run_posture_evaluation(const EvaluationSetting& setting, const JudgingModels& models,
                           const PostureEvaluationOptions& options, Terminal& terminal) {
  EvaluatePosturesOptions postures;
  postures.single_frames = options.single_frames;
  postures.other_grid = options.other_grid;
  postures.jobs = setting.jobs;
  postures.progress = terminal.progress_of_steps();
  EvaluationReport report;
  report.split = models.split;
  if (const auto& grid = options.other_grid) {
    report.split += fmt::format("; recordings as mats of {}x{} cells would show them, seed {}",
                                grid->rows, grid->cols, grid->seed);
  }
  report.model = models.provenance;
  report.postures =
      evaluate_postures(setting.entries, setting.known, models.as_function(), postures);
  std::vector<std::string> failures = models.failures;
  if (options.landmarks) {
    report.landmarks = compared_landmarks(setting, models, *options.landmarks, failures);
  }
  failures.insert(failures.end(), report.postures.failures.begin(), report.postures.failures.end());
  return print_evaluation(failures, setting.json ? as_json(report) : as_text(report), terminal);
}

}  // namespace matfit
