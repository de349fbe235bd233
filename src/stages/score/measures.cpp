#include "stages/score/measures.hpp"

#include "types/pressure_error.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr double reference_area_m2 = 0.001;
constexpr double z95 = 1.959963984540054;

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

// The standard deviations below and above the value that give the metric's own 95 % interval.
Measure split_normal(const Estimate& estimate, double widening) {
  Measure measure;
  measure.value = estimate.value;
  measure.sd = measure.sd_above = estimate.sd;
  if (estimate.ci95_low <= estimate.value && estimate.value <= estimate.ci95_high) {
    measure.sd = (estimate.value - estimate.ci95_low) / z95;
    measure.sd_above = (estimate.ci95_high - estimate.value) / z95;
  }
  measure.widening = widening;
  return measure;
}

void add_spine(const SpineFit& spine, double widening, Measures& measures) {
  for (const auto& [name, estimate] : spine.metrics) {
    if (metric(spine, name)) measures[name] = split_normal(estimate, widening);
  }
  const auto thorax = measures.find("thorax_sink_mm");
  const auto pelvis = measures.find("pelvis_sink_mm");
  if (thorax != measures.end() && pelvis != measures.end()) {
    Measure difference = pelvis->second;
    difference.value -= thorax->second.value;
    difference.sd = std::hypot(pelvis->second.sd, thorax->second.sd_above);
    difference.sd_above = std::hypot(pelvis->second.sd_above, thorax->second.sd);
    measures["pelvis_minus_thorax_sink_mm"] = difference;
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
  Measure strain = split_normal(*deepest, widening);
  for (double* figure : {&strain.value, &strain.sd, &strain.sd_above}) *figure /= thickness_mm;
  if (mattress->age_years && *mattress->age_years > thresholds.value("mattress_worn_years")) {
    const double worn = thresholds.value("mattress_worn_years");
    const double old = thresholds.value("mattress_old_years");
    const double share = std::min(1.0, (*mattress->age_years - worn) / (old - worn));
    const double wear_sd = share * thresholds.value("hardness_loss_share") * strain.value;
    // What wear adds is not the recording's doubt and is not widened with it.
    strain.sd = std::hypot(strain.sd, wear_sd / widening);
    strain.sd_above = std::hypot(strain.sd_above, wear_sd / widening);
  }
  measures["deepest_strain"] = strain;
}

// Relative error of a ratio of pressures: what they share cancels, what grows away from the middle
// does not. Zero where no error is known.
double ratio_sd(const UnitEvidence& units, double above_pa, double below_pa) {
  const double above = relative_sd_at(units, above_pa).value_or(0.0);
  const double below = relative_sd_at(units, below_pa).value_or(0.0);
  return std::sqrt(std::max(0.0, above * above - below * below));
}

void add_pressure(const BoutResult& bout, const Quality& quality, double widening,
                  const Thresholds& thresholds, Measures& measures) {
  const PressureSummary& pressure = bout.pressure;
  const double own_sd = std::hypot(thresholds.value("repeat_cv_peak_pressure"),
                                   thresholds.value("repeat_cv_mean_pressure"));
  const bool raw = quality.units.given == "raw" && !quality.units.response_known;
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
    const double response_sd = raw ? exponent_sd * std::abs(std::log(read_concentration))
                                   : ratio_sd(quality.units, ppi_pa, pressure.mean_pa);
    measures[kind + "_concentration"] = {concentration, own_sd, response_sd, Spread::log_normal,
                                         kind,          0.0,    widening};
    if (!(pressure.contact_m2 > 0.0)) continue;
    measures[kind + "_load_percent"] = {
        100.0 * concentration * reference_area_m2 / pressure.contact_m2,
        own_sd,
        response_sd,
        Spread::log_normal,
        kind,
        0.0,
        widening};
  }
  const auto lumbar = pressure.region_load_share.find("lumbar");
  if (lumbar != pressure.region_load_share.end() && lumbar->second >= 0.0) {
    measures["lumbar_load_percent"] = {100.0 * lumbar->second,
                                       thresholds.value("repeat_cv_lumbar_share"),
                                       0.0,
                                       Spread::log_normal,
                                       {},
                                       0.0,
                                       widening};
  }
}

}  // namespace

double Measure::at(double own, double response) const {
  if (spread == Spread::split_normal) {
    return value + widening * (own < 0.0 ? sd : sd_above) * own;
  }
  return value * std::exp(widening * sd * own + response_sd * response);
}

Estimate Measure::quoted() const {
  if (spread == Spread::split_normal) {
    return {value, 0.5 * (sd + sd_above), value - z95 * sd, value + z95 * sd_above};
  }
  const double factor = std::exp(z95 * std::hypot(sd, response_sd));
  return {value, value * std::hypot(sd, response_sd), value / factor, value * factor};
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
