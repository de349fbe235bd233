#include "stages/calibrate/calibrate.hpp"

#include "stages/calibrate/background.hpp"
#include "stages/calibrate/calibrated_frames.hpp"
#include "stages/calibrate/content_faults.hpp"
#include "stages/calibrate/context_faults.hpp"
#include "stages/calibrate/creep.hpp"
#include "stages/calibrate/cross_talk.hpp"
#include "stages/calibrate/defects.hpp"
#include "stages/calibrate/displaced_frames.hpp"
#include "stages/calibrate/frame_loads.hpp"
#include "stages/calibrate/frame_statistics.hpp"
#include "stages/calibrate/gain_steps.hpp"
#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/load_course.hpp"
#include "stages/calibrate/occupation.hpp"
#include "stages/calibrate/poses.hpp"
#include "stages/calibrate/pressure_errors_of_units.hpp"
#include "stages/calibrate/profile_use.hpp"
#include "stages/calibrate/quality_figures.hpp"
#include "stages/calibrate/quiet_runs.hpp"
#include "stages/calibrate/repeated_frames.hpp"
#include "stages/calibrate/saturation.hpp"
#include "stages/calibrate/unit_scale.hpp"
#include "types/error.hpp"
#include "types/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace matfit {

namespace {

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

// What the cells typically read, as the calibration gives it; empty where nobody is seen.
Eigen::ArrayXf typical_map(const Survey& loaded, const Calibration& calibration) {
  if (loaded.empty()) return {};
  const auto median = std::make_shared<MemoryFrames>(loaded.median.transpose());
  return CalibratedFrames(median, calibration).read(0, 1).row(0);
}

void mark(std::vector<std::uint8_t>& valid, const std::vector<InvalidFrame>& faults) {
  for (const InvalidFrame& fault : faults) valid[fault.frame] = 0;
}

std::vector<InvalidFrame> in_order(std::vector<InvalidFrame> faults) {
  std::stable_sort(faults.begin(), faults.end(),
                   [](const auto& a, const auto& b) { return a.frame < b.frame; });
  return faults;
}

// What the creep of the mat's profile makes of each frame's readings.
std::vector<float> creep_factors_of(const CreepLaw& law, const std::vector<Lying>& lyings,
                                    const std::vector<FrameStatistics>& statistics,
                                    const std::vector<std::uint8_t>& valid, const Occupation& who,
                                    double background_sum, const std::vector<double>& time_s,
                                    const LeadPrior& lead) {
  std::vector<double> sums(valid.size(), std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] != 0) sums[i] = statistics[i].sum - background_sum;
  }
  const std::vector<LyingCourse> courses = courses_of(lyings, time_s, sums);
  const bool judged = !courses.empty() && !courses.front().seen;
  return creep_factors(law, who, time_s, judged ? &courses.front() : nullptr, lead);
}

}  // namespace

PressureSeries calibrate(const Recording& recording, const CalibrationKnowledge& known,
                         const CalibrateOptions& options) {
  require_consistent(recording);
  const MatProfile* profile = options.profile.get();
  if (profile != nullptr) require_same_mat(*profile, recording);
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
  const std::vector<InvalidFrame> displaced =
      displaced_frames(recording, statistics, series.valid,
                       occupation(statistics, series.valid, background, cells).loaded,
                       background.level, background.noise);
  mark(series.valid, displaced);
  const std::vector<InvalidFrame> by_context = context_faults(
      recording, statistics, series.valid, invalid, background.level, background.noise);
  mark(series.valid, by_context);
  invalid.insert(invalid.end(), displaced.begin(), displaced.end());
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
  if (profile != nullptr) {
    take_background_pattern(*profile, loaded, recording.integer_counts, background);
  }
  Quality& quality = series.quality;
  quality.raw.background = background.level;
  quality.raw.noise = background.noise;
  quality.raw.background_from_empty_frames = background.from_empty_frames;
  quality.raw.saturation =
      find_saturation(loaded, recording.integer_counts, recording.mat.full_scale);

  Defects defects;
  if (who.loaded_frames > 0) {
    const DefectEvidence evidence = {g,
                                     &loaded,
                                     &empty,
                                     background.level_per_cell,
                                     background.noise,
                                     quality.raw.saturation,
                                     recording.mat.absent};
    defects = find_defects(evidence);
    const std::vector<DefectMap> poses = maps_of_poses(evidence, defects);
    CrossTalk cross_talk = find_cross_talk(sound_map(evidence, defects), poses);
    quality.bridged = std::move(cross_talk.bridged);
    quality.leakage = std::move(cross_talk.leakage);
    quality.gain_steps = find_gain_steps(poses, quality.bridged);
  }
  if (profile != nullptr) add_cells_without_response(*profile, defects);
  const std::vector<std::uint8_t> defective = defects.mask(g, recording.mat.absent);
  series.repaired.setConstant(g.rows, g.cols, false);
  series.repair_relative_sd.setZero(g.rows, g.cols);

  Calibration calibration;
  calibration.background = background.level_per_cell;
  calibration.dead_zone = static_cast<float>(options.dead_zone_sd * background.noise);
  if (profile != nullptr) calibration.responses = std::make_shared<CellResponses>(*profile);
  calibration.repair =
      plan_repair(g, defective, recording.mat.absent, typical_map(loaded, calibration));
  quality.repaired_load_share = calibration.repair.load_share;
  quality.repaired_load_sd = calibration.repair.load_sd_share;
  for (const RepairPlan::Cell& cell : calibration.repair.cells) {
    series.repaired(cell.cell / g.cols, cell.cell % g.cols) = true;
    series.repair_relative_sd(cell.cell / g.cols, cell.cell % g.cols) = cell.relative_sd;
  }
  CalibratedFrames in_units(recording.frames, calibration);
  const auto loads_in_units = [&] {
    return frame_loads(*recording.frames, in_units, series.valid, defective, quality.raw.saturation,
                       calibration.responses.get());
  };
  FrameLoads loads = loads_in_units();
  const std::vector<Lying> lyings =
      quiet_runs(in_units, recording.time_s, statistics, who, loads.sum);
  const bool compensate = profile != nullptr && profile->creep && who.loaded_frames > 0;
  if (compensate) {
    calibration.creep_factor =
        creep_factors_of(*profile->creep, lyings, statistics, series.valid, who,
                         background.level * cells, recording.time_s, known.load_course.lead);
    in_units = CalibratedFrames(recording.frames, calibration);
    loads = loads_in_units();
  }
  const double load_units_m2 = median_of(loads.sum, who.loaded) * g.cell_area_m2();
  UnitScale scale = profile != nullptr && profile->absolute
                        ? scale_of_profile(recording, load_units_m2)
                        : find_unit_scale(recording, load_units_m2, known);
  double tared_noise = background.noise;
  if (profile != nullptr) {
    const double reading =
        typical_reading(*profile, loaded, background, calibration.dead_zone).value_or(0.0);
    state_profile(*profile, reading, scale);
    series.cell_error = cell_errors(*profile);
    tared_noise *= pa_per_reading(*profile, 3.0 * background.noise);
  }
  calibration.scale = static_cast<float>(scale.pa_per_unit);
  series.frames_pa = std::make_shared<CalibratedFrames>(recording.frames, calibration);
  series.load_n = loads.sum;
  for (double& load : series.load_n) load *= scale.pa_per_unit * g.cell_area_m2();
  series.noise_pa = tared_noise * scale.pa_per_unit;

  quality.invalid = in_order(std::move(invalid));
  quality.invalid_frames = quality.invalid.size();
  quality.dead_cells = defects.dead_cells;
  quality.hot_cells = defects.hot_cells;
  quality.dead_rows = defects.dead_rows;
  quality.dead_cols = defects.dead_cols;
  quality.dead_parts = defects.dead_parts;
  quality.weak_rows = defects.weak_rows;
  quality.weak_cols = defects.weak_cols;
  quality.hot_rows = defects.hot_rows;
  quality.hot_cols = defects.hot_cols;
  quality.units = scale.evidence;
  if (!quality.units.response_known) {
    quality.units.error = pressure_errors(
        scale, middle_reading(loaded, background, calibration.dead_zone) * scale.pa_per_unit,
        known.unknown_response);
  }
  quality.creep =
      load_course(lyings, {recording.time_s, loads.sum, loads.effective_cells}, known.load_course);
  quality.creep.compensated = compensate;
  quality.repeated = repeated_frames(statistics, who.loaded, recording.time_s);
  quality.load_over_weight = scale.load_over_weight;
  if (loads.loaded_readings > 0.0) {
    quality.saturated_share = loads.saturated_readings / loads.loaded_readings;
  }
  QualityFigures figures = quality_figures({recording, quality, scale, background, who, loaded,
                                            in_units, tared_noise, loads, defects, lyings});
  figures.merge(repetition_figures(quality.repeated, recording.time_s));
  GradedQuality graded = grade_quality(figures, known.rules);
  quality.grade = graded.grade;
  quality.reasons = std::move(graded.reasons);
  return series;
}

}  // namespace matfit
