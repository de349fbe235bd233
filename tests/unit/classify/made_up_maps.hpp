#pragma once

#include "types/mat_geometry.hpp"
#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <cmath>
#include <memory>
#include <vector>

namespace matfit::test {

// An elliptical patch of pressure, metres from the corner of cell (0, 0).
inline void add_patch(Eigen::ArrayXXd& map, const MatGeometry& mat, double x_m, double y_m,
                      double half_width_m, double half_length_m, double peak) {
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) {
      const double dx = ((c + 0.5) * mat.col_pitch_m - x_m) / half_width_m;
      const double dy = ((r + 0.5) * mat.row_pitch_m - y_m) / half_length_m;
      const double inside = 1.0 - dx * dx - dy * dy;
      if (inside > 0.0) map(r, c) += peak * std::sqrt(inside);
    }
  }
}

// Head, trunk, pelvis and two legs around x_m, in the body frame.
inline Eigen::ArrayXXd lying_body(const MatGeometry& mat, double x_m, double shift_y_m = 0.0) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
  add_patch(map, mat, x_m, 0.16 + shift_y_m, 0.08, 0.10, 3000.0);
  add_patch(map, mat, x_m, 0.50 + shift_y_m, 0.20, 0.22, 2500.0);
  add_patch(map, mat, x_m, 0.90 + shift_y_m, 0.18, 0.15, 5000.0);
  add_patch(map, mat, x_m - 0.10, 1.30 + shift_y_m, 0.07, 0.35, 2000.0);
  add_patch(map, mat, x_m + 0.10, 1.30 + shift_y_m, 0.07, 0.35, 2000.0);
  return map;
}

// A series of these maps, one a second, all valid.
inline PressureSeries series_of(const std::vector<Eigen::ArrayXXd>& maps, const MatGeometry& mat,
                                HeadEnd head_end = HeadEnd::first_row, View view = View::above) {
  PressureSeries series;
  series.geometry = mat;
  series.orientation = {head_end, view, false, 1.0};
  FrameBlock frames(static_cast<Eigen::Index>(maps.size()), mat.cells());
  for (std::size_t i = 0; i < maps.size(); ++i) {
    for (int r = 0; r < mat.rows; ++r) {
      for (int c = 0; c < mat.cols; ++c) {
        frames(static_cast<Eigen::Index>(i), r * mat.cols + c) = static_cast<float>(maps[i](r, c));
      }
    }
    series.time_s.push_back(static_cast<double>(i));
    series.valid.push_back(1);
    series.load_n.push_back(maps[i].sum() * mat.cell_area_m2());
  }
  series.frames_pa = std::make_shared<MemoryFrames>(std::move(frames));
  series.repaired =
      Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>::Constant(mat.rows, mat.cols, false);
  series.noise_pa = 5.0;
  return series;
}

inline const MatGeometry usual_mat = {64, 32, 0.0283, 0.0254};

}  // namespace matfit::test
