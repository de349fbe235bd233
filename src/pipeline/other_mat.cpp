#include "pipeline/other_mat.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace matfit {

namespace {

using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double usual_top_pa = 60.0 * pa_per_mmhg;  // of a lying body, roughly

// Weight of each cell of a line of `from` cells in each cell of a line of `to` cells whose middles
// coincide but for the shift: the share of what the latter senses.
Eigen::MatrixXd line_weights(int to, double to_pitch_m, double sensed_share, int from,
                             double from_pitch_m, double shift_m) {
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(to, from);
  const double half_sensed = 0.5 * sensed_share * to_pitch_m;
  for (int i = 0; i < to; ++i) {
    const double middle = (i + 0.5 - 0.5 * to) * to_pitch_m + shift_m;
    for (int k = 0; k < from; ++k) {
      const double low = (k - 0.5 * from) * from_pitch_m;
      const double both =
          std::min(middle + half_sensed, low + from_pitch_m) - std::max(middle - half_sensed, low);
      weights(i, k) = std::max(0.0, both) / (2.0 * half_sensed);
    }
  }
  return weights;
}

// The reading of a pressure, without gain and noise.
double reading_of(const MatSensor& sensor, double pressure_pa) {
  return sensor.reference_reading * std::pow(pressure_pa / (100.0 * pa_per_mmhg), sensor.exponent);
}

// Readings of resistive mats go with about the square of the pressure, so that the pressures of a
// recording without a mat's profile already carry an exponent of up to 2.
constexpr double least_exponent = 0.4;
constexpr double largest_exponent = 1.2;

// Few steps, a high threshold or an early end of the range, as simple electronics have them.
void limit_range(MatSensor& sensor, Random& random) {
  const double top = reading_of(sensor, usual_top_pa);
  if (random.chance(0.3)) sensor.quantum = top / random.integer(6, 60);
  if (random.chance(0.3)) sensor.threshold = sensor.offset + random.uniform(0.03, 0.15) * top;
  if (random.chance(0.3)) sensor.saturation = sensor.offset + random.uniform(0.3, 0.9) * top;
}

}  // namespace

OtherMat random_other_mat(int rows, int cols, Random& random) {
  OtherMat other;
  const MatGeometry mat = {rows, cols, random.uniform(1.70, 2.05) / rows,
                           random.uniform(0.62, 1.20) / cols};
  other.sensor = random_sensor(mat, random);
  other.sensor.exponent = random.uniform(least_exponent, largest_exponent);
  limit_range(other.sensor, random);
  other.orientation.head_end = random.chance(0.5) ? HeadEnd::first_row : HeadEnd::last_row;
  other.orientation.view = random.chance(0.5) ? View::above : View::below;
  other.orientation.confidence = 1.0;
  other.sensed_share = random.uniform(0.3, 1.0);
  other.stature_scale = std::exp(random.normal(0.0, 0.05));
  other.shift_m = {random.uniform(-0.10, 0.10), random.uniform(-0.05, 0.05)};
  return other;
}

Eigen::ArrayXXd resampled(const Eigen::ArrayXXd& map, const MatGeometry& geometry,
                          const OtherMat& other) {
  const MatGeometry& mat = other.sensor.geometry;
  const Eigen::MatrixXd down =
      line_weights(mat.rows, mat.row_pitch_m, other.sensed_share, geometry.rows,
                   other.stature_scale * geometry.row_pitch_m, -other.shift_m.y());
  const Eigen::MatrixXd across =
      line_weights(mat.cols, mat.col_pitch_m, other.sensed_share, geometry.cols,
                   other.stature_scale * geometry.col_pitch_m, -other.shift_m.x());
  return (down * map.matrix() * across.transpose()).array();
}

Recording recorded_by(const OtherMat& other, const Recording& recording,
                      const PressureSeries& series, Random& noise, std::size_t most_frames) {
  Recording out = recording;
  out.mat = {};
  out.mat.model = "resampled";
  out.mat.geometry = canonical_geometry(other.sensor.geometry, other.orientation);
  out.mat.head_end = other.orientation.head_end;
  out.mat.view = other.orientation.view;
  out.mat.geometry_source = out.mat.orientation_source = "resampled";
  out.unit = other.sensor.unit;
  out.unit_source = "resampled";
  out.integer_counts = other.sensor.quantum == 1.0;
  out.time_s.clear();
  out.labels.clear();
  const MatGeometry body_geometry = canonical_geometry(series.geometry, series.orientation);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] != 0) kept.push_back(i);
  }
  if (kept.size() > most_frames) {
    for (std::size_t k = 0; k < most_frames; ++k) kept[k] = kept[k * kept.size() / most_frames];
    kept.resize(most_frames);
  }
  FrameBlock frames(static_cast<Eigen::Index>(kept.size()), out.mat.geometry.cells());
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const std::size_t i = kept[k];
    out.time_s.push_back(series.time_s[i]);
    if (!recording.labels.empty()) out.labels.push_back(recording.labels[i]);
    const FrameBlock frame = series.frames_pa->read(i, 1);
    const Eigen::ArrayXXd map =
        frame.reshaped<Eigen::RowMajor>(series.geometry.rows, series.geometry.cols).cast<double>();
    const Eigen::ArrayXXd pressure_pa =
        resampled(canonical_from_recording(map, series.orientation), body_geometry, other);
    const RowMajor readings = recording_from_canonical(
        read_out(other.sensor, pressure_pa, 1.0 + out.time_s.back() - out.time_s.front(), noise),
        other.orientation);
    frames.row(static_cast<Eigen::Index>(k)) =
        readings.reshaped<Eigen::RowMajor>().transpose().cast<float>();
  }
  out.frames = std::make_shared<MemoryFrames>(std::move(frames));
  return out;
}

}  // namespace matfit
