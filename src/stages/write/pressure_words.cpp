#include "stages/write/pressure_words.hpp"

#include "stages/write/number_text.hpp"
#include "types/posture.hpp"
#include "types/pressure_error.hpp"

#include <algorithm>

namespace matfit {

namespace {

// Names a phrase of [pressure_basis].
std::string basis_name(const UnitEvidence& units) {
  if (units.source == "profile") return units.absolute ? "calibrated" : "calibrated_doubted";
  if (units.source == "recording") {
    if (!units.absolute) return "stated_doubted";
    return units.error.empty() ? "stated" : "stated_proved";
  }
  if (units.source == "body_weight") return units.response_known ? "learned" : "body_weight";
  return units.response_known ? "learned_raw" : "raw";
}

struct ErrorRange {
  double low = 0.0;  // relative, 1 sd
  double high = 0.0;
};

// Of the mean and the peak pressures of the bouts in which somebody lay.
std::optional<ErrorRange> error_range(const RecordingResult& result) {
  std::optional<ErrorRange> range;
  const auto add = [&range](double pa, const std::optional<double>& sd_pa) {
    if (!sd_pa || !(pa > 0.0)) return;
    const double relative = *sd_pa / pa;
    if (!range) range = ErrorRange{relative, relative};
    range->low = std::min(range->low, relative);
    range->high = std::max(range->high, relative);
  };
  for (const BoutResult& bout : result.bouts) {
    if (!is_lying(bout.bout.posture)) continue;
    if (bout.pressure.peak_pa > 0.0) {
      add(bout.pressure.mean_pa, bout.pressure.mean_sd_pa);
      add(bout.pressure.peak_pa, bout.pressure.peak_sd_pa);
    } else if (bout.field.pressure_pa.size() > 0) {
      const MapPressures map = map_pressures(bout.field, result.quality.units);
      add(map.mean_pa, map.mean_sd_pa);
      add(map.highest_pa, map.highest_sd_pa);
    }
  }
  return range;
}

std::string percent_text(double relative) {
  const double percent = 100.0 * relative;
  return page_number(percent, percent < 2.0 ? 1 : 0);
}

std::string percent_text(const ErrorRange& range, const Phrases& phrases) {
  const std::string low = percent_text(range.low);
  const std::string high = percent_text(range.high);
  if (low == high) return low;
  return phrases.fill("page.interval", {{"low", low}, {"high", high}});
}

std::string note_text(const UnitEvidence& units, const std::optional<std::string>& percent,
                      const Phrases& phrases) {
  const std::string basis = phrases.at("pressure_basis." + basis_name(units));
  if (shown_unit(units, phrases).relative) return basis;
  return basis + (percent ? phrases.fill("pressure_basis.off_by", {{"percent", *percent}})
                          : phrases.at("pressure_basis.off_unknown"));
}

}  // namespace

ShownUnit shown_unit(const UnitEvidence& units, const Phrases& phrases) {
  const std::string basis = basis_name(units);
  if (basis == "learned_raw") return {phrases.at("unit.relative"), pa_per_mmhg, true};
  if (basis != "raw") return {phrases.at("unit.absolute"), pa_per_mmhg, false};
  const double scale = units.scale_to_mmhg > 0.0 ? units.scale_to_mmhg : 1.0;
  return {phrases.at("unit.raw"), scale * pa_per_mmhg, true};
}

std::string pressure_figure(double pa, const std::optional<double>& sd_pa, const ShownUnit& unit) {
  constexpr double fine = 10.0;  // units below which a tenth is worth showing
  constexpr double finer = 0.1;  // and a hundredth
  const bool show_sd = sd_pa.has_value() && !unit.relative;
  const double least = show_sd ? std::min(*sd_pa, pa) : pa;
  const int decimals = show_sd && least / unit.pa < finer ? 2 : least / unit.pa < fine ? 1 : 0;
  const std::string value = page_number(pa / unit.pa, decimals);
  return show_sd ? value + "\u00a0±\u00a0" + page_number(*sd_pa / unit.pa, decimals) : value;
}

std::string pressure_text(double pa, const std::optional<double>& sd_pa, const ShownUnit& unit) {
  return pressure_figure(pa, sd_pa, unit) + "\u00a0" + unit.name;
}

MapPressures map_pressures(const PressureField& field, const UnitEvidence& units) {
  constexpr double loaded_share = 0.05;
  MapPressures out;
  out.highest_pa = field.pressure_pa.maxCoeff();
  const auto loaded = field.pressure_pa > loaded_share * out.highest_pa;
  out.mean_pa = loaded.select(field.pressure_pa, 0.0).sum() /
                std::max<double>(1.0, static_cast<double>(loaded.count()));
  out.mean_sd_pa = sd_at(units, out.mean_pa);
  out.highest_sd_pa = sd_at(units, out.highest_pa);
  return out;
}

std::string pressure_note(const UnitEvidence& units, double pa, const std::optional<double>& sd_pa,
                          const Phrases& phrases) {
  if (!sd_pa || !(pa > 0.0)) return note_text(units, std::nullopt, phrases);
  return note_text(units, percent_text(*sd_pa / pa), phrases);
}

std::string pressure_note(const RecordingResult& result, const Phrases& phrases) {
  const std::optional<ErrorRange> range = error_range(result);
  if (!range) return note_text(result.quality.units, std::nullopt, phrases);
  return note_text(result.quality.units, percent_text(*range, phrases), phrases);
}

std::string pressure_basis_text(const RecordingResult& result, const Phrases& phrases) {
  const UnitEvidence& units = result.quality.units;
  std::string text = phrases.at("pressure_basis." + basis_name(units) + "_short");
  const std::optional<ErrorRange> range = error_range(result);
  if (!range || shown_unit(units, phrases).relative) return text;
  return text + ", ±\u00a0" + percent_text(*range, phrases) + "\u00a0%";
}

}  // namespace matfit
