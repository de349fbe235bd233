#include "stages/fit/contact_map.hpp"

#include "stages/fit/expected_load.hpp"

#include "numeric/gaussian_filter.hpp"
#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double usual_quantile = 0.9;
constexpr double loaded_share_of_peak = 0.05;
constexpr double loaded_share_of_usual = 0.15;
constexpr double trust_in_repaired = 0.25;

}  // namespace

double usual_load(std::vector<double> loads) {
  constexpr std::size_t least_cells = 4;
  std::erase_if(loads, [](double v) { return !(v > 0.0); });
  if (loads.size() < least_cells) return 0.0;
  const double near_peak = quantile(loads, 0.97);
  std::erase_if(loads, [&](double v) { return v < loaded_share_of_peak * near_peak; });
  return quantile(std::move(loads), usual_quantile);
}

ContactMap contact_map(const RankedField& blocks, const std::vector<double>& expected,
                       const MatGeometry& mat, double finest_pitch_m) {
  PressureField loads = blocks.field;
  loads.pressure_pa = loads_in_order(blocks.order, expected);
  loads = in_blocks(loads, finest_pitch_m);
  ContactMap map;
  map.row_pitch_m = loads.geometry.row_pitch_m;
  map.col_pitch_m = loads.geometry.col_pitch_m;
  map.length_m = mat.length_m();
  map.width_m = mat.width_m();
  map.load = loads.pressure_pa;
  if (const double usual = usual_load(expected); usual > 0.0)
    map.compression.half_load = 0.5 * usual;
  map.seen = map.load.unaryExpr(map.compression);
  map.trust = 1.0 - (1.0 - trust_in_repaired) * loads.repaired.cast<double>();
  return map;
}

double loaded_area_m2(const PressureField& field) {
  const auto cells = field.pressure_pa.reshaped();
  const double usual = usual_load({cells.begin(), cells.end()});
  if (!(usual > 0.0)) return 0.0;
  return static_cast<double>((field.pressure_pa > loaded_share_of_usual * usual).count()) *
         field.geometry.row_pitch_m * field.geometry.col_pitch_m;
}

Eigen::ArrayXXd blurred(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
                        double sigma_m) {
  const Eigen::ArrayXd down = gaussian_weights(sigma_m / row_pitch_m);
  const Eigen::ArrayXd across = gaussian_weights(sigma_m / col_pitch_m);
  return filtered(map, down / down.sum(), across / across.sum());
}

double sampled(const Eigen::ArrayXXd& map, const ContactMap& of, const Eigen::Vector2d& point_m) {
  return sampled(map, of.row_pitch_m, of.col_pitch_m, point_m);
}

double sampled(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
               const Eigen::Vector2d& point_m) {
  // In cells from the centre of one before the first.
  const double r = point_m.y() / row_pitch_m + 0.5;
  const double c = point_m.x() / col_pitch_m + 0.5;
  if (!(r >= 0.0) || !(c >= 0.0) || r >= static_cast<double>(map.rows() + 1) ||
      c >= static_cast<double>(map.cols() + 1)) {
    return 0.0;
  }
  const auto r0 = static_cast<Eigen::Index>(r) - 1;
  const auto c0 = static_cast<Eigen::Index>(c) - 1;
  const double fr = r - 1.0 - static_cast<double>(r0);
  const double fc = c - 1.0 - static_cast<double>(c0);
  const auto at = [&](Eigen::Index i, Eigen::Index j) {
    return i >= 0 && j >= 0 && i < map.rows() && j < map.cols() ? map(i, j) : 0.0;
  };
  return (1 - fr) * ((1 - fc) * at(r0, c0) + fc * at(r0, c0 + 1)) +
         fr * ((1 - fc) * at(r0 + 1, c0) + fc * at(r0 + 1, c0 + 1));
}

}  // namespace matfit
