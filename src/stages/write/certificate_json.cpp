#include "stages/write/certificate.hpp"
#include "stages/write/number_text.hpp"
#include "types/units.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace matfit {

namespace {

using Json = nlohmann::ordered_json;

Json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  return rounded(value, decimals);
}

Json mmhg(double pressure_pa) { return number(pressure_pa / pa_per_mmhg, 3); }

Json mmhg(const std::optional<double>& pressure_pa) {
  return pressure_pa ? mmhg(*pressure_pa) : Json(nullptr);
}

Json percent(double share) { return number(100.0 * share, 3); }

Json percent(const std::optional<double>& share) { return share ? percent(*share) : Json(nullptr); }

Json json_of(const CertifiedLevel& level, double range_pa) {
  Json out = {{"recording", level.recording},
              {"sha256", level.sha256},
              {"direction", name_of(level.direction)},
              {"known_mmhg", mmhg(level.known_pa)},
              {"measured_mmhg", mmhg(level.measured_pa)},
              {"sd_over_cells_mmhg", mmhg(level.sd_pa)},
              {"cells", level.cells},
              {"worst_cell", level.worst_cell},
              {"worst_cell_error_mmhg", mmhg(level.worst_error_pa)},
              {"first_frame", level.first_frame},
              {"last_frame", level.last_frame - 1},
              {"drift_percent", percent(level.drift)},
              {"left_out_mean_mmhg", mmhg(level.left_out_mean_pa)}};
  out["left_out_rms_percent_of_range"] =
      level.left_out_rms_pa ? percent(*level.left_out_rms_pa / range_pa) : Json(nullptr);
  out["load_over_weight"] =
      level.load_over_weight ? number(*level.load_over_weight, 4) : Json(nullptr);
  return out;
}

}  // namespace

std::string certificate_json(const MatCertificate& c) {
  Json out;
  out["schema"] = "matfit-mat-certificate";
  out["schema_version"] = 1;
  out["profile_id"] = c.profile_id;
  out["model"] = c.model;
  out["rows"] = c.rows;
  out["cols"] = c.cols;
  out["unit"] = name_of(c.unit);
  out["basis"] = c.basis;
  out["source"] = c.source;
  const CurveTrial& chosen = c.trials[c.chosen];
  out["curve"] = {{"kind", chosen.kind}, {"own_curves", chosen.own_curves}};
  out["trials"] = Json::array();
  for (const CurveTrial& trial : c.trials) {
    out["trials"].push_back({{"kind", trial.kind},
                             {"own_curves", trial.own_curves},
                             {"left_out_rms_percent_of_range", percent(trial.left_out_rms)}});
  }
  out["range"] = {{"lowest_mmhg", mmhg(c.lowest_pa)},
                  {"highest_mmhg", mmhg(c.highest_pa)},
                  {"lowest_reading", number(c.lowest_reading, 4)},
                  {"highest_reading", number(c.highest_reading, 4)}};
  out["residual_rms_percent_of_range"] = percent(c.residual_rms);
  out["hysteresis_percent_of_range"] = {{"mean", percent(c.hysteresis_mean)},
                                        {"worst", percent(c.hysteresis_worst)}};
  out["creep_percent_per_log_second"] = percent(c.creep_per_log_second);
  out["gain_sd_percent"] = percent(c.gain_sd);
  out["levels"] = Json::array();
  for (const CertifiedLevel& level : c.levels) {
    out["levels"].push_back(json_of(level, c.highest_pa));
  }
  out["uncalibrated_cells"] = Json::array();
  for (const UncalibratedCell& cell : c.uncalibrated) {
    out["uncalibrated_cells"].push_back({{"row", cell.row}, {"col", cell.col}, {"why", cell.why}});
  }
  out["notes"] = c.notes;
  return out.dump(2) + "\n";
}

}  // namespace matfit
