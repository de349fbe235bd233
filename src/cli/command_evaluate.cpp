#include "cli/command.hpp"
#include "cli/evaluations.hpp"
#include "cli/jobs_flag.hpp"
#include "pipeline/gather.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace matfit {

namespace {

constexpr const char* model_file = "posture_model.bin";

class EvaluateCommand final : public Command {
 public:
  std::string name() const override { return "evaluate"; }
  std::string synopsis() const override { return "STUDY... [OPTIONS]"; }
  std::string summary() const override { return "accuracy against labels, by person and posture"; }

  void declare(OptionTable& options) override {
    options.positional("STUDY...", paths_, 0, 100000,
                       "studies with labelled postures; none is needed for --nights and --truth");
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
                   "for --leave-one-subject-out, --other-mat, --nights, --defects and --truth");
    options.flag("splits", splits_,
                 "the table of splits: the first study with one person left out at a time, each "
                 "other study by a model of the first without its people, and all as mats of "
                 "40x26 and 30x11 cells would show them");
    options.text("other-mat", other_mat_, "ROWSxCOLS",
                 "show each recording as a mat of so many cells would have made it: of any size, "
                 "response, range and faults, either end at the head, either side up, the body "
                 "shifted and of another stature");
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
    options.section("Spine");
    options.flag("spines", agreement_,
                 "compare the spines of one person on one mattress between recordings, left with "
                 "right too, and count the doubts on them, instead");
    options.text("mattresses", mattresses_, "FILE",
                 "for --spines, in place of the studies' mattresses.csv");
    options.number_or_usual("truth", truth_, spines_.cases, {1, 1000000}, "N",
                            fmt::format("put N made-up people on made-up mattresses, on three "
                                        "mats, and judge their spines, instead; {} by default",
                                        spines_.cases));
    options.text("departure", departure_, "NAME",
                 fmt::format("the made-up world does one thing otherwise than assumed, on "
                             "purpose: {}; all: N cases with each",
                             fmt::join(departure_names(), ", ")));
    options.flag("measured-breadths", spines_.measured_breadths,
                 "breadths of shoulders, waist and hips are stated too");
    options.text("page", page_, "FILE.html",
                 "also write a page of the figures of --truth, with plots");
    options.section("Output");
    options.flag("single-frames", single_frames_, "also judge each frame without its neighbours");
    options.flag("json", json_, "figures as JSON");
    jobs_.declare(options);
  }

  void setup() override {
    if (truth_) {
      set_up_truth();
      return;
    }
    if (departure_ || spines_.measured_breadths || page_) {
      throw UsageError("evaluate: --departure, --measured-breadths and --page go with --truth");
    }
    if (paths_.empty() && nights_.nights == 0) {
      throw UsageError(
          "evaluate: name a study with labelled postures, or ask for --nights or --truth");
    }
    if (paths_.empty() && leave_one_out_) {
      throw UsageError("evaluate: --leave-one-subject-out needs a study");
    }
    if (mattresses_ && !agreement_) throw UsageError("evaluate: --mattresses goes with --spines");
    if (agreement_ && (nights_.nights > 0 || defects_ || leave_one_out_ || model_ || landmarks_ ||
                       single_frames_ || roll_ || other_mat_ || splits_ || json_)) {
      throw UsageError("evaluate: --spines goes with no option of another part, nor with --json");
    }
    if (nights_.nights > 0 && (defects_ || landmarks_ || single_frames_ || profile_)) {
      throw UsageError(
          "evaluate: --nights goes without --defects, --landmarks, --single-frames and --profile");
    }
    if (leave_one_out_ && model_) {
      throw UsageError("evaluate: --model and --leave-one-subject-out exclude each other");
    }
    if (splits_ && (model_ || profile_ || leave_one_out_ || other_mat_ || landmarks_ || defects_ ||
                    roll_ || nights_.nights > 0 || single_frames_ || json_ ||
                    !exclude_subjects_.empty() || paths_.empty())) {
      throw UsageError("evaluate: --splits takes studies, --synthetic, --seed and --jobs alone");
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
    if (other_mat_) {
      if (nights_.nights > 0 || defects_ || roll_ || landmarks_) {
        throw UsageError("evaluate: --other-mat is for postures alone");
      }
      other_grid();
    }
    if (leave_one_out_ && profile_) {
      throw UsageError(
          "evaluate: --leave-one-subject-out trains on readings as they are and goes without "
          "--profile");
    }
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    EvaluationSetting setting;
    setting.entries = wanted_entries(terminal);
    setting.known = load_calibration_knowledge(context.calibration);
    setting.calibration = context.calibration;
    setting.seed = static_cast<std::uint64_t>(seed_);
    setting.jobs = jobs_.value();
    setting.json = json_;
    if (truth_) return run_spine_evaluation(setting, spines_, page_, terminal);
    if (splits_) return run_split_evaluation(setting, studies(terminal), training_, terminal);
    if (defects_) return run_defect_evaluation(setting, terminal);
    if (agreement_) return run_spine_agreement(setting, terminal);
    if (roll_) return run_roll_evaluation(setting, roll_model_, terminal);
    const std::filesystem::path file =
        model_ ? std::filesystem::path(*model_) : context.calibration / model_file;
    const JudgingModels models = leave_one_out_ ? trained_for_each(setting, terminal)
                                                : one_judging_model(file, setting.entries);
    if (nights_.nights > 0) return run_night_evaluation(setting, models, nights_, terminal);
    PostureEvaluationOptions options = {single_frames_, landmarks_, std::nullopt};
    if (other_mat_) options.other_grid = other_grid();
    return run_posture_evaluation(setting, models, options, terminal);
  }

 private:
  static std::vector<std::string> departure_names() {
    std::vector<std::string> names;
    for (int i = 0; i <= static_cast<int>(Departure::pose); ++i) {
      names.emplace_back(name_of(static_cast<Departure>(i)));
    }
    return names;
  }

  void set_up_truth() {
    if (!paths_.empty() || profile_ || model_ || leave_one_out_ || !exclude_subjects_.empty() ||
        splits_ || other_mat_ || landmarks_ || defects_ || nights_.nights > 0 || roll_ ||
        roll_model_ || single_frames_ || agreement_ || mattresses_) {
      throw UsageError(
          "evaluate: --truth takes --departure, --measured-breadths, --page, --seed, --jobs and "
          "--json alone");
    }
    spines_.cases = *truth_;
    if (!departure_) return;
    spines_.departures.clear();
    for (const std::string& name : departure_names()) {
      if (*departure_ == "all" || *departure_ == name) {
        spines_.departures.push_back(departure_from_name(name).value());
      }
    }
    if (spines_.departures.empty()) {
      throw UsageError(fmt::format("--departure: got '{}', expected one of {}, all", *departure_,
                                   fmt::join(departure_names(), ", ")));
    }
  }

  OtherGrid other_grid() const {
    OtherGrid grid;
    grid.seed = static_cast<std::uint64_t>(seed_);
    const char* const end = other_mat_->data() + other_mat_->size();
    const auto rows = std::from_chars(other_mat_->data(), end, grid.rows);
    const bool has_cols = rows.ec == std::errc{} && rows.ptr != end && *rows.ptr == 'x';
    const auto cols = has_cols ? std::from_chars(rows.ptr + 1, end, grid.cols) : rows;
    if (!has_cols || cols.ec != std::errc{} || cols.ptr != end || grid.rows < 8 ||
        grid.rows > 512 || grid.cols < 8 || grid.cols > 512) {
      throw UsageError("evaluate: --other-mat " + *other_mat_ +
                       ": expected rows and columns from 8 to 512, such as 40x26");
    }
    return grid;
  }

  std::vector<StudyEntry> entries_of_paths(const std::vector<std::string>& paths,
                                           Terminal& terminal) const {
    EntryRequest request;
    for (const std::string& path : paths) request.paths.emplace_back(path);
    if (profile_) request.profile = *profile_;
    if (mattresses_) request.mattresses_csv = *mattresses_;
    FoundEntries found = gather_entries(request);
    for (const std::string& skipped : found.skipped) terminal.warning(skipped);
    return std::move(found.entries);
  }

  std::vector<NamedStudy> studies(Terminal& terminal) const {
    std::vector<NamedStudy> found;
    for (const std::string& path : paths_) {
      found.push_back({std::filesystem::path(path).lexically_normal().filename().string(),
                       entries_of_paths({path}, terminal)});
      // A table of splits is of readings as they are, whatever profile a study names.
      for (StudyEntry& entry : found.back().entries) entry.profile.clear();
    }
    return found;
  }

  std::vector<StudyEntry> wanted_entries(Terminal& terminal) const {
    if (paths_.empty() || splits_) return {};
    std::vector<StudyEntry> entries = entries_of_paths(paths_, terminal);
    std::erase_if(entries, [&](const StudyEntry& e) {
      return std::find(exclude_subjects_.begin(), exclude_subjects_.end(), person_of(e)) !=
             exclude_subjects_.end();
    });
    if (entries.empty()) throw UsageError("evaluate: no recording is left to evaluate");
    return entries;
  }

  // Leaves the entries of people for whom there is a model.
  JudgingModels trained_for_each(EvaluationSetting& setting, Terminal& terminal) {
    // What is judged is read as what is trained on.
    for (StudyEntry& entry : setting.entries) entry.profile.clear();
    training_.use_seed(setting.seed);
    training_.samples.jobs = setting.jobs;
    training_.samples.progress = terminal.progress_of_steps();
    JudgingModels models =
        judging_models_leaving_one_out(setting.entries, setting.known, training_);
    std::erase_if(setting.entries,
                  [&](const StudyEntry& e) { return !models.by_person.contains(person_of(e)); });
    return models;
  }

  std::vector<std::string> paths_;
  std::optional<std::string> profile_;
  std::optional<std::string> model_;
  std::optional<std::string> landmarks_;
  std::optional<std::string> other_mat_;
  bool leave_one_out_ = false;
  bool splits_ = false;
  std::vector<std::string> exclude_subjects_;
  bool single_frames_ = false;
  bool defects_ = false;
  bool roll_ = false;
  std::optional<std::string> roll_model_;
  bool agreement_ = false;
  std::optional<std::string> mattresses_;
  bool json_ = false;
  int seed_ = 1;
  EvaluateNightsOptions nights_{.nights = 0, .progress = {}};
  std::optional<int> truth_;
  std::optional<std::string> departure_;
  std::optional<std::string> page_;
  EvaluateSpinesOptions spines_;
  JobsFlag jobs_;
  TrainPosturesOptions training_;
};

}  // namespace

std::unique_ptr<Command> make_evaluate_command() { return std::make_unique<EvaluateCommand>(); }

}  // namespace matfit
