#include "cli/command.hpp"
#include "cli/jobs_flag.hpp"
#include "cli/roll_text.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/train_postures.hpp"
#include "pipeline/train_roll.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>

namespace matfit {

namespace {

std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{:.2f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string held_out_table(const TrainedPostures& trained) {
  std::string text = fmt::format("{:<16} {:>6} {:>9} {:>10}\n", "person left out", "maps",
                                 "right_%", "head_end_%");
  std::size_t maps = 0;
  std::size_t right = 0;
  std::size_t head = 0;
  for (const HeldOutRow& row : trained.held_out) {
    text += fmt::format("{:<16} {:>6} {:>9} {:>10}\n", row.subject_id, row.maps,
                        share(row.right, row.maps), share(row.head_end_right, row.maps));
    maps += row.maps;
    right += row.right;
    head += row.head_end_right;
  }
  text += fmt::format("{:<16} {:>6} {:>9} {:>10}\n", "all", maps, share(right, maps),
                      share(head, maps));
  return text;
}

class TrainCommand final : public Command {
 public:
  std::string name() const override { return "train"; }
  std::string synopsis() const override { return "STUDY... --out FILE [OPTIONS]"; }
  std::string summary() const override {
    return "posture model from labelled recordings and made-up sleepers";
  }

  void declare(OptionTable& options) override {
    options.positional("STUDY...", paths_, 1, 100000, "studies with labelled postures");
    options.section("Model");
    options.text("out", out_, "FILE", "where to write the model");
    options.text("data", training_.data, "TEXT",
                 "what the recordings are, with source and licence; kept in the model");
    options.number("synthetic", training_.synthetic, {0, 100000}, "N", "made-up sleepers");
    options.number("seed", seed_, {0, 2147483647}, "S", "of all random choices");
    options.text_list("exclude-subjects", training_.exclude_subjects, "LIST",
                      "people that the model must not see");
    options.flag("roll", roll_,
                 "instead, learn how a wedge or pillow shows under somebody on the side, from the "
                 "column roll_deg");
    options.flag("no-split", no_split_,
                 "do not leave people out: no figures, and confidence is not calibrated");
    jobs_.declare(options);
  }

  void setup() override {
    if (out_.empty()) throw UsageError("train: --out FILE is missing: where to put the model");
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    EntryRequest request;
    for (const std::string& path : paths_) request.paths.emplace_back(path);
    const FoundEntries found = gather_entries(request);
    for (const std::string& skipped : found.skipped) terminal.warning(skipped);

    if (roll_) return run_roll(found.entries, context, terminal);
    training_.use_seed(static_cast<std::uint64_t>(seed_));
    training_.leave_one_subject_out = !no_split_;
    training_.command = command_without_paths();
    training_.samples.jobs = jobs_.value();
    training_.samples.progress = terminal.progress_of_steps();
    const TrainedPostures trained =
        train_postures(found.entries, load_calibration_knowledge(context.calibration), training_);
    for (const std::string& failure : trained.failures) terminal.error(failure);
    if (!trained.unlabelled.empty()) {
      terminal.info(fmt::format("without a labelled posture, not used: {}",
                                fmt::join(trained.unlabelled, ", ")));
    }
    save_posture_model(trained.model, out_);
    for (const auto& [key, value] : trained.model.provenance()) {
      terminal.info(fmt::format("{}: {}", key, value));
    }
    if (!trained.held_out.empty()) terminal.data(held_out_table(trained));
    return trained.failures.empty() ? exit_all_well : exit_some_failed;
  }

 private:
  int run_roll(std::vector<StudyEntry> entries, const CommandContext& context,
               Terminal& terminal) const {
    const std::vector<std::string>& excluded = training_.exclude_subjects;
    std::erase_if(entries, [&](const StudyEntry& e) {
      return !e.roll_rad ||
             std::find(excluded.begin(), excluded.end(), person_of(e)) != excluded.end();
    });
    BatchOptions batch;
    batch.jobs = jobs_.value();
    batch.finished = [&terminal](const BatchItem&, std::size_t done, std::size_t total) {
      terminal.progress("recordings", done, total);
    };
    const std::vector<BatchItem> items =
        analyze_batch(entries, load_knowledge(context.calibration), batch);
    bool failed = false;
    for (const BatchItem& item : items) {
      if (item.failure) terminal.error(item.failure->message);
      failed = failed || item.failure;
    }
    TrainedRoll trained = train_roll(entries, items);
    if (!trained.unused.empty()) {
      terminal.info(
          fmt::format("no trunk on its side is seen in: {}", fmt::join(trained.unused, ", ")));
    }
    trained.model.provenance = {{"command", command_without_paths()}, {"data", training_.data}};
    std::ofstream out(out_);
    out << roll_model_text(trained.model);
    if (!out.flush()) throw UsageError("train: --out " + out_ + " cannot be written");
    terminal.data(as_text(trained.held_out, "person left out"));
    return failed ? exit_some_failed : exit_all_well;
  }

  // Folders differ between machines; their names and the choices are what a model rests on.
  std::string command_without_paths() const {
    std::vector<std::string> studies;
    for (const std::string& path : paths_) {
      studies.push_back(std::filesystem::path(path).lexically_normal().filename().string());
    }
    std::string text = fmt::format("matfit train {}", fmt::join(studies, " "));
    text +=
        roll_ ? " --roll" : fmt::format(" --synthetic {} --seed {}", training_.synthetic, seed_);
    if (!training_.exclude_subjects.empty()) {
      text += fmt::format(" --exclude-subjects {}", fmt::join(training_.exclude_subjects, ","));
    }
    if (no_split_) text += " --no-split";
    return text;
  }

  std::vector<std::string> paths_;
  std::string out_;
  int seed_ = 1;
  bool no_split_ = false;
  bool roll_ = false;
  JobsFlag jobs_;
  TrainPosturesOptions training_;
};

}  // namespace

std::unique_ptr<Command> make_train_command() { return std::make_unique<TrainCommand>(); }

}  // namespace matfit
