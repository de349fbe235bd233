#include "cli/command.hpp"
#include "cli/inspection.hpp"
#include "cli/read_flags.hpp"
#include "generated/version.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/calibrate/profile_file.hpp"

#include <optional>

namespace matfit {

namespace {

class InspectCommand final : public Command {
 public:
  std::string name() const override { return "inspect"; }
  std::string synopsis() const override { return "FILE [--json] [OPTIONS]"; }
  std::string summary() const override { return "what a recording holds and how good it is"; }

  void declare(OptionTable& options) override {
    options.positional("FILE", paths_, 1, 1, "the recording");
    options.flag("json", json_, "one JSON document instead of lines");
    options.text("page", page_, "FILE.html",
                 "also write a page with the map, its defects and the load over time");
    options.number("mass-kg", mass_kg_, {2.0, 400.0}, "KG",
                   "the person's mass, to prove or find the units");
    options.text("profile", profile_, "FILE", "the mat's profile (see matfit calibrate)");
    read_flags_.declare(options);
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    const CalibrationKnowledge known = load_calibration_knowledge(context.calibration);
    Recording recording = read_recording(paths_[0], read_flags_.values());
    if (mass_kg_) {
      if (!recording.subject) recording.subject = Subject{};
      recording.subject->mass_kg = mass_kg_;
    }
    CalibrateOptions calibrate_options;
    if (profile_) {
      recording.mat.profile = *profile_;
      calibrate_options.profile = std::make_shared<const MatProfile>(read_profile(*profile_));
    }
    const PressureSeries series = calibrate(recording, known, calibrate_options);
    if (page_) write_inspection_page(inspection_of(recording, series), version, *page_);
    terminal.data(json_ ? inspection_json(recording, series) : inspection_text(recording, series));
    return exit_all_well;
  }

 private:
  std::vector<std::string> paths_;
  bool json_ = false;
  std::optional<std::string> page_;
  std::optional<double> mass_kg_;
  std::optional<std::string> profile_;
  ReadFlags read_flags_;
};

}  // namespace

std::unique_ptr<Command> make_inspect_command() { return std::make_unique<InspectCommand>(); }

}  // namespace matfit
