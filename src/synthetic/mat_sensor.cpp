#include "synthetic/mat_sensor.hpp"

#include "types/units.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace matfit {
namespace {

constexpr double reference_pa = 100.0 * pa_per_mmhg;

// Spreads along both axes by the same length; load that leaves the mat is lost, as on a real one.
Eigen::ArrayXXd blurred(const Eigen::ArrayXXd& map, const MatGeometry& geometry, double blur_m) {
  if (blur_m <= 0.0) return map;
  cv::Mat image(static_cast<int>(map.rows()), static_cast<int>(map.cols()), CV_64F);
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) image.at<double>(r, c) = map(r, c);
  }
  const auto size = [&](double pitch) {
    return 2 * static_cast<int>(std::ceil(4.0 * blur_m / pitch)) + 1;
  };
  cv::GaussianBlur(image, image, {size(geometry.col_pitch_m), size(geometry.row_pitch_m)},
                   blur_m / geometry.col_pitch_m, blur_m / geometry.row_pitch_m,
                   cv::BORDER_CONSTANT);
  Eigen::ArrayXXd out(map.rows(), map.cols());
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) out(r, c) = image.at<double>(r, c);
  }
  return out;
}

void scatter_gains(MatSensor& sensor, Random& random) {
  const double of_cells = random.uniform(0.01, 0.15);
  const double of_lines = random.uniform(0.0, 0.08);
  std::vector<double> rows, cols;
  for (int r = 0; r < sensor.geometry.rows; ++r) rows.push_back(random.normal(0.0, of_lines));
  for (int c = 0; c < sensor.geometry.cols; ++c) cols.push_back(random.normal(0.0, of_lines));
  if (random.chance(0.15)) {  // a step between two halves of the electronics
    const int at = random.integer(sensor.geometry.rows / 4, 3 * sensor.geometry.rows / 4);
    const double step = random.normal(0.0, 0.2);
    for (int r = at; r < sensor.geometry.rows; ++r) rows[static_cast<std::size_t>(r)] += step;
  }
  for (int r = 0; r < sensor.geometry.rows; ++r) {
    for (int c = 0; c < sensor.geometry.cols; ++c) {
      sensor.gain(r, c) =
          std::exp(rows[static_cast<std::size_t>(r)] + cols[static_cast<std::size_t>(c)] +
                   random.normal(0.0, of_cells));
    }
  }
}

void break_parts(MatSensor& sensor, Random& random) {
  const int rows = sensor.geometry.rows;
  const int cols = sensor.geometry.cols;
  if (random.chance(0.15)) sensor.gain.col(random.integer(0, cols - 1)).setZero();
  if (random.chance(0.10)) sensor.gain.row(random.integer(0, rows - 1)).setZero();
  const int dead = random.chance(0.3) ? random.integer(1, 6) : 0;
  for (int i = 0; i < dead; ++i) {
    const int row = random.integer(0, rows - 1);
    sensor.gain(row, random.integer(0, cols - 1)) = 0.0;
  }
  if (random.chance(0.15)) {
    const int row = random.integer(0, rows - 1);
    const int col = random.integer(0, cols - 1);
    sensor.stuck.push_back({row, col, sensor.reference_reading * random.uniform(0.3, 4.0)});
  }
}

}  // namespace

MatSensor ideal_sensor(const MatGeometry& geometry) {
  MatSensor sensor;
  sensor.geometry = geometry;
  sensor.gain = Eigen::ArrayXXd::Ones(geometry.rows, geometry.cols);
  return sensor;
}

MatSensor random_sensor(const MatGeometry& geometry, Random& random) {
  MatSensor sensor = ideal_sensor(geometry);
  sensor.unit = random.chance(0.5) ? PressureUnit::raw : PressureUnit::mmhg;
  sensor.blur_m = random.uniform(0.004, 0.022);
  sensor.row_crosstalk = random.chance(0.5) ? random.uniform(0.0, 0.06) : 0.0;
  sensor.col_crosstalk = random.chance(0.5) ? random.uniform(0.0, 0.06) : 0.0;
  if (sensor.unit == PressureUnit::raw) {
    sensor.exponent = random.uniform(0.8, 2.0);
    sensor.reference_reading = random.uniform(150.0, 3000.0);
    sensor.offset = random.chance(0.4) ? random.uniform(0.0, 0.05) * sensor.reference_reading : 0.0;
    sensor.saturation = random.chance(0.5) ? 4095.0 : 65535.0;
  } else {
    sensor.exponent = random.uniform(0.8, 1.15);
    sensor.saturation = random.uniform(90.0, 260.0);
  }
  sensor.quantum = 1.0;
  scatter_gains(sensor, random);
  sensor.noise = sensor.reference_reading * random.uniform(0.0, 0.02);
  sensor.threshold = random.chance(0.5) ? 0.03 * sensor.reference_reading : 0.0;
  sensor.creep_per_decade = random.uniform(0.0, 0.08);
  break_parts(sensor, random);
  return sensor;
}

Eigen::ArrayXXd read_out(const MatSensor& sensor, const Eigen::ArrayXXd& pressure_pa,
                         double loaded_s, Random& noise) {
  Eigen::ArrayXXd p = blurred(pressure_pa, sensor.geometry, sensor.blur_m);
  const Eigen::ArrayXd row_mean = p.rowwise().mean();
  const Eigen::Array<double, 1, Eigen::Dynamic> col_mean = p.colwise().mean();
  p = p * (1.0 - sensor.row_crosstalk - sensor.col_crosstalk);
  p.colwise() += sensor.row_crosstalk * row_mean;
  p.rowwise() += sensor.col_crosstalk * col_mean;
  p = p.max(0.0) * sensor.gain;
  const double creep = 1.0 + sensor.creep_per_decade * std::log10(std::max(1.0, loaded_s));
  Eigen::ArrayXXd reading(p.rows(), p.cols());
  // Row by row, so that the noise does not depend on how the array is stored.
  for (Eigen::Index r = 0; r < p.rows(); ++r) {
    for (Eigen::Index c = 0; c < p.cols(); ++c) {
      double value =
          sensor.reference_reading * creep * std::pow(p(r, c) / reference_pa, sensor.exponent) +
          sensor.offset;
      const double error = sensor.noise > 0.0 ? noise.normal(0.0, sensor.noise) : 0.0;
      value = sensor.gain(r, c) > 0.0 ? std::max(0.0, value + error) : 0.0;
      if (value < sensor.threshold) value = 0.0;
      if (sensor.quantum > 0.0) value = sensor.quantum * std::round(value / sensor.quantum);
      reading(r, c) = std::min(value, sensor.saturation);
    }
  }
  for (const StuckCell& cell : sensor.stuck) reading(cell.row, cell.col) = cell.reading;
  return reading;
}

Eigen::ArrayXXd corrupted(const Eigen::ArrayXXd& frame, Random& random) {
  Eigen::ArrayXXd out = frame;
  if (random.chance(0.5)) {  // half a frame late
    const Eigen::Index half = frame.rows() / 2;
    out.topRows(frame.rows() - half) = frame.bottomRows(frame.rows() - half);
    out.bottomRows(half) = frame.topRows(half);
    return out;
  }
  for (Eigen::Index r = 0; r < out.rows(); ++r) {  // bytes swapped
    for (Eigen::Index c = 0; c < out.cols(); ++c) {
      const auto value = static_cast<std::uint32_t>(std::clamp(out(r, c), 0.0, 65535.0));
      out(r, c) = static_cast<double>(((value & 0xffU) << 8U) | (value >> 8U));
    }
  }
  return out;
}

}  // namespace matfit
