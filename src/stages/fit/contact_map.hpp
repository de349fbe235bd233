#pragma once

#include "stages/fit/field_blocks.hpp"

#include "types/pressure_series.hpp"

#include <Eigen/Core>

namespace matfit {

// The map as the body fit sees it: cells of about body-part size, pressure relative to the person's
// own, compressed so that neither one hot cell nor a mat's unknown response decides the fit.
struct ContactMap {
  Eigen::ArrayXXd load;   // rows x cols, relative: 1 at the 90th percentile of the loaded cells
  Eigen::ArrayXXd seen;   // compressed_load(load)
  Eigen::ArrayXXd trust;  // 0..1; low for repaired cells
  double row_pitch_m = 0.0;
  double col_pitch_m = 0.0;
  double length_m = 0.0;  // of the mat, which the last row or column may overhang
  double width_m = 0.0;
  double loaded_area_m2 = 0.0;

  Eigen::Vector2d centre(Eigen::Index row, Eigen::Index col) const {
    return {(static_cast<double>(col) + 0.5) * col_pitch_m,
            (static_cast<double>(row) + 0.5) * row_pitch_m};
  }
  bool contains(const Eigen::Vector2d& p) const {
    return p.x() >= 0.0 && p.y() >= 0.0 && p.x() <= width_m && p.y() <= length_m;
  }
};

// 0 for no load, 1 for load 1, never beyond 1.5: hot cells count little more than warm ones.
double compressed_load(double load);
double compressed_load_slope(double load);

// `field` must be in the body frame.
ContactMap contact_map(const PressureField& field, double finest_pitch_m = finest_useful_pitch_m);

// Blurred by a Gaussian of sd sigma_m; outside the mat counts as no load.
Eigen::ArrayXXd blurred(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
                        double sigma_m);

// Bilinear between cell centres; 0 outside the mat.
double sampled(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
               const Eigen::Vector2d& point_m);
double sampled(const Eigen::ArrayXXd& map, const ContactMap& of, const Eigen::Vector2d& point_m);

}  // namespace matfit
