#include "stages/write/inspection.hpp"

#include "stages/write/load_range.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/pressure_words.hpp"
#include "stages/write/quality_words.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

class Facts {
 public:
  explicit Facts(const Phrases& phrases) : phrases_(phrases) {}
  void add(const char* key, const std::string& text) {
    facts_.emplace_back(phrases_.at(std::string("inspection.fact_") + key), text);
  }
  std::vector<std::pair<std::string, std::string>> take() { return std::move(facts_); }

 private:
  const Phrases& phrases_;
  std::vector<std::pair<std::string, std::string>> facts_;
};

std::string stated_by(const std::string& source, const Phrases& phrases) {
  return source.empty() ? phrases.at("inspection.not_stated") : source;
}

std::string number_text(double value) { return fmt::format("{:.4g}", value); }

std::string mat_text(const MatDescription& mat, const Phrases& phrases) {
  const MatGeometry& g = mat.geometry;
  return phrases.fill(mat.pitch_sd_m ? "inspection.mat_uncertain" : "inspection.mat",
                      {{"model", mat.model.empty() ? phrases.at("inspection.no_model") : mat.model},
                       {"rows", fmt::format("{}", g.rows)},
                       {"cols", fmt::format("{}", g.cols)},
                       {"row_pitch", page_number(mm_per_m * g.row_pitch_m, 2)},
                       {"col_pitch", page_number(mm_per_m * g.col_pitch_m, 2)},
                       {"sd", page_number(mm_per_m * mat.pitch_sd_m.value_or(0.0), 1)},
                       {"source", stated_by(mat.geometry_source, phrases)}});
}

std::string frames_text(const Recording& recording, const Phrases& phrases) {
  const std::vector<double>& time_s = recording.time_s;
  return phrases.fill(
      time_s.size() < 2 ? "inspection.one_frame" : "inspection.frames",
      {{"frames", fmt::format("{}", recording.size())},
       {"time", time_s.empty() ? "" : page_number(time_s.back() - time_s.front(), 1)},
       {"interval", number_text(frame_interval_s(time_s))},
       {"source", stated_by(recording.time_source, phrases)}});
}

// How evenly the clock ticks, gaps aside.
std::string clock_text(const Recording& recording, const std::vector<TimeGap>& gaps,
                       const Phrases& phrases) {
  const std::vector<double>& time_s = recording.time_s;
  double shortest_s = INFINITY;
  double longest_s = 0.0;
  std::size_t next_gap = 0;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    if (next_gap < gaps.size() && gaps[next_gap].first_frame == i) {
      ++next_gap;
      continue;
    }
    shortest_s = std::min(shortest_s, time_s[i] - time_s[i - 1]);
    longest_s = std::max(longest_s, time_s[i] - time_s[i - 1]);
  }
  return phrases.fill("inspection.clock", {{"shortest", number_text(shortest_s)},
                                           {"longest", number_text(longest_s)},
                                           {"gaps", gaps_text(gaps, time_s, phrases)}});
}

std::string unit_text(const Recording& recording, const UnitEvidence& units,
                      const Phrases& phrases) {
  return phrases.fill("inspection.unit", {{"unit", std::string(name_of(recording.unit))},
                                          {"source", stated_by(recording.unit_source, phrases)},
                                          {"scale", number_text(units.scale_to_mmhg)}});
}

// What the scale rests on, and how far the pressures of a loaded cell and of the highest may be
// off.
std::string proof_text(const PressureField& mean, const UnitEvidence& units,
                       const Phrases& phrases) {
  if (mean.pressure_pa.size() == 0) return pressure_note(units, 0.0, std::nullopt, phrases);
  const MapPressures map = map_pressures(mean, units);
  const ShownUnit unit = shown_unit(units, phrases);
  const std::string note = pressure_note(units, map.mean_pa, map.mean_sd_pa, phrases);
  if (unit.relative || !map.mean_sd_pa) return note;
  return phrases.fill("inspection.proof",
                      {{"note", note},
                       {"mean", pressure_text(map.mean_pa, map.mean_sd_pa, unit)},
                       {"highest", pressure_text(map.highest_pa, map.highest_sd_pa, unit)}});
}

std::string load_over_weight_text(const Quality& q, const Phrases& phrases) {
  if (q.load_over_weight) return page_number(*q.load_over_weight, 2);
  return phrases.at(q.units.source == "body_weight" ? "inspection.weight_by_construction"
                                                    : "inspection.weight_unknown");
}

std::string background_text(const RawSignal& raw, const Phrases& phrases) {
  return phrases.fill(
      raw.background_from_empty_frames ? "inspection.background_empty"
                                       : "inspection.background_unloaded",
      {{"level", number_text(raw.background)}, {"noise", fmt::format("{:.2g}", raw.noise)}});
}

std::string saturation_text(const Quality& q, const Phrases& phrases) {
  if (!q.raw.saturation) return phrases.at("inspection.saturation_none");
  return phrases.fill("inspection.saturation",
                      {{"level", number_text(*q.raw.saturation)},
                       {"percent", page_number(100.0 * q.saturated_share, 2)}});
}

std::string or_none(const std::string& text, const char* none, const Phrases& phrases) {
  return text.empty() ? phrases.at(none) : text;
}

// Mean over the usable frames; empty where there is none.
PressureField mean_of_usable(const PressureSeries& series) {
  const bool any =
      std::any_of(series.valid.begin(), series.valid.end(), [](auto v) { return v != 0; });
  return any ? mean_field(series, 0, series.size(), series.orientation) : PressureField{};
}

}  // namespace

Inspection inspection_of(const Recording& recording, const PressureSeries& series,
                         const std::string& language) {
  const Phrases phrases(language);
  const Quality& q = series.quality;
  Inspection out;
  out.recording_id = recording.id;
  out.quality = q;
  out.mean = mean_of_usable(series);
  out.absent = recording.mat.absent;
  out.time_s = series.time_s;
  out.load_n = series.load_n;
  out.valid = series.valid;

  Facts facts(phrases);
  facts.add("recording", fmt::format("{}: {}", recording.id, recording.path));
  facts.add("format", recording.format);
  for (const std::string& note : recording.notes) facts.add("note", note);
  facts.add("mat", mat_text(recording.mat, phrases));
  facts.add("orientation",
            phrases.fill("inspection.orientation",
                         {{"head_end", std::string(name_of(recording.mat.head_end))},
                          {"view", std::string(name_of(recording.mat.view))},
                          {"source", stated_by(recording.mat.orientation_source, phrases)}}));
  facts.add("frames", frames_text(recording, phrases));
  if (recording.size() > 1) {
    facts.add("clock", clock_text(recording, gaps_in(recording.time_s), phrases));
  }
  facts.add("invalid", or_none(invalid_frames_text(q, phrases), "inspection.none", phrases));
  if (recording.size() > 1) facts.add("repeated", repeated_frames_text(q, phrases));
  facts.add("units", unit_text(recording, q.units, phrases));
  facts.add("pressures", proof_text(out.mean, q.units, phrases));
  if (const auto load = load_range(series)) {
    facts.add("load", phrases.fill("inspection.load", {{"median", page_number(load->median_n, 0)},
                                                       {"low", page_number(load->lowest_n, 0)},
                                                       {"high", page_number(load->highest_n, 0)}}));
  }
  facts.add("load_over_weight", load_over_weight_text(q, phrases));
  if (recording.size() > 1) {
    facts.add("course", load_course_text(q.creep, phrases));
    facts.add("readable",
              readable_text(q.creep, recording.time_s.back() - recording.time_s.front(), phrases));
  }
  facts.add("background", background_text(q.raw, phrases));
  facts.add("defects", or_none(defects_text(q, phrases), "defect.none", phrases));
  facts.add("cross_talk", or_none(cross_talk_text(q, phrases), "cross_talk.none", phrases));
  facts.add("gain_steps", or_none(gain_steps_text(q, phrases), "gain_step.none", phrases));
  facts.add("saturation", saturation_text(q, phrases));
  out.facts = facts.take();
  return out;
}

}  // namespace matfit
