#include "cli/command.hpp"
#include "cli/read_flags.hpp"
#include "generated/version.hpp"
#include "pipeline/calibrate_mat.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

constexpr OptionTable::Bounds percent_bounds = {0, 50};

std::string outcome(const LearnedProfile& learned, const std::string& path) {
  const MatCertificate& c = learned.certificate;
  const CurveTrial& chosen = c.trials[c.chosen];
  const auto without_response =
      std::count(learned.profile.cell_status.begin(), learned.profile.cell_status.end(),
                 CellCalibration::no_response);
  return fmt::format(
      "{}: {} to {} mmHg, {} {}, {:.2f} % of the range off at levels left out; {} cells without "
      "response",
      path, fmt::format("{:.4g}", c.lowest_pa / pa_per_mmhg),
      fmt::format("{:.4g}", c.highest_pa / pa_per_mmhg), chosen.kind,
      chosen.own_curves ? "for each cell" : "common with a gain for each cell",
      100.0 * chosen.left_out_rms, without_response);
}

class CalibrateMatCommand final : public Command {
 public:
  std::string name() const override { return "calibrate mat"; }
  std::string synopsis() const override { return "LEVELS.csv --out PROFILE.json [OPTIONS]"; }
  std::string summary() const override {
    return "recordings under known loads -> a mat's profile and its certificate";
  }

  void declare(OptionTable& options) override {
    options.positional(
        "LEVELS.csv", tables_, 1, 1,
        "columns path, pressure_mmhg or pressure_kpa or mass_kg with area_cm2 (or 'mat'), and "
        "optional direction (up, down) and mat_id");
    options.text("out", out_, "FILE", "the profile; its certificate is written beside it");
    options.text("id", id_, "ID", "the profile's id (default: the name of its file)");
    options.number("reference-error-percent", reference_percent_, percent_bounds, "P",
                   "error (1 sd) of the known loads themselves");
    read_flags_.declare(options);
  }

  void setup() override {
    if (out_.empty())
      throw UsageError("calibrate mat: --out FILE is missing: the profile to write");
    if (std::filesystem::path(out_).extension() != ".json") {
      throw UsageError("--out: got '" + out_ + "', expected a name that ends in .json");
    }
    if (!id_) id_ = id_from_file_name(out_);
    if (!is_recording_id(*id_)) {
      throw UsageError("--id: got '" + *id_ +
                       "', expected 1 to 100 letters, digits, . _ - (not a dot first)");
    }
  }

  int run(const CommandContext&, Terminal& terminal) override {
    const CalibrateMatRequest request = {tables_[0], *id_, read_flags_.values(),
                                         reference_percent_ / 100.0};
    const LearnedProfile learned =
        calibrate_mat(request, [&terminal](std::size_t done, std::size_t total) {
          terminal.progress("reading", done, total);
        });
    write_learned_profile(learned, out_, version);
    terminal.info(outcome(learned, out_));
    return exit_all_well;
  }

 private:
  std::vector<std::string> tables_;
  std::string out_;
  std::optional<std::string> id_;
  double reference_percent_ = 0.0;
  ReadFlags read_flags_;
};

}  // namespace

std::unique_ptr<Command> make_calibrate_mat_command() {
  return std::make_unique<CalibrateMatCommand>();
}

}  // namespace matfit
