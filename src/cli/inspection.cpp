#include "cli/inspection.hpp"

#include "cli/letter_map.hpp"
#include "numeric/statistics.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/result_json.hpp"
#include "types/units.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double mm_per_m = 1e3;

std::string or_unknown(const std::string& text) { return text.empty() ? "not stated" : text; }

std::optional<double> usual_interval_s(const std::vector<double>& time_s) {
  if (time_s.size() < 2) return std::nullopt;
  std::vector<double> steps;
  for (std::size_t i = 1; i < time_s.size(); ++i) steps.push_back(time_s[i] - time_s[i - 1]);
  return median(std::move(steps));
}

double duration_s(const std::vector<double>& time_s) {
  return time_s.empty() ? 0.0 : time_s.back() - time_s.front();
}

struct LoadRange {
  double lowest_n = 0.0;
  double median_n = 0.0;
  double highest_n = 0.0;
};

std::optional<LoadRange> load_range(const PressureSeries& series) {
  std::vector<double> loads;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] != 0) loads.push_back(series.load_n[i]);
  }
  if (loads.empty()) return std::nullopt;
  return LoadRange{quantile(loads, 0.0), median(loads), quantile(loads, 1.0)};
}

// "0 start_up, 1 byte_swapped"; long lists end with their number.
std::string invalid_list(const std::vector<InvalidFrame>& invalid) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, invalid.size()); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", invalid[i].frame, invalid[i].reason);
  }
  if (invalid.size() > most) text += fmt::format(" and {} more", invalid.size() - most);
  return text;
}

std::string cell_list(const std::vector<std::array<int, 2>>& cells) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, cells.size()); ++i) {
    text += fmt::format("{}({}, {})", i == 0 ? "" : ", ", cells[i][0], cells[i][1]);
  }
  if (cells.size() > most) text += fmt::format(" and {} more", cells.size() - most);
  return text;
}

std::string part_list(const std::vector<LinePart>& parts) {
  std::string text;
  for (const LinePart& part : parts) {
    text += fmt::format("{}{} {} from {} to {}", text.empty() ? "" : ", ",
                        part.is_row ? "row" : "column", part.line, part.first, part.last - 1);
  }
  return text;
}

std::string defect_list(const Quality& q) {
  std::string text;
  const auto add = [&](const char* noun, const std::string& list) {
    if (!list.empty()) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", noun, list);
  };
  const auto numbers = [](const std::vector<int>& lines) {
    return fmt::format("{}", fmt::join(lines, ", "));
  };
  add("dead columns", numbers(q.dead_cols));
  add("dead rows", numbers(q.dead_rows));
  add("dead parts of lines:", part_list(q.dead_parts));
  add("weak columns", numbers(q.weak_cols));
  add("weak rows", numbers(q.weak_rows));
  add("stuck columns", numbers(q.hot_cols));
  add("stuck rows", numbers(q.hot_rows));
  add("dead cells", cell_list(q.dead_cells));
  add("hot cells", cell_list(q.hot_cells));
  return text.empty() ? "none found" : text;
}

std::string unit_line(const Recording& recording, const Quality& q) {
  std::string text = fmt::format("{} ({}); 1 unit = {:.4g} mmHg", name_of(recording.unit),
                                 or_unknown(recording.unit_source), q.units.scale_to_mmhg);
  if (q.units.source == "body_weight") text += " by body weight";
  if (q.units.source == "profile") text += " by the mat's profile, at what a loaded cell reads";
  if (q.units.relative_sd) text += fmt::format(" (+/- {:.1f} %)", 100.0 * *q.units.relative_sd);
  if (q.units.source == "assumed") text += " by a reference adult's weight";
  text += q.units.absolute ? "" : "; only ratios mean something";
  return text;
}

class Facts {
 public:
  void add(const char* label, std::string text) { facts_.emplace_back(label, std::move(text)); }
  std::vector<std::pair<std::string, std::string>> take() { return std::move(facts_); }

 private:
  std::vector<std::pair<std::string, std::string>> facts_;
};

nlohmann::ordered_json rounded_number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  return rounded(value, decimals);
}

// What was read and found, each with its label; the grade and its reasons aside.
std::vector<std::pair<std::string, std::string>> facts_of(const Recording& recording,
                                                          const PressureSeries& series) {
  const Quality& q = series.quality;
  const MatGeometry& g = recording.mat.geometry;
  Facts lines;
  lines.add("recording", fmt::format("{}: {}", recording.id, recording.path));
  lines.add("format", recording.format);
  for (const std::string& note : recording.notes) lines.add("note", note);
  lines.add("mat",
            fmt::format("{}, {} rows x {} columns, {:.2f} x {:.2f} mm a cell{} ({})",
                        recording.mat.model.empty() ? "model not stated" : recording.mat.model,
                        g.rows, g.cols, mm_per_m * g.row_pitch_m, mm_per_m * g.col_pitch_m,
                        recording.mat.pitch_sd_m
                            ? fmt::format(" +/- {:.1f}", mm_per_m * *recording.mat.pitch_sd_m)
                            : "",
                        or_unknown(recording.mat.geometry_source)));
  lines.add("orientation",
            fmt::format("head end {}, seen from {} ({})", name_of(recording.mat.head_end),
                        name_of(recording.mat.view), or_unknown(recording.mat.orientation_source)));
  const auto interval_s = usual_interval_s(recording.time_s);
  lines.add("frames",
            fmt::format("{} in {:.1f} s{} ({})", recording.size(), duration_s(recording.time_s),
                        interval_s ? fmt::format(", one each {:.4g} s", *interval_s) : "",
                        or_unknown(recording.time_source)));
  lines.add("units", unit_line(recording, q));
  const auto load = load_range(series);
  if (load) {
    lines.add("load", fmt::format("{:.0f} N in the median, {:.0f} to {:.0f} N", load->median_n,
                                  load->lowest_n, load->highest_n));
  }
  lines.add("load / weight", q.load_over_weight ? fmt::format("{:.2f}", *q.load_over_weight)
                             : q.units.source == "body_weight"
                                 ? "1 by construction"
                                 : "unknown without the person's mass");
  lines.add("invalid frames",
            q.invalid.empty() ? "none"
                              : fmt::format("{}: {}", q.invalid_frames, invalid_list(q.invalid)));
  lines.add("background",
            fmt::format(
                "{:.4g}, noise {:.2g} ({}), in units of the file", q.raw.background, q.raw.noise,
                q.raw.background_from_empty_frames ? "from empty frames" : "from unloaded cells"));
  lines.add("defects", defect_list(q));
  lines.add("saturation", q.raw.saturation
                              ? fmt::format("at {:.4g}; {:.2f} % of the loaded readings",
                                            *q.raw.saturation, 100.0 * q.saturated_share)
                              : "none seen");
  return lines.take();
}

// Mean over the usable frames; empty where there is none.
PressureField mean_of_usable(const PressureSeries& series) {
  const bool any =
      std::any_of(series.valid.begin(), series.valid.end(), [](auto v) { return v != 0; });
  return any ? mean_field(series, 0, series.size(), series.orientation) : PressureField{};
}

}  // namespace

std::string inspection_text(const Recording& recording, const PressureSeries& series) {
  std::string text;
  for (const auto& [label, fact] : facts_of(recording, series)) {
    text += fmt::format("{:<14} {}\n", label, fact);
  }
  const Quality& q = series.quality;
  text += fmt::format("{:<14} {}\n", "grade", static_cast<char>(q.grade));
  for (const QualityReason& reason : q.reasons) {
    text += fmt::format("  {}: {};\n    {}\n", reason.code, reason.text, reason.effect);
  }
  const PressureField mean = mean_of_usable(series);
  if (mean.pressure_pa.size() > 0) text += "\n" + letter_map(mean, q, recording.mat.absent);
  return text;
}

Inspection inspection_of(const Recording& recording, const PressureSeries& series) {
  Inspection out;
  out.recording_id = recording.id;
  out.facts = facts_of(recording, series);
  out.quality = series.quality;
  out.mean = mean_of_usable(series);
  out.absent = recording.mat.absent;
  out.time_s = series.time_s;
  out.load_n = series.load_n;
  out.valid = series.valid;
  return out;
}

std::string inspection_json(const Recording& recording, const PressureSeries& series) {
  const MatGeometry& g = recording.mat.geometry;
  RecordingResult result;
  result.quality = series.quality;
  result.orientation = series.orientation;
  nlohmann::ordered_json out;
  out["schema"] = "matfit-inspection";
  out["schema_version"] = 1;
  out["recording_id"] = recording.id;
  out["path"] = recording.path;
  out["format"] = recording.format;
  out["sha256"] = recording.sha256;
  out["mat"] = {{"model", recording.mat.model},
                {"rows", g.rows},
                {"cols", g.cols},
                {"row_pitch_mm", rounded_number(mm_per_m * g.row_pitch_m, 3)},
                {"col_pitch_mm", rounded_number(mm_per_m * g.col_pitch_m, 3)},
                {"pitch_sd_mm", recording.mat.pitch_sd_m
                                    ? rounded_number(mm_per_m * *recording.mat.pitch_sd_m, 3)
                                    : nlohmann::ordered_json(nullptr)},
                {"geometry_source", recording.mat.geometry_source},
                {"head_end", name_of(recording.mat.head_end)},
                {"view", name_of(recording.mat.view)},
                {"orientation_source", recording.mat.orientation_source}};
  const auto interval_s = usual_interval_s(recording.time_s);
  out["frames"] = recording.size();
  out["duration_s"] = rounded_number(duration_s(recording.time_s), 3);
  out["frame_interval_s"] =
      interval_s ? rounded_number(*interval_s, 6) : nlohmann::ordered_json(nullptr);
  out["time_source"] = recording.time_source;
  out["unit_source"] = recording.unit_source;
  const auto load = load_range(series);
  out["load_n"] = load ? nlohmann::ordered_json{{"lowest", rounded_number(load->lowest_n, 1)},
                                                {"median", rounded_number(load->median_n, 1)},
                                                {"highest", rounded_number(load->highest_n, 1)}}
                       : nlohmann::ordered_json(nullptr);
  out["noise_mmhg"] = rounded_number(series.noise_pa / pa_per_mmhg, 4);
  out["quality"] = json_from_result(result)["quality"];
  return out.dump(2) + "\n";
}

}  // namespace matfit
