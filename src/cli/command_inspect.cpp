#include "cli/command.hpp"
#include "cli/inspection_text.hpp"
#include "cli/jobs_flag.hpp"
#include "cli/read_flags.hpp"
#include "generated/version.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/study_checks.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace matfit {

namespace {

namespace fs = std::filesystem;

class InspectCommand final : public Command {
 public:
  std::string name() const override { return "inspect"; }
  std::string synopsis() const override { return "FILE|STUDY [--json] [OPTIONS]"; }
  std::string summary() const override { return "what recordings hold and how good they are"; }

  void declare(OptionTable& options) override {
    options.positional("FILE|STUDY", paths_, 1, 1,
                       "a recording, or a study or folder of recordings for a table of them");
    options.flag("json", json_, "one JSON document instead of lines");
    options.text("page", page_, "FILE.html",
                 "also write a page: map, defects and load of a recording, table of a study");
    jobs_.declare(options, "recordings of a study at a time (default: all cores)");
    options.number("mass-kg", mass_kg_, {2.0, 400.0}, "KG",
                   "the person's mass, to prove or find the units of one recording");
    options.text("profile", profile_, "FILE", "the mat's profile (see matfit calibrate)");
    read_flags_.declare(options);
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    return fs::is_directory(paths_[0]) ? inspect_study(context, terminal)
                                       : inspect_recording(context, terminal);
  }

 private:
  int inspect_recording(const CommandContext& context, Terminal& terminal) const {
    const Knowledge known = load_knowledge(context.calibration);
    Recording recording = read_recording(paths_[0], read_flags_.values());
    if (mass_kg_) {
      if (!recording.subject) recording.subject = Subject{};
      recording.subject->mass_kg = mass_kg_;
    }
    AnalyzeOptions options;
    if (profile_) {
      recording.mat.profile = *profile_;
      options.calibrate.profile = std::make_shared<const MatProfile>(read_profile(*profile_));
    }
    const PressureSeries series = observe(recording, known, options).series;
    const Inspection inspection = inspection_of(recording, series);
    if (page_) write_inspection_page(inspection, version, *page_);
    terminal.data(json_ ? inspection_json(recording, series) : inspection_text(inspection));
    return exit_all_well;
  }

  int inspect_study(const CommandContext& context, Terminal& terminal) const {
    if (mass_kg_) {
      throw UsageError("inspect: --mass-kg is one person's; state the masses in subjects.csv");
    }
    EntryRequest request;
    request.paths = {paths_[0]};
    request.read = read_flags_.values();
    if (profile_) request.profile = *profile_;
    const FoundEntries found = gather_entries(request);
    for (const std::string& skipped : found.skipped) terminal.warning("skipped " + skipped);
    if (found.entries.empty()) {
      throw UsageError(fmt::format("{}: holds no recording; see matfit formats", paths_[0]));
    }
    const Knowledge known = load_knowledge(context.calibration);
    BatchOptions batch;
    batch.work = observed_result;
    batch.jobs = jobs_.value();
    batch.finished = [&terminal](const BatchItem&, std::size_t done, std::size_t total) {
      terminal.progress("inspecting", done, total);
    };
    const StudyInspection inspection =
        study_inspection(paths_[0], analyze_batch(found.entries, known, batch), known.calibration);
    if (page_) write_inspection_page(inspection, version, *page_);
    terminal.data(json_ ? inspection_json(inspection) : inspection_text(inspection));
    for (const RecordingFailure& failure : inspection.failures) terminal.error(failure.message);
    return inspection.failures.empty() ? exit_all_well : exit_some_failed;
  }

  static StudyInspection study_inspection(const std::string& study, std::vector<BatchItem> items,
                                          const CalibrationKnowledge& known) {
    StudyInspection out;
    out.study = study;
    out.findings = findings_across(items, known);
    for (BatchItem& item : items) {
      if (item.failure) out.failures.push_back(std::move(*item.failure));
      if (item.result) out.recordings.push_back(std::move(*item.result));
    }
    mark_findings(out.recordings, out.findings);
    return out;
  }

  std::vector<std::string> paths_;
  bool json_ = false;
  JobsFlag jobs_;
  std::optional<std::string> page_;
  std::optional<double> mass_kg_;
  std::optional<std::string> profile_;
  ReadFlags read_flags_;
};

}  // namespace

std::unique_ptr<Command> make_inspect_command() { return std::make_unique<InspectCommand>(); }

}  // namespace matfit
