#include "cli/command.hpp"
#include "cli/jobs_flag.hpp"
#include "cli/people_text.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/learn_mat_from_people.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "stages/write/whole_file.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

class CalibratePeopleCommand final : public Command {
 public:
  std::string name() const override { return "calibrate people"; }
  std::string synopsis() const override { return "STUDY... --out PROFILE.json [OPTIONS]"; }
  std::string summary() const override {
    return "a mat's gains, response and creep from ordinary recordings of people";
  }

  void declare(OptionTable& options) override {
    options.positional("STUDY...", paths_, 1, 100000,
                       "studies of one mat: several people, each in several postures");
    options.section("Profile");
    options.text("out", out_, "FILE", "where to write the profile");
    options.text("id", learn_.id, "ID", "of the profile (default: the file's name)");
    options.section("Recordings");
    options.text_list("mattresses", mattresses_, "LIST", "only recordings on these mattresses");
    options.text_list("exclude-subjects", excluded_, "LIST", "people that are not to be seen");
    options.text_list("tilted-words", tilted_words_, "LIST",
                      "words of a condition that keep a recording out of the response "
                      "(default: wedge, raised, pillow and the like)");
    jobs_.declare(options);
  }

  void setup() override {
    if (out_.empty()) throw UsageError("calibrate people: --out FILE is missing");
    if (learn_.id.empty()) learn_.id = std::filesystem::path(out_).stem().string();
    if (!tilted_words_.empty()) maps_.tilted_words = tilted_words_;
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    const std::vector<StudyEntry> entries = chosen_entries(terminal);
    const Knowledge known = load_knowledge(context.calibration);
    maps_.jobs = jobs_.value();
    maps_.progress = terminal.progress_of_steps();
    const PeopleMaps maps = people_maps_of(entries, known, maps_);
    for (const std::string& failure : maps.failures) terminal.error(failure);
    if (maps.all.empty()) {
      throw UsageError("calibrate people: no recording shows a person lying");
    }
    const LearnedMat learned = learn_mat_from_people(maps, known.calibration, learn_);
    terminal.data(people_text(maps, learned));
    if (learned.changes_anything()) {
      write_whole_file(out_, profile_json(learned.profile));
    } else {
      terminal.warning("neither gains, response nor creep could be learned: no profile is written");
    }
    return maps.failures.empty() ? exit_all_well : exit_some_failed;
  }

 private:
  std::vector<StudyEntry> chosen_entries(Terminal& terminal) const {
    EntryRequest request;
    for (const std::string& path : paths_) request.paths.emplace_back(path);
    FoundEntries found = gather_entries(request);
    for (const std::string& skipped : found.skipped) terminal.warning(skipped);
    const auto among = [](const std::vector<std::string>& list, const std::string& word) {
      return std::find(list.begin(), list.end(), word) != list.end();
    };
    std::erase_if(found.entries, [&](const StudyEntry& entry) {
      return among(excluded_, entry.subject_id) ||
             (!mattresses_.empty() && !among(mattresses_, entry.mattress_id));
    });
    return found.entries;
  }

  std::vector<std::string> paths_;
  std::string out_;
  std::vector<std::string> mattresses_;
  std::vector<std::string> excluded_;
  std::vector<std::string> tilted_words_;
  JobsFlag jobs_;
  PeopleMapsOptions maps_;
  LearnMatOptions learn_;
};

}  // namespace

std::unique_ptr<Command> make_calibrate_people_command() {
  return std::make_unique<CalibratePeopleCommand>();
}

}  // namespace matfit
