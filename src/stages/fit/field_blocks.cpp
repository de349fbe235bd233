#include "stages/fit/field_blocks.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

int cells_per_block(double pitch_m, double finest_pitch_m) {
  return std::max(1, static_cast<int>(std::ceil(finest_pitch_m / pitch_m - 1e-9)));
}

Eigen::ArrayXXd block_means(const Eigen::ArrayXXd& map, int block_rows, int block_cols) {
  const Eigen::Index rows = (map.rows() + block_rows - 1) / block_rows;
  const Eigen::Index cols = (map.cols() + block_cols - 1) / block_cols;
  Eigen::ArrayXXd out(rows, cols);
  for (Eigen::Index c = 0; c < cols; ++c) {
    for (Eigen::Index r = 0; r < rows; ++r) {
      const Eigen::Index height = std::min<Eigen::Index>(block_rows, map.rows() - r * block_rows);
      const Eigen::Index width = std::min<Eigen::Index>(block_cols, map.cols() - c * block_cols);
      out(r, c) = map.block(r * block_rows, c * block_cols, height, width).mean();
    }
  }
  return out;
}

}  // namespace

PressureField in_blocks(const PressureField& field, double finest_pitch_m) {
  const int block_rows = cells_per_block(field.geometry.row_pitch_m, finest_pitch_m);
  const int block_cols = cells_per_block(field.geometry.col_pitch_m, finest_pitch_m);
  if (block_rows == 1 && block_cols == 1) return field;
  const auto blocks = [&](const Eigen::ArrayXXd& map) {
    return block_means(map, block_rows, block_cols);
  };
  PressureField out = field;
  out.pressure_pa = blocks(field.pressure_pa);
  out.sd_pa = blocks(field.sd_pa);
  out.repaired = blocks(field.repaired.cast<double>()) > 0.5;
  out.geometry = {static_cast<int>(out.pressure_pa.rows()),
                  static_cast<int>(out.pressure_pa.cols()), block_rows * field.geometry.row_pitch_m,
                  block_cols * field.geometry.col_pitch_m};
  return out;
}

}  // namespace matfit
