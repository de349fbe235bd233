#include "types/pressure_series.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

namespace {

double relative_sd_at(const std::vector<RelativeError>& errors, double pressure_pa) {
  const auto above =
      std::find_if(errors.begin(), errors.end(),
                   [pressure_pa](const RelativeError& e) { return e.pressure_pa > pressure_pa; });
  if (above == errors.begin()) return above->relative_sd;
  const RelativeError& low = *(above - 1);
  if (above == errors.end()) return low.relative_sd;
  const double share = (pressure_pa - low.pressure_pa) / (above->pressure_pa - low.pressure_pa);
  return low.relative_sd + share * (above->relative_sd - low.relative_sd);
}

double repair_sd_pa(const PressureSeries& series, const Eigen::ArrayXXd& pressure_pa, int row,
                    int col) {
  constexpr double without_plan = 0.5;
  if (series.repair_relative_sd.size() == 0) return without_plan * pressure_pa(row, col);
  const int first_row = std::max(row - 1, 0);
  const int first_col = std::max(col - 1, 0);
  const int rows = std::min(row + 2, series.geometry.rows) - first_row;
  const int cols = std::min(col + 2, series.geometry.cols) - first_col;
  const double about = pressure_pa.block(first_row, first_col, rows, cols).mean();
  return series.repair_relative_sd(row, col) * std::max(about, pressure_pa(row, col));
}

}  // namespace

PressureField canonical_from_recording(const PressureField& field) {
  PressureField out = field;
  out.geometry = canonical_geometry(field.geometry, field.orientation);
  out.pressure_pa = canonical_from_recording(field.pressure_pa, field.orientation);
  out.sd_pa = canonical_from_recording(field.sd_pa, field.orientation);
  const Eigen::ArrayXXd repaired = field.repaired.cast<double>();
  out.repaired = canonical_from_recording(repaired, field.orientation) > 0.5;
  out.orientation.head_end = HeadEnd::first_row;
  out.orientation.view = View::above;
  return out;
}

std::vector<double> valid_loads_n(const PressureSeries& series) {
  std::vector<double> loads;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series.valid[i] != 0) loads.push_back(series.load_n[i]);
  }
  return loads;
}

PressureField mean_field(const PressureSeries& series, std::size_t first, std::size_t last,
                         const Orientation& orientation) {
  const Eigen::Index cells = series.geometry.cells();
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(cells);
  Eigen::ArrayXd sum_of_squares = Eigen::ArrayXd::Zero(cells);
  double count = 0.0;
  const auto add_block = [&](std::size_t start, const FrameBlock& block) {
    for (Eigen::Index k = 0; k < block.rows(); ++k) {
      if (series.valid[start + static_cast<std::size_t>(k)] == 0) continue;
      const auto row = block.row(k).cast<double>().transpose();
      sum += row;
      sum_of_squares += row.square();
      count += 1.0;
    }
  };
  visit_frames(*series.frames_pa, first, last, add_block);
  if (count == 0.0) throw std::invalid_argument("mean_field: no valid frame in the range");
  const Eigen::ArrayXd mean = sum / count;
  const Eigen::ArrayXd variance = (sum_of_squares / count - mean.square()).max(0.0);

  PressureField field;
  field.geometry = series.geometry;
  field.orientation = orientation;
  field.repaired = series.repaired;
  field.absolute = series.quality.units.absolute;
  // Frames of one bout repeat the sensor's fixed errors, so the noise does not shrink with their
  // number.
  const auto as_map = [&](const Eigen::ArrayXd& flat) {
    return Eigen::ArrayXXd(
        Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
            flat.data(), series.geometry.rows, series.geometry.cols));
  };
  field.pressure_pa = as_map(mean);
  field.sd_pa = as_map((variance + series.noise_pa * series.noise_pa).sqrt());
  for (Eigen::Index i = 0; !series.cell_error.empty() && i < field.sd_pa.size(); ++i) {
    const double pressure_pa = field.pressure_pa(i);
    field.sd_pa(i) =
        std::hypot(field.sd_pa(i), relative_sd_at(series.cell_error, pressure_pa) * pressure_pa);
  }
  for (int r = 0; r < series.geometry.rows; ++r) {
    for (int c = 0; c < series.geometry.cols; ++c) {
      if (!field.repaired(r, c)) continue;
      field.sd_pa(r, c) =
          std::max(field.sd_pa(r, c), repair_sd_pa(series, field.pressure_pa, r, c));
    }
  }
  return field;
}

}  // namespace matfit
