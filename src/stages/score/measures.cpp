#include "stages/score/measures.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr double reference_area_m2 = 0.001;

std::optional<Estimate> metric(const SpineFit& spine, std::string_view name) {
  const auto found = spine.metrics.find(std::string(name));
  if (found == spine.metrics.end() || !found->second.known()) return std::nullopt;
  if (!(found->second.sd >= 0.0)) return std::nullopt;
  return found->second;
}

// The sides are one kind, of which the worse counts. So are hip, sacrum and pelvis: which of these
// names a peak under the pelvis gets depends on the posture and on a few centimetres.
std::string_view site_kind(std::string_view site) {
  std::string_view kind = site;
  for (const std::string_view side : {"left_", "right_"}) {
    if (kind.starts_with(side)) kind.remove_prefix(side.size());
  }
  return kind == "hip" || kind == "sacrum" || kind == "pelvis" ? "pelvic" : kind;
}

void add_spine(const SpineFit& spine, double widening, Measures& measures) {
  for (const auto& [name, estimate] : spine.metrics) {
    if (!metric(spine, name)) continue;
    measures[name] = {estimate.value, widening * estimate.sd, 0.0, Spread::gaussian, {}};
  }
  const auto thorax = metric(spine, "thorax_sink_mm");
  const auto pelvis = metric(spine, "pelvis_sink_mm");
  if (thorax && pelvis) {
    measures["pelvis_minus_thorax_sink_mm"] = {pelvis->value - thorax->value,
                                               widening * std::hypot(pelvis->sd, thorax->sd),
                                               0.0,
                                               Spread::gaussian,
                                               {}};
  }
}

void add_strain(const SpineFit& spine, const std::optional<Mattress>& mattress, double widening,
                const Thresholds& thresholds, Measures& measures) {
  if (!mattress || !mattress->thickness_m || !(*mattress->thickness_m > 0.0)) return;
  std::optional<Estimate> deepest;
  for (const std::string_view name : {"thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm"}) {
    const auto sink = metric(spine, name);
    if (sink && (!deepest || sink->value > deepest->value)) deepest = sink;
  }
  if (!deepest) return;
  const double thickness_mm = 1000.0 * *mattress->thickness_m;
  const double strain = deepest->value / thickness_mm;
  double sd = widening * deepest->sd / thickness_mm;
  if (mattress->age_years && *mattress->age_years > thresholds.value("mattress_worn_years")) {
    const double worn = thresholds.value("mattress_worn_years");
    const double old = thresholds.value("mattress_old_years");
    const double share = std::min(1.0, (*mattress->age_years - worn) / (old - worn));
    sd = std::hypot(sd, share * thresholds.value("hardness_loss_share") * strain);
  }
  measures["deepest_strain"] = {strain, sd, 0.0, Spread::gaussian, {}};
}

void add_pressure(const BoutResult& bout, const Quality& quality, double widening,
                  const Thresholds& thresholds, Measures& measures) {
  const PressureSummary& pressure = bout.pressure;
  const double own_sd = widening * std::hypot(thresholds.value("repeat_cv_peak_pressure"),
                                              thresholds.value("repeat_cv_mean_pressure"));
  const bool raw = quality.units.given == "raw" && !quality.units.absolute;
  const double exponent = raw ? thresholds.value("response_exponent") : 1.0;
  const double exponent_sd = raw ? thresholds.value("response_exponent_sd") : 0.0;
  std::map<std::string, double, std::less<>> highest_ppi_pa;
  for (const Hotspot& hotspot : bout.hotspots) {
    if (!(hotspot.ppi_pa > 0.0)) continue;
    double& highest = highest_ppi_pa[std::string(site_kind(hotspot.site))];
    highest = std::max(highest, hotspot.ppi_pa);
  }
  for (const auto& [kind, ppi_pa] : highest_ppi_pa) {
    if (!(pressure.mean_pa > 0.0)) continue;
    const double read_concentration = ppi_pa / pressure.mean_pa;
    const double concentration = std::pow(read_concentration, exponent);
    const double response_sd = exponent_sd * std::abs(std::log(read_concentration));
    measures[kind + "_concentration"] = {concentration, own_sd, response_sd, Spread::log_normal,
                                         kind};
    if (!(pressure.contact_m2 > 0.0)) continue;
    measures[kind + "_load_percent"] = {
        100.0 * concentration * reference_area_m2 / pressure.contact_m2, own_sd, response_sd,
        Spread::log_normal, kind};
  }
  const auto lumbar = pressure.region_load_share.find("lumbar");
  if (lumbar != pressure.region_load_share.end() && lumbar->second >= 0.0) {
    measures["lumbar_load_percent"] = {100.0 * lumbar->second,
                                       widening * thresholds.value("repeat_cv_lumbar_share"),
                                       0.0,
                                       Spread::log_normal,
                                       {}};
  }
}

}  // namespace

double Measure::at(double own, double response) const {
  if (spread == Spread::gaussian) return value + sd * own;
  return value * std::exp(sd * own + response_sd * response);
}

Measures measures_of(const BoutResult& bout, const Quality& quality,
                     const std::optional<Mattress>& mattress, bool spine_usable,
                     const Thresholds& thresholds) {
  Measures measures;
  const double widening = quality.grade == Grade::c ? thresholds.value("grade_c_sd_factor") : 1.0;
  if (spine_usable) {
    add_spine(bout.spine, widening, measures);
    add_strain(bout.spine, mattress, widening, thresholds, measures);
  }
  if (!(quality.saturated_share > thresholds.value("saturated_share_limit"))) {
    add_pressure(bout, quality, widening, thresholds, measures);
  }
  return measures;
}

}  // namespace matfit
