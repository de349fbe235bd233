#include "stages/fit/contact_map.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

constexpr double half_compression = 0.5;
constexpr double reference_quantile = 0.9;
constexpr double loaded_share_of_peak = 0.05;
constexpr double largest_load = 2.5;
constexpr double trust_in_repaired = 0.25;

// The reference is the person's own: a high quantile of the cells above a small share of the peak,
// the peak itself being taken as a quantile so that hot cells do not set it.
double reference_load(const Eigen::ArrayXXd& map) {
  std::vector<double> positive;
  for (const double v : map.reshaped()) {
    if (v > 0.0) positive.push_back(v);
  }
  if (positive.size() < 4) return 0.0;
  const double near_peak = quantile(positive, 0.97);
  std::erase_if(positive, [&](double v) { return v < loaded_share_of_peak * near_peak; });
  return positive.empty() ? 0.0 : quantile(positive, reference_quantile);
}

Eigen::VectorXd gaussian_kernel(double sigma_cells) {
  const auto reach = static_cast<Eigen::Index>(std::ceil(3.0 * sigma_cells));
  Eigen::VectorXd kernel(2 * reach + 1);
  for (Eigen::Index i = -reach; i <= reach; ++i) {
    const double z = static_cast<double>(i) / std::max(sigma_cells, 1e-3);
    kernel[i + reach] = std::exp(-0.5 * z * z);
  }
  return kernel / kernel.sum();
}

}  // namespace

double compressed_load(double load) {
  const double l = std::max(load, 0.0);
  return (1.0 + half_compression) * l / (l + half_compression);
}

double compressed_load_slope(double load) {
  const double room = std::max(load, 0.0) + half_compression;
  return (1.0 + half_compression) * half_compression / (room * room);
}

ContactMap contact_map(const PressureField& field, double finest_pitch_m) {
  ContactMap map;
  const PressureField coarse = in_blocks(field, finest_pitch_m);
  map.row_pitch_m = coarse.geometry.row_pitch_m;
  map.col_pitch_m = coarse.geometry.col_pitch_m;
  map.length_m = field.geometry.length_m();
  map.width_m = field.geometry.width_m();
  const Eigen::ArrayXXd pressure = coarse.pressure_pa.max(0.0);
  const double reference = reference_load(pressure);
  map.load = reference > 0.0 ? Eigen::ArrayXXd((pressure / reference).min(largest_load))
                             : Eigen::ArrayXXd::Zero(pressure.rows(), pressure.cols());
  map.seen = map.load.unaryExpr([](double v) { return compressed_load(v); });
  map.trust = 1.0 - (1.0 - trust_in_repaired) * coarse.repaired.cast<double>();
  map.loaded_area_m2 =
      static_cast<double>((map.load > 0.15).count()) * map.row_pitch_m * map.col_pitch_m;
  return map;
}

Eigen::ArrayXXd blurred(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
                        double sigma_m) {
  const Eigen::VectorXd down = gaussian_kernel(sigma_m / row_pitch_m);
  const Eigen::VectorXd across = gaussian_kernel(sigma_m / col_pitch_m);
  const Eigen::Index down_reach = down.size() / 2;
  const Eigen::Index across_reach = across.size() / 2;
  Eigen::ArrayXXd half = Eigen::ArrayXXd::Zero(map.rows(), map.cols());
  for (Eigen::Index k = -down_reach; k <= down_reach; ++k) {
    const Eigen::Index first = std::max<Eigen::Index>(0, -k);
    const Eigen::Index count = map.rows() - std::abs(k);
    if (count <= 0) continue;
    half.middleRows(first, count) += down[k + down_reach] * map.middleRows(first + k, count);
  }
  Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(map.rows(), map.cols());
  for (Eigen::Index k = -across_reach; k <= across_reach; ++k) {
    const Eigen::Index first = std::max<Eigen::Index>(0, -k);
    const Eigen::Index count = map.cols() - std::abs(k);
    if (count <= 0) continue;
    out.middleCols(first, count) += across[k + across_reach] * half.middleCols(first + k, count);
  }
  return out;
}

double sampled(const Eigen::ArrayXXd& map, const ContactMap& of, const Eigen::Vector2d& point_m) {
  return sampled(map, of.row_pitch_m, of.col_pitch_m, point_m);
}

double sampled(const Eigen::ArrayXXd& map, double row_pitch_m, double col_pitch_m,
               const Eigen::Vector2d& point_m) {
  const double r = point_m.y() / row_pitch_m - 0.5;
  const double c = point_m.x() / col_pitch_m - 0.5;
  const auto r0 = static_cast<Eigen::Index>(std::floor(r));
  const auto c0 = static_cast<Eigen::Index>(std::floor(c));
  const double fr = r - static_cast<double>(r0);
  const double fc = c - static_cast<double>(c0);
  const auto at = [&](Eigen::Index i, Eigen::Index j) {
    return i >= 0 && j >= 0 && i < map.rows() && j < map.cols() ? map(i, j) : 0.0;
  };
  return (1 - fr) * ((1 - fc) * at(r0, c0) + fc * at(r0, c0 + 1)) +
         fr * ((1 - fc) * at(r0 + 1, c0) + fc * at(r0 + 1, c0 + 1));
}

}  // namespace matfit
