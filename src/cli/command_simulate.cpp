#include "cli/command.hpp"
#include "pipeline/simulated_study.hpp"
#include "types/error.hpp"
#include "types/posture.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

namespace matfit {

namespace {

namespace fs = std::filesystem;

template <typename Number>
bool take_number(std::string_view& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take_letter(std::string_view& text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

// "64x32@28.5": rows, columns and the pitch in millimetres.
MatGeometry mat_from(const std::string& word) {
  std::string_view rest = word;
  MatGeometry mat;
  double pitch_mm = 0.0;
  const bool read = take_number(rest, mat.rows) && take_letter(rest, 'x') &&
                    take_number(rest, mat.cols) && take_letter(rest, '@') &&
                    take_number(rest, pitch_mm) && rest.empty();
  if (!read || mat.rows < 8 || mat.rows > 512 || mat.cols < 8 || mat.cols > 512 ||
      !(pitch_mm >= 13.0 && pitch_mm <= 120.0)) {
    throw UsageError("--mat: got '" + word +
                     "', expected ROWSxCOLS@PITCHMM such as 64x32@28.5 (8 to 512 rows and columns, "
                     "13 to 120 mm)");
  }
  mat.row_pitch_m = mat.col_pitch_m = 0.001 * pitch_mm;
  return mat;
}

class SimulateCommand final : public Command {
 public:
  std::string name() const override { return "simulate"; }
  std::string synopsis() const override { return "--out DIR [OPTIONS]"; }
  std::string summary() const override { return "a study of made-up sleepers, with the truth"; }

  void declare(OptionTable& options) override {
    options.section("Study");
    options.text("out", out_, "DIR", "folder for the study; made if it is not there");
    options.text("from", from_, "FILE.toml", "seed file; the other options then do not apply");
    options.number("persons", request_.persons, {1, 10000}, "N", "how many people");
    options.number("seed", seed_, {0, 2147483647}, "S", "of everything random");
    options.text_list("mattresses", request_.mattresses, "LIST", "of soft, medium, firm");
    options.text_list("postures", postures_, "LIST", "of supine, prone, left, right, in order");
    options.section("Mat");
    options.text("mat", mat_, "ROWSxCOLS@PITCHMM", "cells and their pitch");
    options.number("rate", request_.sample_rate_hz, {0.01, 200}, "HZ", "frames per second");
    options.number("seconds", request_.seconds_per_posture, {5, 36000}, "S", "in each posture");
  }

  void setup() override {
    if (out_.empty()) throw UsageError("simulate: --out DIR is missing: where to put the study");
    request_.seed = static_cast<std::uint64_t>(seed_);
    request_.mat = mat_from(mat_);
    request_.postures.clear();
    for (const std::string& word : postures_) {
      const auto posture = posture_named(word);
      if (!posture || !is_lying(*posture)) {
        throw UsageError("--postures: got '" + word + "', expected supine, prone, left or right");
      }
      request_.postures.push_back(*posture);
    }
    if (request_.postures.empty()) throw UsageError("--postures: expected at least one");
    if (request_.mattresses.empty()) throw UsageError("--mattresses: expected at least one");
  }

  int run(const CommandContext&, Terminal& terminal) override {
    const StudyPlan plan = from_ ? read_study_plan(*from_) : random_study(request_);
    write_simulated_study(plan, out_, [&terminal](std::size_t done, std::size_t total) {
      terminal.progress("simulating", done, total);
    });
    terminal.info(fmt::format("{}: {} recordings of {} people on {} mattresses", out_,
                              plan.recordings.size(), plan.people.size(), plan.mattresses.size()));
    return exit_all_well;
  }

 private:
  std::string out_;
  std::optional<std::string> from_;
  StudyRequest request_;
  int seed_ = 1;
  std::vector<std::string> postures_{"supine", "left", "right", "prone"};
  std::string mat_ = "64x32@28.5";
};

}  // namespace

std::unique_ptr<Command> make_simulate_command() { return std::make_unique<SimulateCommand>(); }

}  // namespace matfit
