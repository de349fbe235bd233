#include "cli/command.hpp"
#include "cli/jobs_flag.hpp"
#include "cli/read_flags.hpp"
#include "generated/version.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/mat_profiles.hpp"
#include "pipeline/results_folder.hpp"
#include "stages/acquire/sha256.hpp"
#include "types/error.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace matfit {

namespace {

namespace fs = std::filesystem;

class AnalyzeCommand final : public Command {
 public:
  std::string name() const override { return "analyze"; }
  std::string synopsis() const override { return "PATH... --out DIR [OPTIONS]"; }
  std::string summary() const override {
    return "recordings in; posture, spine, hotspots, mattress fit and pages out";
  }

  void declare(OptionTable& options) override {
    options.positional("PATH...", paths_, 1, 100000,
                       "study folders, recordings or folders of recordings");
    options.section("Results");
    options.text("out", out_, "DIR", "folder for the results");
    options.text_list("formats", formats_, "LIST", "which files to write: json,csv,h5,html");
    jobs_.declare(options, "recordings at a time (default: all cores)");
    options.section("Tables in place of the study's own");
    options.text("subjects", subjects_, "FILE", "subjects.csv");
    options.text("mattresses", mattresses_, "FILE", "mattresses.csv");
    options.text("profile", profile_, "FILE", "the mat's profile (see matfit calibrate)");
    read_flags_.declare(options);
  }

  void setup() override {
    if (out_.empty()) throw UsageError("analyze: --out DIR is missing: where to put the results");
    formats_to_write_ = result_formats_named(formats_);
    jobs_.settle();
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    const auto started = std::chrono::system_clock::now();
    const auto clock_start = std::chrono::steady_clock::now();
    const std::vector<StudyEntry> entries = gather(terminal);
    const Knowledge known = load_knowledge(context.calibration);
    const ResultsFolder folder(out_, formats_to_write_, entries);

    BatchOptions batch;
    batch.jobs = jobs_.value();
    batch.store = [&folder](const RecordingResult& result) { folder.store(result); };
    batch.finished = [&terminal](const BatchItem& item, std::size_t done, std::size_t total) {
      if (item.failure) terminal.error(item.failure->message);
      terminal.progress("analysing", done, total);
    };
    const std::vector<BatchItem> items = analyze_batch(entries, known, batch);

    RunInfo run;
    run.version = version;
    run.command_line = context.command_line;
    run.effective_options = context.effective_options;
    run.knowledge = known.files;
    for (auto& profile : profile_sums(entries)) run.knowledge.push_back(std::move(profile));
    for (const fs::path& table : tables_of(request())) {
      run.tables.push_back({table.string(), sha256_of_file(table)});
    }
    run.started_utc = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}",
                                  fmt::gmtime(std::chrono::system_clock::to_time_t(started)));
    run.threads = batch.jobs;
    run.findings = findings_across(items, known.calibration);
    for (const StudyFinding& f : run.findings) terminal.warning(f.code + ": " + f.text);
    run.wall_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - clock_start).count();
    folder.finish(items, std::move(run));

    const auto failed = static_cast<std::size_t>(
        std::count_if(items.begin(), items.end(), [](const BatchItem& i) { return !i.result; }));
    terminal.info(fmt::format(
        "{} of {} recordings analysed in {:.1f} s; results in {}", items.size() - failed,
        items.size(),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - clock_start).count(),
        out_));
    return failed == 0 ? exit_all_well : exit_some_failed;
  }

 private:
  EntryRequest request() const {
    EntryRequest request;
    request.read = read_flags_.values();
    if (subjects_) request.subjects_csv = *subjects_;
    if (mattresses_) request.mattresses_csv = *mattresses_;
    if (profile_) request.profile = *profile_;
    for (const std::string& path : paths_) request.paths.emplace_back(path);
    return request;
  }

  std::vector<StudyEntry> gather(Terminal& terminal) const {
    FoundEntries found = gather_entries(request());
    for (const std::string& skipped : found.skipped) terminal.warning("skipped " + skipped);
    if (found.entries.empty()) {
      throw UsageError(fmt::format("{}: holds no recording; see matfit formats", paths_.front()));
    }
    return std::move(found.entries);
  }

  std::vector<std::string> paths_;
  std::string out_;
  std::vector<std::string> formats_ = {"json", "csv", "h5", "html"};
  JobsFlag jobs_;
  std::optional<std::string> subjects_;
  std::optional<std::string> mattresses_;
  std::optional<std::string> profile_;
  ReadFlags read_flags_;
  ResultFormats formats_to_write_;
};

}  // namespace

std::unique_ptr<Command> make_analyze_command() { return std::make_unique<AnalyzeCommand>(); }

}  // namespace matfit
