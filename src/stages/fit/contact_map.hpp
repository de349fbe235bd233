#pragma once

#include "stages/fit/expected_load.hpp"
#include "stages/fit/field_blocks.hpp"

#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// 0 for no load, 1 for the usual one, never beyond 1.5: hot cells count little more than warm ones.
struct LoadCompression {
  double half_load = 0.5;  // half of the usual load

  double operator()(double load) const { return 1.5 * load / (load + half_load); }
  double slope(double load) const {
    return 1.5 * half_load / ((load + half_load) * (load + half_load));
  }
};

// The map as the body fit sees it: cells of about body-part size, readings replaced by the loads
// that a body template expects in their order, compressed so that no hot cell decides the fit.
struct ContactMap {
  Eigen::ArrayXXd load;  // rows x cols, in the template's unit
  Eigen::ArrayXXd seen;  // the loads, compressed
  LoadCompression compression;
  Eigen::ArrayXXd trust;  // 0..1; low for repaired cells
  double row_pitch_m = 0.0;
  double col_pitch_m = 0.0;
  double length_m = 0.0;  // of the mat, which the last row or column may overhang
  double width_m = 0.0;

  Eigen::Vector2d centre(Eigen::Index row, Eigen::Index col) const {
    return {(static_cast<double>(col) + 0.5) * col_pitch_m,
            (static_cast<double>(row) + 0.5) * row_pitch_m};
  }
  bool contains(const Eigen::Vector2d& p) const {
    return p.x() >= 0.0 && p.y() >= 0.0 && p.x() <= width_m && p.y() <= length_m;
  }
};

// Blocks of a mat's cells in the body frame, whose order is found once for many contact maps.
struct RankedField {
  explicit RankedField(const PressureField& blocks) : field(blocks), order(blocks.pressure_pa) {}

  const PressureField& field;
  ReadingOrder order;
};

// The readings take the loads that a template expects there (see expected_loads), in their order.
ContactMap contact_map(const RankedField& blocks, const std::vector<double>& expected,
                       const MatGeometry& mat, double finest_pitch_m = finest_useful_pitch_m);

// A high quantile of the loads over a small share of the peak, which itself is taken as a quantile:
// no hot cell sets it. 0 where hardly anything is loaded.
double usual_load(std::vector<double> loads);

// Area over a small share of the person's usual pressure.
double loaded_area_m2(const PressureField& field);

// Blurred by a Gaussian of sd sigma_m; outside the mat counts as no load.
Eigen::ArrayXXd blurred(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
                        double sigma_m);

// Bilinear between cell centres; 0 outside the mat.
double sampled(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
               const Eigen::Vector2d& point_m);
double sampled(const Eigen::ArrayXXd& map, const ContactMap& of, const Eigen::Vector2d& point_m);

}  // namespace matfit
