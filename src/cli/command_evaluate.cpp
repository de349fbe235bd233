#include "cli/command.hpp"
#include "cli/defect_evaluation_text.hpp"
#include "cli/evaluation_text.hpp"
#include "cli/night_evaluation_text.hpp"
#include "cli/roll_text.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/evaluate_defects.hpp"
#include "pipeline/evaluate_landmarks.hpp"
#include "pipeline/evaluate_nights.hpp"
#include "pipeline/evaluate_postures.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/train_roll.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <thread>

namespace matfit {

namespace {

constexpr OptionTable::Bounds job_bounds = {1, 1024};
constexpr const char* model_file = "posture_model.bin";

class EvaluateCommand final : public Command {
 public:
  std::string name() const override { return "evaluate"; }
  std::string synopsis() const override { return "STUDY... [OPTIONS]"; }
  std::string summary() const override { return "accuracy against labels, by person and posture"; }

  void declare(OptionTable& options) override {
    options.positional("STUDY...", paths_, 0, 100000,
                       "studies with labelled postures; none is needed for --nights");
    options.text("profile", profile_, "FILE",
                 "the mat's profile (see matfit calibrate), in place of the study's own");
    options.section("Split");
    options.text("model", model_, "FILE", "posture model (default: the shipped one)");
    options.flag("leave-one-subject-out", leave_one_out_,
                 "train for each person a model on the others of these studies");
    options.text_list("exclude-subjects", exclude_subjects_, "LIST", "people not to evaluate");
    options.number("synthetic", training_.synthetic, {0, 100000}, "N",
                   "made-up sleepers for --leave-one-subject-out");
    options.number("seed", seed_, {0, 2147483647}, "S",
                   "for --leave-one-subject-out, --nights and --defects");
    options.section("Landmarks");
    options.text("landmarks", landmarks_, "FILE",
                 "annotations as JSON; the annotated recordings are fitted and compared");
    options.section("Defects");
    options.flag("defects", defects_,
                 "put known faults into the recordings and count which are found, instead");
    options.section("Nights");
    options.number("nights", nights_.nights, {0, 10000}, "N",
                   "splice N nights from the people's recordings and make N of made-up sleepers, "
                   "and judge transitions, shifts and rest, instead");
    options.number("hours", nights_.hours, {1, 48}, "H", "length of each night");
    options.section("Roll");
    options.flag("roll", roll_,
                 "compare the roll of those on the side with the column roll_deg, instead");
    options.text("roll-model", roll_model_, "FILE",
                 "of matfit train --roll (default: the shipped one)");
    options.section("Output");
    options.flag("single-frames", single_frames_, "also judge each frame without its neighbours");
    options.flag("json", json_, "figures as JSON");
    options.number("jobs", jobs_, job_bounds, "N", "threads (default: all cores)");
  }

  void setup() override {
    if (paths_.empty() && nights_.nights == 0) {
      throw UsageError("evaluate: name a study with labelled postures, or ask for --nights");
    }
    if (paths_.empty() && leave_one_out_) {
      throw UsageError("evaluate: --leave-one-subject-out needs a study");
    }
    if (nights_.nights > 0 && (defects_ || landmarks_ || single_frames_ || profile_)) {
      throw UsageError(
          "evaluate: --nights goes without --defects, --landmarks, --single-frames and --profile");
    }
    if (leave_one_out_ && model_) {
      throw UsageError("evaluate: --model and --leave-one-subject-out exclude each other");
    }
    if (roll_model_ && !roll_) throw UsageError("evaluate: --roll-model goes with --roll");
    if (roll_ && (nights_.nights > 0 || defects_ || leave_one_out_ || model_ || landmarks_ ||
                  single_frames_)) {
      throw UsageError(
          "evaluate: --roll goes with no option on postures, landmarks, nights or defects");
    }
    if (defects_ && (leave_one_out_ || model_ || landmarks_ || single_frames_ || profile_)) {
      throw UsageError("evaluate: --defects goes with no option on postures or landmarks");
    }
    if (leave_one_out_ && profile_) {
      throw UsageError(
          "evaluate: --leave-one-subject-out trains on readings as they are and goes without "
          "--profile");
    }
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    std::vector<StudyEntry> entries = wanted_entries(terminal);
    const CalibrationKnowledge known = load_calibration_knowledge(context.calibration);
    if (defects_) return run_defects(entries, known, terminal);
    if (roll_) return run_roll(std::move(entries), context, terminal);
    if (leave_one_out_) {
      // What is judged is read as what is trained on.
      for (StudyEntry& entry : entries) entry.profile.clear();
    }
    EvaluatePosturesOptions options;
    options.single_frames = single_frames_;
    options.jobs = jobs();
    options.progress = [&terminal](const std::string& what, std::size_t done, std::size_t total) {
      terminal.progress(what, done, total);
    };

    EvaluationReport report;
    std::vector<std::string> failures;
    std::map<std::string, PostureModel> by_person;
    PostureModel one_model;
    if (leave_one_out_) {
      by_person = train_for_each(entries, known, options, failures);
      std::erase_if(entries,
                    [&](const StudyEntry& e) { return !by_person.contains(person_of(e)); });
      report.split = fmt::format(
          "one person left out at a time; trained on the other people of these studies and {} "
          "made-up sleepers, seed {}",
          training_.synthetic, seed_);
    } else {
      const std::filesystem::path path =
          model_ ? std::filesystem::path(*model_) : context.calibration / model_file;
      one_model = load_posture_model(path);
      report.split = split_of(one_model, entries);
      report.model = one_model.provenance();
    }
    const ModelForPerson model = [&](const std::string& person) -> const PostureModel& {
      const auto found = by_person.find(person);
      return found == by_person.end() ? one_model : found->second;
    };
    if (nights_.nights > 0) {
      if (leave_one_out_) one_model = by_person.begin()->second;  // sleepers are nobody's
      return run_nights(entries, known, model, report.split, std::move(failures), terminal);
    }
    report.postures = evaluate_postures(entries, known, model, options);
    if (landmarks_) {
      report.landmarks = compared_landmarks(entries, context, model, options, failures);
    }
    note(report.postures.failures, failures);
    for (const std::string& failure : failures) terminal.error(failure);
    terminal.data(json_ ? as_json(report) : as_text(report));
    return failures.empty() ? exit_all_well : exit_some_failed;
  }

 private:
  int jobs() const {
    return jobs_.value_or(static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
  }

  int run_defects(const std::vector<StudyEntry>& entries, const CalibrationKnowledge& known,
                  Terminal& terminal) const {
    EvaluateDefectsOptions options;
    options.seed = static_cast<std::uint64_t>(seed_);
    options.jobs = jobs();
    options.progress = [&terminal](const std::string& what, std::size_t done, std::size_t total) {
      terminal.progress(what, done, total);
    };
    const DefectEvaluation evaluation = evaluate_defects(entries, known, options);
    for (const std::string& failure : evaluation.failures) terminal.error(failure);
    terminal.data(json_ ? as_json(evaluation) : as_text(evaluation));
    return evaluation.failures.empty() ? exit_all_well : exit_some_failed;
  }

  int run_nights(const std::vector<StudyEntry>& entries, const CalibrationKnowledge& known,
                 const ModelForPerson& model, const std::string& split,
                 std::vector<std::string> failures, Terminal& terminal) const {
    EvaluateNightsOptions options = nights_;
    options.seed = static_cast<std::uint64_t>(seed_);
    options.jobs = jobs();
    options.progress = [&terminal](const std::string& what, std::size_t done, std::size_t total) {
      terminal.progress(what, done, total);
    };
    const NightEvaluation evaluation = evaluate_nights(entries, known, model, options);
    note(evaluation.failures, failures);
    for (const std::string& failure : failures) terminal.error(failure);
    terminal.data(json_ ? as_json(evaluation, split) : as_text(evaluation, split));
    return failures.empty() ? exit_all_well : exit_some_failed;
  }

  int run_roll(std::vector<StudyEntry> entries, const CommandContext& context,
               Terminal& terminal) const {
    std::erase_if(entries, [](const StudyEntry& e) { return !e.roll_rad; });
    Knowledge known = load_knowledge(context.calibration);
    if (roll_model_) known.roll = load_roll_model(*roll_model_);
    BatchOptions batch;
    batch.jobs = jobs();
    const std::vector<BatchItem> items = analyze_batch(entries, known, batch);
    bool failed = false;
    for (const BatchItem& item : items) {
      if (item.failure) terminal.error(item.failure->message);
      failed = failed || item.failure;
    }
    terminal.data(as_text(compare_rolls(entries, items), "person"));
    return failed ? exit_some_failed : exit_all_well;
  }

  std::vector<StudyEntry> wanted_entries(Terminal& terminal) const {
    if (paths_.empty()) return {};
    EntryRequest request;
    for (const std::string& path : paths_) request.paths.emplace_back(path);
    if (profile_) request.profile = *profile_;
    FoundEntries found = gather_entries(request);
    for (const std::string& skipped : found.skipped) terminal.warning(skipped);
    std::erase_if(found.entries, [&](const StudyEntry& e) {
      return std::find(exclude_subjects_.begin(), exclude_subjects_.end(), person_of(e)) !=
             exclude_subjects_.end();
    });
    if (found.entries.empty()) throw UsageError("evaluate: no recording is left to evaluate");
    return std::move(found.entries);
  }

  std::map<std::string, PostureModel> train_for_each(const std::vector<StudyEntry>& entries,
                                                     const CalibrationKnowledge& known,
                                                     const EvaluatePosturesOptions& options,
                                                     std::vector<std::string>& failures) {
    training_.use_seed(static_cast<std::uint64_t>(seed_));
    training_.samples.jobs = options.jobs;
    training_.samples.progress = options.progress;
    const PostureCorpus corpus = posture_corpus(entries, known, training_);
    note(corpus.failures, failures);
    if (corpus.subjects.size() < 2) {
      throw UsageError("evaluate: --leave-one-subject-out needs two people or more");
    }
    return models_leaving_one_out(corpus, training_);
  }

  // A recording that cannot be read fails in each part of an evaluation, and is said once.
  static void note(const std::vector<std::string>& more, std::vector<std::string>& failures) {
    for (const std::string& failure : more) {
      if (std::find(failures.begin(), failures.end(), failure) == failures.end()) {
        failures.push_back(failure);
      }
    }
  }

  // The annotated recordings through all stages, each person's with their own model.
  LandmarkEvaluation compared_landmarks(const std::vector<StudyEntry>& entries,
                                        const CommandContext& context, const ModelForPerson& model,
                                        const EvaluatePosturesOptions& options,
                                        std::vector<std::string>& failures) const {
    const std::vector<RecordingAnnotation> annotations = read_landmark_annotations(*landmarks_);
    std::map<std::string, std::vector<StudyEntry>> annotated;  // by person
    for (const StudyEntry& e : entries) {
      const bool wanted =
          std::any_of(annotations.begin(), annotations.end(), [&](const RecordingAnnotation& a) {
            return a.key == e.recording_id || a.key == pmatdata_key(e.path);
          });
      if (wanted) annotated[person_of(e)].push_back(e);
    }
    Knowledge known = load_knowledge(context.calibration);
    BatchOptions batch;
    batch.jobs = options.jobs;
    std::vector<RecordingResult> results;
    for (const auto& [person, theirs] : annotated) {
      known.postures = model(person);
      for (BatchItem& item : analyze_batch(theirs, known, batch)) {
        if (item.failure) note({item.failure->message}, failures);
        if (item.result) results.push_back(std::move(*item.result));
      }
    }
    return evaluate_landmarks(results, annotations);
  }

  // Says plainly whether the model knows the people that it is judged on.
  static std::string split_of(const PostureModel& model, const std::vector<StudyEntry>& entries) {
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

  std::vector<std::string> paths_;
  std::optional<std::string> profile_;
  std::optional<std::string> model_;
  std::optional<std::string> landmarks_;
  bool leave_one_out_ = false;
  std::vector<std::string> exclude_subjects_;
  bool single_frames_ = false;
  bool defects_ = false;
  bool roll_ = false;
  std::optional<std::string> roll_model_;
  bool json_ = false;
  int seed_ = 1;
  EvaluateNightsOptions nights_{.nights = 0, .progress = {}};
  std::optional<int> jobs_;
  TrainPosturesOptions training_;
};

}  // namespace

std::unique_ptr<Command> make_evaluate_command() { return std::make_unique<EvaluateCommand>(); }

}  // namespace matfit
