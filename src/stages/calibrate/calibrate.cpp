#include "stages/calibrate/calibrate.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/background.hpp"
#include "stages/calibrate/calibrated_frames.hpp"
#include "stages/calibrate/content_faults.hpp"
#include "stages/calibrate/context_faults.hpp"
#include "stages/calibrate/defects.hpp"
#include "stages/calibrate/frame_statistics.hpp"
#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/occupation.hpp"
#include "stages/calibrate/saturation.hpp"
#include "stages/calibrate/survey.hpp"
#include "stages/calibrate/time_figures.hpp"
#include "stages/calibrate/unit_scale.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr std::size_t frames_per_read = 64;
constexpr std::size_t first_look_frames = 16;
constexpr std::size_t least_empty_frames = 3;

void require_consistent(const Recording& recording) {
  const MatGeometry& g = recording.mat.geometry;
  const auto reject = [&](const std::string& place, const std::string& value,
                          const std::string& expected) {
    throw InputError({recording.path, place, value, expected, "check the file or its geometry"});
  };
  if (recording.size() == 0) reject("frames", "none", "at least one frame");
  if (g.rows < 2 || g.cols < 2) {
    reject("geometry", fmt::format("{} x {}", g.rows, g.cols), "at least 2 x 2 cells");
  }
  if (!(g.row_pitch_m > 0.0) || !(g.col_pitch_m > 0.0)) {
    reject("geometry", fmt::format("pitch {} m x {} m", g.row_pitch_m, g.col_pitch_m),
           "a pitch over 0");
  }
  const Eigen::Index cells = recording.frames->read(0, 1).cols();
  if (cells != g.cells()) {
    reject("frames", fmt::format("{} cells a frame", cells),
           fmt::format("{} ({} x {})", g.cells(), g.rows, g.cols));
  }
  if (recording.time_s.size() != recording.size()) {
    reject("timestamps", fmt::format("{}", recording.time_s.size()),
           fmt::format("one for each of {} frames", recording.size()));
  }
}

void mark(std::vector<std::uint8_t>& valid, const std::vector<InvalidFrame>& faults) {
  for (const InvalidFrame& fault : faults) valid[fault.frame] = 0;
}

std::vector<InvalidFrame> in_order(std::vector<InvalidFrame> faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const auto& a, const auto& b) { return a.frame < b.frame; });
  return faults;
}

// Sum of the calibrated cells of each frame, and how many readings were saturated.
struct Loads {
  std::vector<double> sum;  // NaN where the frame is not valid
  double loaded_readings = 0.0;
  double saturated_readings = 0.0;
};

Loads sum_loads(const FrameSource& raw, const FrameSource& calibrated,
                const std::vector<std::uint8_t>& valid, const std::vector<std::uint8_t>& defective,
                std::optional<double> saturation) {
  Loads out;
  out.sum.assign(valid.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t first = 0; first < valid.size(); first += frames_per_read) {
    const std::size_t count = std::min(frames_per_read, valid.size() - first);
    const FrameBlock block = calibrated.read(first, count);
    const FrameBlock readings = saturation ? raw.read(first, count) : FrameBlock();
    for (std::size_t k = 0; k < count; ++k) {
      if (valid[first + k] == 0) continue;
      const auto row = static_cast<Eigen::Index>(k);
      out.sum[first + k] = block.row(row).cast<double>().sum();
      out.loaded_readings += static_cast<double>((block.row(row) > 0.0F).count());
      for (Eigen::Index c = 0; saturation && c < readings.cols(); ++c) {
        const bool sound = defective[static_cast<std::size_t>(c)] == 0;
        if (sound && readings(row, c) >= static_cast<float>(*saturation)) {
          out.saturated_readings += 1.0;
        }
      }
    }
  }
  return out;
}

double median_of(const std::vector<double>& values, const std::vector<std::uint8_t>& picked) {
  std::vector<double> some;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (picked[i] != 0) some.push_back(values[i]);
  }
  return some.empty() ? 0.0 : median(std::move(some));
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

std::string listed_lines(const std::vector<int>& cols, const std::vector<int>& rows) {
  const std::string text = cols.empty() ? "" : fmt::format("column {}", fmt::join(cols, ", "));
  if (rows.empty()) return text;
  return fmt::format("{}{}row {}", text, text.empty() ? "" : "; ", fmt::join(rows, ", "));
}

std::string listed_cells(const std::vector<std::array<int, 2>>& cells) {
  constexpr std::size_t most = 6;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, cells.size()); ++i) {
    text += fmt::format("{}({}, {})", i == 0 ? "" : ", ", cells[i][0], cells[i][1]);
  }
  return cells.size() > most ? text + fmt::format(" and {} more", cells.size() - most) : text;
}

std::string listed_frames(const std::vector<InvalidFrame>& frames) {
  constexpr std::size_t most = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, frames.size()); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", frames[i].frame, frames[i].reason);
  }
  return frames.size() > most ? text + fmt::format(" and {} more", frames.size() - most) : text;
}

// Share of the load within `margin_m` of the mat's edge, a wider cell's load taken as spread
// evenly.
double edge_share(const Survey& loaded, const CalibratedFrames& frames, const MatGeometry& g) {
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

QualityFigures figures_of(const Quality& quality, const UnitScale& scale,
                          const Background& background, const Occupation& who, std::size_t frames,
                          const MatGeometry& g, double defective) {
  QualityFigures figures;
  const auto set = [&](const char* name, double value, std::string list = "") {
    figures[name] = {value, std::move(list)};
  };
  const double invalid = static_cast<double>(quality.invalid_frames);
  set("valid_frames", static_cast<double>(frames) - invalid);
  set("loaded_frames", static_cast<double>(who.loaded_frames));
  set("invalid_frames", invalid, listed_frames(quality.invalid));
  set("invalid_share", invalid / static_cast<double>(frames), listed_frames(quality.invalid));
  set("dead_cells", static_cast<double>(quality.dead_cells.size()),
      listed_cells(quality.dead_cells));
  set("dead_lines", static_cast<double>(quality.dead_cols.size() + quality.dead_rows.size()),
      listed_lines(quality.dead_cols, quality.dead_rows));
  set("hot_cells", static_cast<double>(quality.hot_cells.size()), listed_cells(quality.hot_cells));
  set("defective_share", defective / g.cells());
  set("saturated_share", quality.saturated_share);
  if (quality.load_over_weight) set("load_over_weight", *quality.load_over_weight);
  const bool stated = quality.units.source == "recording";
  set("unproved_units", stated && !quality.load_over_weight ? 1.0 : 0.0, quality.units.given);
  set("assumed_mass", !stated && scale.mass_assumed ? 1.0 : 0.0);
  set("weight_scaled", quality.units.source == "body_weight" ? 1.0 : 0.0);
  set("unit_mistake", scale.mistake.empty() ? 0.0 : 1.0, scale.mistake);
  set("uncertain_background", background.certain ? 0.0 : 1.0);
  return figures;
}

}  // namespace

PressureSeries calibrate(const Recording& recording, const CalibrationKnowledge& known,
                         const CalibrateOptions& options) {
  require_consistent(recording);
  const MatGeometry& g = recording.mat.geometry;
  const std::size_t frame_count = recording.size();
  const auto cells = static_cast<double>(g.cells());
  const std::vector<FrameStatistics> statistics = frame_statistics(recording);

  PressureSeries series;
  series.geometry = g;
  series.time_s = recording.time_s;
  series.orientation.head_end = recording.mat.head_end;
  series.orientation.view = recording.mat.view;
  series.orientation.confidence = series.orientation.known() ? 1.0 : 0.0;
  series.valid.assign(frame_count, 1);

  std::vector<InvalidFrame> invalid = content_faults(statistics, g.cells());
  mark(series.valid, invalid);
  const Survey first_look = survey_frames(recording, series.valid, first_look_frames);
  Background background = background_under_body(first_look, recording.integer_counts);
  const std::vector<InvalidFrame> by_context =
      context_faults(recording, statistics, series.valid, background.level, background.noise);
  mark(series.valid, by_context);
  invalid.insert(invalid.end(), by_context.begin(), by_context.end());

  const Occupation who = occupation(statistics, series.valid, background, cells);
  const Survey loaded = survey_frames(recording, who.loaded, options.survey_frames);
  const bool has_empty = who.loaded_frames > 0 && who.empty_frames >= least_empty_frames;
  const Survey empty =
      has_empty ? survey_frames(recording, who.empty, options.survey_frames) : Survey();
  if (has_empty) {
    background = background_of_empty(empty, recording.integer_counts);
  } else if (who.loaded_frames > 0) {
    background = background_under_body(loaded, recording.integer_counts);
  }
  Quality& quality = series.quality;
  quality.raw.background = background.level;
  quality.raw.noise = background.noise;
  quality.raw.background_from_empty_frames = background.from_empty_frames;
  quality.raw.saturation =
      find_saturation(loaded, recording.integer_counts, recording.mat.full_scale);

  Defects defects;
  if (who.loaded_frames > 0) {
    defects = find_defects(
        {g, &loaded, &empty, background.level_per_cell, background.noise, quality.raw.saturation});
  }
  const std::vector<std::uint8_t> defective = defects.mask(g);
  series.repaired.resize(g.rows, g.cols);
  for (int i = 0; i < g.cells(); ++i) {
    series.repaired(i / g.cols, i % g.cols) = defective[static_cast<std::size_t>(i)] != 0;
  }

  Calibration calibration;
  calibration.background = background.level_per_cell;
  calibration.dead_zone = static_cast<float>(options.dead_zone_sd * background.noise);
  calibration.repair = plan_repair(g, defective);
  const CalibratedFrames in_units(recording.frames, calibration);
  const Loads loads =
      sum_loads(*recording.frames, in_units, series.valid, defective, quality.raw.saturation);
  const double load_units_m2 = median_of(loads.sum, who.loaded) * g.cell_area_m2();
  const UnitScale scale = find_unit_scale(recording, load_units_m2, known);
  calibration.scale = static_cast<float>(scale.pa_per_unit);
  series.frames_pa = std::make_shared<CalibratedFrames>(recording.frames, calibration);
  series.load_n = loads.sum;
  for (double& load : series.load_n) load *= scale.pa_per_unit * g.cell_area_m2();
  series.noise_pa = background.noise * scale.pa_per_unit;

  quality.invalid = in_order(std::move(invalid));
  quality.invalid_frames = quality.invalid.size();
  quality.dead_cells = defects.dead_cells;
  quality.hot_cells = defects.hot_cells;
  quality.dead_rows = defects.dead_rows;
  quality.dead_cols = defects.dead_cols;
  quality.units = scale.evidence;
  quality.load_over_weight = scale.load_over_weight;
  if (loads.loaded_readings > 0.0) {
    quality.saturated_share = loads.saturated_readings / loads.loaded_readings;
  }
  const auto defective_cells =
      static_cast<double>(std::count(defective.begin(), defective.end(), 1));
  QualityFigures figures =
      figures_of(quality, scale, background, who, frame_count, g, defective_cells);
  figures["weak_lines"] = {static_cast<double>(defects.weak_cols.size() + defects.weak_rows.size()),
                           listed_lines(defects.weak_cols, defects.weak_rows)};
  figures["hot_lines"] = {static_cast<double>(defects.hot_cols.size() + defects.hot_rows.size()),
                          listed_lines(defects.hot_cols, defects.hot_rows)};
  figures.merge(time_figures(recording.time_s));
  if (const auto drift = load_drift(loads.sum, who.loaded)) figures["load_drift"] = {*drift, ""};
  if (who.loaded_frames > 0) {
    const auto signal = signal_over_noise(loaded, background, recording.integer_counts);
    if (signal) figures["signal_over_noise"] = {*signal, ""};
    figures["edge_share"] = {edge_share(loaded, in_units, g), ""};
    const double mean_loaded = median_of(loads.sum, who.loaded) *
                               static_cast<double>(frame_count - quality.invalid_frames) /
                               std::max(loads.loaded_readings, 1.0);
    figures["noise_share"] = {background.noise / std::max(mean_loaded, 1e-30), ""};
  }
  GradedQuality graded = grade_quality(figures, known.rules);
  quality.grade = graded.grade;
  quality.reasons = std::move(graded.reasons);
  return series;
}

}  // namespace matfit
