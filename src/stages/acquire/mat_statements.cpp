#include "stages/acquire/mat_statements.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <optional>

namespace matfit {

namespace {

void settle_pitch(const ReadOptions& options, Recording& recording) {
  MatDescription& mat = recording.mat;
  if (options.row_pitch_m) mat.geometry.row_pitch_m = *options.row_pitch_m;
  if (options.col_pitch_m) mat.geometry.col_pitch_m = *options.col_pitch_m;
  if (options.row_pitch_m || options.col_pitch_m) mat.geometry_source = options.source;
  if (options.row_pitch_m && options.col_pitch_m) mat.pitch_sd_m.reset();
  for (const auto& [pitch_m, flag] : {std::pair{mat.geometry.row_pitch_m, "--row-pitch-mm"},
                                      std::pair{mat.geometry.col_pitch_m, "--col-pitch-mm"}}) {
    if (pitch_m == 0.0) {
      throw InputError({recording.path, "", "", "the mat's pitch, which this format does not state",
                        std::string("give ") + flag + " or a mat in the study's mats.csv"});
    }
    require_within(pitch_m * 1000.0, limits::pitch_mm, recording.path, flag);
  }
}

void settle_times(const ReadOptions& options, Recording& recording) {
  if (options.sample_rate_hz) {
    require_within(*options.sample_rate_hz, limits::sample_rate_hz, recording.path,
                   "--sample-rate-hz");
    recording.time_s = regular_times(recording.size(), *options.sample_rate_hz);
    recording.time_source = options.source;
  } else if (recording.time_s.empty()) {
    recording.time_s = regular_times(recording.size(), 1.0);
    recording.time_source = "assumed";
  }
}

}  // namespace

void settle_statements(const ReadOptions& options, Recording& recording) {
  settle_pitch(options, recording);
  if (options.head_end) recording.mat.head_end = *options.head_end;
  if (options.view) recording.mat.view = *options.view;
  if (options.head_end || options.view) recording.mat.orientation_source = options.source;
  if (options.unit) {
    recording.unit = *options.unit;
    recording.unit_source = options.source;
    // They stood in the unit that the file or its format implied.
    recording.mat.full_scale.reset();
    recording.mat.zero_below.reset();
  }
  settle_times(options, recording);
}

double settle_unit(const ReadOptions& options, const std::string& stated, const std::string& place,
                   Recording& recording) {
  if (options.unit) return 1.0;  // settle_statements does the rest
  const auto scale = pressure_scale_of(stated);
  if (!scale) {
    throw InputError({recording.path, place, stated,
                      stated.empty()
                          ? "the unit of its values, which the file does not state"
                          : "a unit of pressure (mmHg, kPa, MPa, psi, N/cm2, ...) or raw",
                      "give --units, or units of the mat in the study's mats.csv"});
  }
  recording.unit = scale->unit;
  recording.unit_source = "file (" + utf8_text(stated) + ")";
  return scale->factor;
}

void require_rate(const ReadOptions& options, const Recording& recording) {
  if (options.sample_rate_hz || !recording.time_s.empty() || recording.size() < 2) return;
  throw InputError({recording.path, "", "", "the frames' times, which this file does not state",
                    "give --sample-rate-hz, or sample_rate_hz in the study's recordings.csv"});
}

void require_grid(const ReadOptions& options, const std::string& file, MatGeometry& geometry) {
  if (!options.rows || !options.cols) {
    throw InputError({file, "", "", "the mat's rows and columns, which this format does not state",
                      "give --rows and --cols or a mat in the study's mats.csv"});
  }
  geometry.rows = *options.rows;
  geometry.cols = *options.cols;
  require_grid_within_limits(geometry.rows, geometry.cols, file, "--rows and --cols");
}

void require_grid_within_limits(double rows, double cols, const std::string& file,
                                const std::string& place) {
  require_within(rows, limits::grid_lines, file, place);
  require_within(cols, limits::grid_lines, file, place);
  require_within(rows * cols, limits::grid_cells, file, place);
}

void require_same_grid(const ReadOptions& options, const std::string& file,
                       const MatGeometry& geometry) {
  if ((options.rows && *options.rows != geometry.rows) ||
      (options.cols && *options.cols != geometry.cols)) {
    throw InputError(
        {file, "", std::to_string(geometry.rows) + " x " + std::to_string(geometry.cols) + " cells",
         (options.rows ? std::to_string(*options.rows) : "any") + " rows x " +
             (options.cols ? std::to_string(*options.cols) : "any") + " columns (" +
             options.source + ")",
         "leave rows and columns out: the file states its own"});
  }
}

std::vector<double> regular_times(std::size_t frames, double sample_rate_hz) {
  std::vector<double> time_s(frames);
  for (std::size_t i = 0; i < frames; ++i) time_s[i] = static_cast<double>(i) / sample_rate_hz;
  return time_s;
}

}  // namespace matfit
