#include "stages/write/number_text.hpp"
#include "stages/write/pressure_words.hpp"
#include "stages/write/spine_words.hpp"
#include "stages/write/view.hpp"
#include "types/spine_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double s_per_min = 60.0;

std::string percent(double share) { return page_number(100.0 * share, 0); }

std::optional<double> in_minutes(const std::optional<double>& pa_s) {
  if (!pa_s) return std::nullopt;
  return *pa_s / s_per_min;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    if (!part.empty()) text += (text.empty() ? "" : " · ") + part;
  }
  return text;
}

PageData metric_view(const std::string& name, const Estimate& estimate, const Phrases& phrases) {
  PageData view;
  view.set("name", phrases.at("metric." + name + ".name"));
  view.set("meaning", phrases.at("metric." + name + ".meaning"));
  view.set("value", page_number(estimate.value, 1) + phrases.at("metric." + name + ".unit"));
  view.set("interval", interval_text(estimate, 1, phrases));
  return view;
}

PageList metrics_view(const SpineFit& spine, const Phrases& phrases) {
  PageList list;
  for (const char* name : spine_metric_names) {
    const auto metric = spine.metrics.find(name);
    if (metric == spine.metrics.end() || !metric->second.known()) continue;
    list.push_back(metric_view(name, metric->second, phrases));
  }
  return list;
}

PageList hotspots_view(const BoutResult& bout, const ShownUnit& unit, const Phrases& phrases) {
  PageList list;
  for (std::size_t i = 0; i < bout.hotspots.size(); ++i) {
    const Hotspot& h = bout.hotspots[i];
    PageData view;
    view.set("number", fmt::format("{}", i + 1));
    view.set("site", phrases.word("site", h.site));
    view.set("peak", pressure_figure(h.peak_pa, h.peak_sd_pa, unit));
    view.set("ppi", pressure_figure(h.ppi_pa, h.ppi_sd_pa, unit));
    view.set("ppi_area",
             phrases.fill("hotspots.ppi_area", {{"area", page_number(h.ppi_area_m2 * 1e4, 1)}}));
    view.set("dose", pressure_figure(h.dose_pa_s / s_per_min, in_minutes(h.dose_sd_pa_s), unit));
    view.set("time", duration_text(h.duration_s));
    list.push_back(view);
  }
  return list;
}

// Known regions from head to feet, then any others.
std::vector<std::string> head_to_feet(const std::map<std::string, double>& regions) {
  std::vector<std::string> ordered;
  for (const char* name : {"head", "shoulders", "thorax", "lumbar", "pelvis", "legs", "feet"}) {
    if (regions.contains(name)) ordered.emplace_back(name);
  }
  for (const auto& [name, share] : regions) {
    if (std::find(ordered.begin(), ordered.end(), name) == ordered.end()) ordered.push_back(name);
  }
  return ordered;
}

PageList pressure_view(const PressureSummary& p, const UnitEvidence& units, const ShownUnit& unit,
                       const Phrases& phrases) {
  PageList list;
  list.push_back(fact(phrases.at("pressure.mean"), pressure_text(p.mean_pa, p.mean_sd_pa, unit),
                      pressure_note(units, p.mean_pa, p.mean_sd_pa, phrases)));
  list.push_back(fact(phrases.at("pressure.peak"), pressure_text(p.peak_pa, p.peak_sd_pa, unit),
                      pressure_note(units, p.peak_pa, p.peak_sd_pa, phrases)));
  list.push_back(fact(
      phrases.at("pressure.contact"), page_number(p.contact_m2 * 1e4, 0) + "\u00a0cm²",
      phrases.fill("pressure.threshold", {{"threshold", page_number(p.threshold_pa / unit.pa, 1)},
                                          {"unit", unit.name}})));
  std::vector<std::string> shares;
  for (const std::string& region : head_to_feet(p.region_load_share)) {
    shares.push_back(phrases.word("site", region) + "\u00a0" +
                     percent(p.region_load_share.at(region)) + "\u00a0%");
  }
  if (!shares.empty()) list.push_back(wide_fact(phrases.at("pressure.regions"), joined(shares)));
  return list;
}

std::string unit_note(const RecordingResult& result, const Phrases& phrases) {
  const std::string note = sentence(pressure_note(result, phrases));
  return result.quality.units.absolute ? note : note + " " + phrases.at("map.within");
}

bool any_landmark(const BodyFit& body) {
  return std::any_of(body.landmarks.begin(), body.landmarks.end(),
                     [](const auto& landmark) { return landmark.has_value(); });
}

PageData bout_view(const BoutResult& bout, const RecordingResult& result, const MapScale& scale,
                   const Phrases& phrases) {
  const PostureBout& b = bout.bout;
  PageData view;
  view.set("posture", phrases.at("posture." + std::string(name_of(b.posture))));
  const std::string time = result.frames < 2
                               ? phrases.at("recording.moment")
                               : phrases.fill("bout.time", {{"start", duration_text(b.start_s)},
                                                            {"end", duration_text(b.end_s)}});
  std::vector<std::string> facts = {
      time, phrases.fill("bout.confidence", {{"percent", percent(b.confidence)}})};
  if (bout.roll && bout.roll->propped.value_or(false)) {
    const std::optional<Roll>& roll = bout.roll->roll;
    facts.push_back(roll ? phrases.fill("bout.propped", {{"degrees", std::string(name_of(*roll))}})
                         : phrases.at("bout.propped_somehow"));
  }
  view.set("facts_line", joined(facts));
  const std::string map = map_figure(bout, scale, phrases);
  set_text(view, "map", map);
  view.set("legend", map.empty() ? "" : legend_figure(scale, phrases));
  set_text(view, "unit_note", unit_note(result, phrases));
  view.set("has_spine", flag(bout.spine.levels.size() > 1));
  view.set("has_landmarks", flag(any_landmark(bout.body)));
  view.set("spine_title",
           phrases.at(bout.spine.plane == SpinePlane::frontal ? "spine.title_frontal"
                                                              : "spine.title_sagittal"));
  const SpineFigure profile = spine_figure(bout.spine, phrases);
  set_text(view, "profile", profile.svg);
  set_text(view, "profile_scale", profile.scale_note);
  view.set("spine_basis", spine_basis_text(bout.spine, phrases));
  set_list(view, "metrics", metrics_view(bout.spine, phrases));
  set_list(view, "hotspots", hotspots_view(bout, scale.unit, phrases));
  view.set("peak_column", phrases.at("hotspots.peak") + ", " + scale.unit.name);
  view.set("ppi_column", phrases.at("hotspots.ppi") + ", " + scale.unit.name);
  view.set("dose_column", phrases.at("hotspots.dose") + ", " +
                              phrases.fill("hotspots.dose_unit", {{"unit", scale.unit.name}}));
  set_list(view, "pressure",
           pressure_view(bout.pressure, result.quality.units, scale.unit, phrases));
  view.set("verdict_line",
           phrases.at("summary.why") + ": " + verdict_word(bout.fit.verdict, phrases));
  set_list(view, "why", reasons_view(bout.fit.reasons));
  return view;
}

PageList movement_view(const RecordingResult& result, const Phrases& phrases) {
  const Movement& m = result.movement;
  PageList list;
  list.push_back(fact(phrases.at("timeline.shifts"), fmt::format("{}", m.shifts)));
  list.push_back(
      m.shifts_per_h
          ? fact(phrases.at("timeline.per_hour"), page_number(*m.shifts_per_h, 1))
          : fact(phrases.at("timeline.per_hour"), "–", phrases.at("timeline.per_hour_short")));
  list.push_back(fact(phrases.at("timeline.still"), duration_text(m.longest_still_s)));
  list.push_back(
      fact(phrases.at("timeline.moving"), page_number(100.0 * m.restlessness, 1) + " %"));
  const std::string shares = shares_text(m, phrases);
  if (!shares.empty()) list.push_back(wide_fact(phrases.at("timeline.share"), shares));
  return list;
}

}  // namespace

PageData recording_view(const RecordingResult& r, std::size_t index, const MapScale& scale,
                        const Phrases& phrases) {
  PageData view;
  view.set("anchor", recording_anchor(index));
  view.set("title",
           r.mattress_id.empty()
               ? r.recording_id
               : r.recording_id + " " +
                     phrases.fill("recording.on", {{"mattress", mattress_title(r, phrases)}}));
  view.set("facts_line",
           joined({r.frames < 2 ? phrases.at("recording.moment") : duration_text(r.duration_s),
                   r.frames < 2 ? ""
                                : phrases.fill("recording.frames",
                                               {{"frames", fmt::format("{}", r.frames)}}),
                   r.condition.empty()
                       ? ""
                       : phrases.fill("recording.condition", {{"condition", r.condition}})}));
  set_quality(view, r, phrases);
  set_text(view, "timeline", timeline_figure(r, phrases));
  set_list(view, "movement", movement_view(r, phrases));
  PageList bouts;
  for (const BoutResult& b : r.bouts) {
    if (is_lying(b.bout.posture)) bouts.push_back(bout_view(b, r, scale, phrases));
  }
  set_list(view, "bouts", bouts);
  return view;
}

}  // namespace matfit
