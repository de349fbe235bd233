#include "stages/write/csv_table.hpp"
#include "stages/write/mattress_report.hpp"
#include "stages/write/number_text.hpp"
#include "types/units.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace matfit {

namespace {

using Json = nlohmann::ordered_json;

constexpr double cm2_per_m2 = 1e4;

Json number(const std::optional<double>& value, double factor, int decimals) {
  if (!value || !std::isfinite(*value)) return nullptr;
  return rounded(*value * factor, decimals);
}

Json place_of(const MeasuredCurve& curve) {
  return {{"zone", curve.zone.empty() ? Json(nullptr) : Json(curve.zone)},
          {"y_from_mm", number(curve.y_from_m, mm_per_m, 1)},
          {"y_to_mm", number(curve.y_to_m, mm_per_m, 1)},
          {"thickness_mm", number(curve.thickness_m, mm_per_m, 1)}};
}

}  // namespace

std::string mattress_curve_csv(const MeasuredCurve& curve) {
  CsvTable table({"indentation_mm", "pressure_kpa", "pressure_sd_kpa"});
  for (const MeasuredCurvePoint& point : curve.points) {
    table.number(point.indentation_m * mm_per_m, 4)
        .number(point.pressure_pa / pa_per_kpa, 6)
        .number(point.sd_pa / pa_per_kpa, 6)
        .end_row();
  }
  return table.bytes();
}

std::string mattress_zones_json(const MattressCurves& curves,
                                const std::vector<std::string>& files) {
  Json out;
  out["schema"] = "matfit-mattress-zones";
  out["schema_version"] = 1;
  out["curve_kind"] = name_of(curves.kind);
  out["zones"] = Json::array();
  for (std::size_t i = 0; i < curves.zones.size(); ++i) {
    Json zone = place_of(curves.zones[i]);
    zone["curve"] = files[i];
    out["zones"].push_back(zone);
  }
  return out.dump(2) + "\n";
}

std::string mattress_report_json(const MattressCurves& curves) {
  Json out;
  out["schema"] = "matfit-mattress-test";
  out["schema_version"] = 1;
  out["source"] = curves.source;
  out["curve_kind"] = name_of(curves.kind);
  out["indenter_area_cm2"] = number(curves.area_m2, cm2_per_m2, 2);
  out["zones"] = Json::array();
  for (const MeasuredCurve& curve : curves.zones) {
    Json zone = place_of(curve);
    zone["layers"] = curve.layers;
    zone["loadings"] = curve.loadings;
    zone["loadings_used"] = curve.loadings_used;
    zone["zero_force_n"] = number(curve.zero_force_n, 1.0, 3);
    zone["contact_depth_mm"] = number(curve.contact_depth_m, mm_per_m, 3);
    zone["hysteresis_loss_percent"] = number(curve.hysteresis_loss, 100.0, 2);
    zone["force_25_n"] = number(curve.force_25_n, 1.0, 2);
    zone["force_25_lbf"] = number(curve.force_25_n, 1.0 / n_per_lbf, 2);
    zone["force_65_n"] = number(curve.force_65_n, 1.0, 2);
    zone["force_65_lbf"] = number(curve.force_65_n, 1.0 / n_per_lbf, 2);
    zone["support_factor"] = number(curve.support_factor, 1.0, 3);
    zone["curve"] = Json::array();
    for (const MeasuredCurvePoint& p : curve.points) {
      zone["curve"].push_back({{"indentation_mm", rounded(p.indentation_m * mm_per_m, 4)},
                               {"pressure_kpa", rounded(p.pressure_pa / pa_per_kpa, 6)},
                               {"pressure_sd_kpa", rounded(p.sd_pa / pa_per_kpa, 6)}});
    }
    zone["notes"] = curve.notes;
    out["zones"].push_back(zone);
  }
  return out.dump(2) + "\n";
}

}  // namespace matfit
