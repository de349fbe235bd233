#include "stages/calibrate/quality_figures.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/load_course.hpp"
#include "stages/calibrate/time_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

namespace {

std::string listed_lines(const std::vector<int>& cols, const std::vector<int>& rows) {
  const std::string text = cols.empty() ? "" : fmt::format("column {}", fmt::join(cols, ", "));
  if (rows.empty()) return text;
  return fmt::format("{}{}row {}", text, text.empty() ? "" : "; ", fmt::join(rows, ", "));
}

// "3, 17, 40, 41 and 6 more"
template <typename Item, typename Text>
std::string first_of(const std::vector<Item>& items, std::size_t most, const Text& text_of) {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(most, items.size()); ++i) texts.push_back(text_of(items[i]));
  const std::string text = fmt::format("{}", fmt::join(texts, ", "));
  return items.size() > most ? text + fmt::format(" and {} more", items.size() - most) : text;
}

std::string listed_cells(const std::vector<std::array<int, 2>>& cells) {
  return first_of(cells, 6, [](const std::array<int, 2>& cell) {
    return fmt::format("({}, {})", cell[0], cell[1]);
  });
}

std::string listed_parts(const std::vector<LinePart>& parts) {
  std::vector<std::string> texts;
  for (const LinePart& p : parts) {
    texts.push_back(fmt::format("{} {} from {} to {}", p.is_row ? "row" : "column", p.line, p.first,
                                p.last - 1));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

std::string listed_bridges(const std::vector<BridgedLines>& bridged) {
  std::vector<std::string> texts;
  for (const BridgedLines& b : bridged) {
    texts.push_back(fmt::format("{} {} to {} in {} {} to {}", b.rows ? "rows" : "columns",
                                b.first_line, b.last_line - 1, b.rows ? "columns" : "rows", b.first,
                                b.last - 1));
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

// Share of the load that bridged lines read beyond one of them.
double bridged_share(const std::vector<BridgedLines>& bridged) {
  double share = 0.0;
  for (const BridgedLines& b : bridged) {
    const double lines = b.last_line - b.first_line;
    share += b.load_share * (lines - 1.0) / lines;
  }
  return share;
}

// The larger leakage, and along which lines it goes.
QualityFigure leakage_figure(const std::vector<Leakage>& leakage) {
  QualityFigure out;
  for (const Leakage& l : leakage) {
    out.value = std::max(out.value, l.share);
    out.list +=
        fmt::format("{}{}", out.list.empty() ? "" : " and ", l.along_rows ? "rows" : "columns");
  }
  return out;
}

// The largest ratio of two sides, less one, and where they meet.
QualityFigure gain_step_figure(const std::vector<GainStep>& steps) {
  QualityFigure out;
  for (const GainStep& s : steps) {
    out.value = std::max(out.value, std::max(s.factor, 1.0 / s.factor) - 1.0);
    out.list += fmt::format("{}{}s from {} on read {:.2f} +/- {:.2f} times those before",
                            out.list.empty() ? "" : "; ", s.between_rows ? "row" : "column", s.line,
                            s.factor, s.factor * s.relative_sd);
  }
  return out;
}

// "0 byte swapped, 10 out of order"
std::string listed_frames(const std::vector<InvalidFrame>& frames) {
  return first_of(frames, 4, [](const InvalidFrame& fault) {
    std::string reason = fault.reason;
    std::replace(reason.begin(), reason.end(), '_', ' ');
    return fmt::format("{} {}", fault.frame, reason);
  });
}

std::string listed_places(const std::vector<std::size_t>& frames) {
  return first_of(frames, 4, [](std::size_t frame) { return fmt::format("{}", frame); });
}

// Change of the load from the first to the last tenth of the loaded frames, relative, without sign;
// absent where there are too few.
std::optional<double> load_drift(const std::vector<double>& loads,
                                 const std::vector<std::uint8_t>& loaded) {
  constexpr std::size_t least_frames = 30;
  std::vector<double> kept;
  for (std::size_t i = 0; i < loads.size(); ++i) {
    if (loaded[i] != 0) kept.push_back(loads[i]);
  }
  if (kept.size() < least_frames) return std::nullopt;
  const auto tenth = static_cast<std::ptrdiff_t>(kept.size() / 10);
  const double first = median({kept.begin(), kept.begin() + tenth});
  const double last = median({kept.end() - tenth, kept.end()});
  return std::abs(last / first - 1.0);
}

// Share of the load within `margin_m` of the mat's edge, a wider cell's load taken as spread
// evenly.
double edge_share(const Survey& loaded, const FrameSource& frames, const MatGeometry& g) {
  constexpr double margin_m = 0.030;
  const double of_rows = std::min(1.0, margin_m / g.row_pitch_m);
  const double of_cols = std::min(1.0, margin_m / g.col_pitch_m);
  double edge = 0.0;
  double all = 0.0;
  for (const std::size_t i : loaded.number) {
    const FrameBlock frame = frames.read(i, 1);
    for (int k = 0; k < g.cells(); ++k) {
      const int r = k / g.cols;
      const int c = k % g.cols;
      const bool row_edge = r == 0 || r == g.rows - 1;
      const bool col_edge = c == 0 || c == g.cols - 1;
      const double inside = (row_edge ? 1.0 - of_rows : 1.0) * (col_edge ? 1.0 - of_cols : 1.0);
      all += frame(0, k);
      edge += (1.0 - inside) * frame(0, k);
    }
  }
  return all > 0.0 ? edge / all : 0.0;
}

// How far the most loaded cells rise over the background, in noise or in steps of whole numbers.
// Absent where neither is known.
std::optional<double> signal_over_noise(const Survey& loaded, const Background& background,
                                        bool whole_numbers) {
  constexpr double most_loaded = 0.98;
  const double step = std::max(background.noise, whole_numbers ? 1.0 : 0.0);
  if (!(step > 0.0)) return std::nullopt;
  std::vector<double> signal;
  for (Eigen::Index c = 0; c < loaded.median.size(); ++c) {
    const double v = loaded.median[c] - background.level_per_cell[c];
    if (std::isfinite(v)) signal.push_back(v);
  }
  return quantile(std::move(signal), most_loaded) / step;
}

std::string readable_text(const CreepFigures& creep) {
  if (!creep.readable_from_s) return "unknown";
  return fmt::format("{:.0f} s", *creep.readable_from_s);
}

// What only a load tells.
void add_figures_of_load(QualityFigures& figures, const CalibrationEvidence& evidence) {
  const std::vector<double>& loads = evidence.loads.sum;
  const std::vector<std::uint8_t>& loaded = evidence.occupation.loaded;
  const CreepFigures& creep = evidence.quality.creep;
  const std::vector<double> beyond_creep =
      without_creep(loads, evidence.recording.time_s, evidence.lyings, creep);
  if (const auto drift = load_drift(beyond_creep, loaded)) figures["load_drift"] = {*drift, ""};
  figures["creep_at_end"] = {creep.load_growth_at_end, readable_text(creep)};
  figures["settling_at_end"] = {creep.contact_growth_at_end, readable_text(creep)};
  if (evidence.occupation.loaded_frames == 0) return;
  const Recording& recording = evidence.recording;
  const auto signal =
      signal_over_noise(evidence.loaded, evidence.background, recording.integer_counts);
  if (signal) figures["signal_over_noise"] = {*signal, ""};
  figures["edge_share"] = {edge_share(evidence.loaded, evidence.tared, recording.mat.geometry), ""};
  const std::size_t valid = recording.size() - evidence.quality.invalid_frames;
  const double mean_loaded = median_of(loads, loaded) * static_cast<double>(valid) /
                             std::max(evidence.loads.loaded_readings, 1.0);
  figures["noise_share"] = {evidence.tared_noise / std::max(mean_loaded, 1e-30), ""};
}

}  // namespace

QualityFigures quality_figures(const CalibrationEvidence& evidence) {
  const Quality& quality = evidence.quality;
  const Defects& defects = evidence.defects;
  const MatGeometry& g = evidence.recording.mat.geometry;
  const auto frames = static_cast<double>(evidence.recording.size());
  const auto invalid = static_cast<double>(quality.invalid_frames);
  QualityFigures figures;
  const auto set = [&](const char* name, double value, std::string list = "") {
    figures[name] = {value, std::move(list)};
  };
  const auto set_lines = [&](const char* name, const std::vector<int>& cols,
                             const std::vector<int>& rows) {
    set(name, static_cast<double>(cols.size() + rows.size()), listed_lines(cols, rows));
  };
  const auto set_cells = [&](const char* name, const std::vector<std::array<int, 2>>& cells) {
    set(name, static_cast<double>(cells.size()), listed_cells(cells));
  };
  set("valid_frames", frames - invalid);
  set("loaded_frames", static_cast<double>(evidence.occupation.loaded_frames));
  set("invalid_frames", invalid, listed_frames(quality.invalid));
  set("invalid_share", invalid / frames, listed_frames(quality.invalid));
  const std::vector<std::size_t>& reordered = evidence.recording.reordered_frames;
  set("reordered_frames", static_cast<double>(reordered.size()), listed_places(reordered));
  set("reordered_share", static_cast<double>(reordered.size()) / frames, listed_places(reordered));
  set_cells("dead_cells", defects.dead_cells);
  set_cells("hot_cells", defects.hot_cells);
  set_lines("dead_lines", defects.dead_cols, defects.dead_rows);
  set("dead_parts", static_cast<double>(defects.dead_parts.size()),
      listed_parts(defects.dead_parts));
  set_lines("weak_lines", defects.weak_cols, defects.weak_rows);
  set_lines("hot_lines", defects.hot_cols, defects.hot_rows);
  const std::vector<std::uint8_t> defective = defects.mask(g, evidence.recording.mat.absent);
  const auto defective_cells = std::count(defective.begin(), defective.end(), 1);
  set("defective_share", static_cast<double>(defective_cells) / g.cells());
  set("bridged_share", bridged_share(quality.bridged), listed_bridges(quality.bridged));
  figures["leakage"] = leakage_figure(quality.leakage);
  figures["gain_step"] = gain_step_figure(quality.gain_steps);
  set("repaired_load_sd", quality.repaired_load_sd,
      fmt::format("{:.1f} %", 100.0 * quality.repaired_load_share));
  set("saturated_share", quality.saturated_share);
  const FrameLoads& loads = evidence.loads;
  set("beyond_profile_share", loads.beyond_range_readings / std::max(loads.loaded_readings, 1.0));
  set("below_profile_share", loads.below_range_share);
  const UnitScale& scale = evidence.scale;
  if (quality.load_over_weight) {
    set("load_over_weight", *quality.load_over_weight, scale.load_text);
  }
  if (scale.implied_mass_kg) set("implied_mass_kg", *scale.implied_mass_kg, scale.load_text);
  const bool stated = quality.units.source == "recording";
  set("unproved_units", stated && !quality.load_over_weight ? 1.0 : 0.0, quality.units.given);
  set("assumed_mass", !stated && evidence.scale.mass_assumed ? 1.0 : 0.0);
  const bool weight_scaled = quality.units.source == "body_weight";
  set("weight_scaled", weight_scaled && !quality.units.response_known ? 1.0 : 0.0);
  set("weight_scaled_response", weight_scaled && quality.units.response_known ? 1.0 : 0.0);
  set("unit_mistake", evidence.scale.mistake.empty() ? 0.0 : 1.0, evidence.scale.mistake);
  set("uncertain_background", evidence.background.certain ? 0.0 : 1.0);
  add_figures_of_load(figures, evidence);
  figures.merge(time_figures(evidence.recording.time_s));
  return figures;
}

}  // namespace matfit
