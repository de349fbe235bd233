#include "cli/command.hpp"
#include "generated/version.hpp"
#include "stages/acquire/indenter_table.hpp"
#include "stages/indent/mattress_curve.hpp"
#include "stages/write/mattress_report.hpp"
#include "stages/write/whole_file.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <cmath>

namespace matfit {

namespace {

namespace fs = std::filesystem;

constexpr double m2_per_cm2 = 1e-4;
constexpr double disc_m = 0.203;
constexpr double platen_m = 0.344;
constexpr OptionTable::Bounds diameter_bounds_mm = {20, 2000};
constexpr OptionTable::Bounds area_bounds_cm2 = {3, 40000};
constexpr OptionTable::Bounds thickness_bounds_mm = {5, 1000};

double disc_area(double diameter_m) { return 0.25 * pi * diameter_m * diameter_m; }

class CalibrateMattressCommand final : public Command {
 public:
  std::string name() const override { return "calibrate mattress"; }
  std::string synopsis() const override { return "TEST.csv... --out CURVE.csv [OPTIONS]"; }
  std::string summary() const override {
    return "an indenter test -> a mattress's pressure-indentation curve";
  }

  void declare(OptionTable& options) override {
    options.positional("TEST.csv...", tables_, 1, 100,
                       "columns force_n, force_kg, force_lbf or pressure_kpa; depth_mm, "
                       "indentation_mm or depth_inch; optional cycle, layer, thickness_mm, zone, "
                       "y_from_mm, y_to_mm");
    options.text("out", out_, "FILE", "the curve; a report is written beside it");
    options.choice("indenter", indenter_, {"platen", "disc"},
                   "the 344 mm platen (ASTM F1566) or the 203 mm disc of ILD");
    options.number("indenter-diameter-mm", diameter_mm_, diameter_bounds_mm, "MM",
                   "another round indenter");
    options.number("indenter-area-cm2", area_cm2_, area_bounds_cm2, "CM2", "another indenter");
    options.number("thickness-mm", thickness_mm_, thickness_bounds_mm, "MM",
                   "of the mattress, where the table does not say");
    options.flag("units-checked", units_checked_,
                 "the unit of force is right though the firmness is unusual");
  }

  void setup() override {
    if (out_.empty()) {
      throw UsageError("calibrate mattress: --out FILE is missing: the curve to write");
    }
    if (fs::path(out_).extension() != ".csv") {
      throw UsageError("--out: got '" + out_ + "', expected a name that ends in .csv");
    }
    const int stated = (indenter_.empty() ? 0 : 1) + (diameter_mm_ ? 1 : 0) + (area_cm2_ ? 1 : 0);
    if (stated != 1) {
      throw UsageError(
          "calibrate mattress: expected one of --indenter, --indenter-diameter-mm and "
          "--indenter-area-cm2: force becomes pressure by the indenter's area");
    }
  }

  int run(const CommandContext& context, Terminal& terminal) override {
    const IndentationKnowledge known = load_indentation_knowledge(context.calibration);
    std::optional<double> thickness_m;
    if (thickness_mm_) thickness_m = *thickness_mm_ * m_per_mm;
    const IndenterTest test =
        read_indenter_tables({tables_.begin(), tables_.end()}, indenter(), thickness_m);
    write(measure_mattress(test, known, {units_checked_}), terminal);
    return exit_all_well;
  }

 private:
  // Other indenters than the two standard ones count as the one whose size is nearer.
  Indenter indenter() const {
    if (indenter_ == "disc") return {disc_area(disc_m), CurveKind::disc_203mm};
    if (indenter_ == "platen") return {disc_area(platen_m), CurveKind::platen_344mm};
    const double area_m2 =
        area_cm2_ ? *area_cm2_ * m2_per_cm2 : disc_area(*diameter_mm_ * m_per_mm);
    const double between = std::sqrt(disc_area(disc_m) * disc_area(platen_m));
    return {area_m2, area_m2 < between ? CurveKind::disc_203mm : CurveKind::platen_344mm};
  }

  void write(const MattressCurves& curves, Terminal& terminal) const {
    const fs::path path = out_;
    const std::string stem = (path.parent_path() / path.stem()).string();
    const bool zoned = curves.zones.size() > 1 || !curves.zones.front().zone.empty();
    std::vector<std::string> files;
    for (const MeasuredCurve& curve : curves.zones) {
      const std::string file = zoned ? stem + "-" + curve.zone + ".csv" : out_;
      write_whole_file(file, mattress_curve_csv(curve));
      files.push_back(fs::path(file).filename().string());
      terminal.info(line_of(curve, file));
    }
    if (zoned) write_whole_file(stem + ".zones.json", mattress_zones_json(curves, files));
    write_whole_file(stem + ".report.json", mattress_report_json(curves));
    write_whole_file(stem + ".report.html", mattress_report_page(curves, version));
    terminal.info(fmt::format("in mattresses.csv: curve_kind {}", name_of(curves.kind)));
  }

  static std::string line_of(const MeasuredCurve& curve, const std::string& file) {
    const MeasuredCurvePoint& last = curve.points.back();
    std::string line =
        fmt::format("{}: {} points to {:.1f} mm and {:.2f} kPa", file, curve.points.size(),
                    last.indentation_m / m_per_mm, last.pressure_pa / pa_per_kpa);
    if (curve.force_25_n) line += fmt::format("; {:.0f} N at 25 %", *curve.force_25_n);
    if (curve.support_factor) line += fmt::format("; support factor {:.2f}", *curve.support_factor);
    return line;
  }

  std::vector<std::string> tables_;
  std::string out_;
  std::string indenter_;
  std::optional<double> diameter_mm_;
  std::optional<double> area_cm2_;
  std::optional<double> thickness_mm_;
  bool units_checked_ = false;
};

}  // namespace

std::unique_ptr<Command> make_calibrate_mattress_command() {
  return std::make_unique<CalibrateMattressCommand>();
}

}  // namespace matfit
