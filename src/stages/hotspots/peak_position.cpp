#include "stages/hotspots/peak_position.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

constexpr int coefficients = 6;            // of a quadric
constexpr double least_share = 0.25;       // of the peak: lower cells belong to the surroundings
constexpr double largest_offset = 1.0;     // of the window's half width
constexpr double relative_model_sd = 0.1;  // a contact is not a Gaussian: sd of ln p at least

struct Sample {
  Eigen::Vector2d offset;  // in half widths of the window
  double pressure_pa;
  double sd_pa;
};

struct Window {
  std::vector<Sample> samples;
  Eigen::Vector2d centre_m;
  Eigen::Vector2d half_m;
};

Window window_around(const PressureField& field, int row, int col, double radius_m) {
  const MatGeometry& g = field.geometry;
  Window w;
  w.centre_m = {(col + 0.5) * g.col_pitch_m, (row + 0.5) * g.row_pitch_m};
  const int reach_r = std::max(1, static_cast<int>(std::lround(radius_m / g.row_pitch_m)));
  const int reach_c = std::max(1, static_cast<int>(std::lround(radius_m / g.col_pitch_m)));
  w.half_m = {(reach_c + 0.5) * g.col_pitch_m, (reach_r + 0.5) * g.row_pitch_m};
  const double least = least_share * field.pressure_pa(row, col);
  for (int r = std::max(row - reach_r, 0); r <= std::min(row + reach_r, g.rows - 1); ++r) {
    for (int c = std::max(col - reach_c, 0); c <= std::min(col + reach_c, g.cols - 1); ++c) {
      const double p = field.pressure_pa(r, c);
      if (field.repaired(r, c) || !(p > 0.0) || p < least) continue;
      const Eigen::Vector2d at_m((c + 0.5) * g.col_pitch_m, (r + 0.5) * g.row_pitch_m);
      w.samples.push_back({(at_m - w.centre_m).cwiseQuotient(w.half_m), p, field.sd_pa(r, c)});
    }
  }
  return w;
}

using Row = Eigen::Matrix<double, coefficients, 1>;
using Square = Eigen::Matrix<double, coefficients, coefficients>;

Row design_row(const Eigen::Vector2d& q) {
  return (Row() << 1.0, q.x(), q.y(), q.x() * q.x(), q.x() * q.y(), q.y() * q.y()).finished();
}

PeakPosition centroid(const Window& w, const MatGeometry& g) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  double total = 0.0;
  for (const Sample& s : w.samples) {
    sum += s.pressure_pa * s.offset;
    total += s.pressure_pa;
  }
  PeakPosition out;
  out.position_m = w.centre_m;
  if (total > 0.0) out.position_m += (sum / total).cwiseProduct(w.half_m);
  // Uniform over the cell in which it is known to be.
  out.sd_m = std::sqrt((g.row_pitch_m * g.row_pitch_m + g.col_pitch_m * g.col_pitch_m) / 24.0);
  return out;
}

}  // namespace

PeakPosition place_peak(const PressureField& field, int row, int col, double radius_m) {
  const MatGeometry& g = field.geometry;
  const Window w = window_around(field, row, col, radius_m);
  PeakPosition fallback = centroid(w, g);
  const auto count = static_cast<int>(w.samples.size());
  if (count <= coefficients) return fallback;

  Square normal = Square::Zero();
  Row right = Row::Zero();
  for (const Sample& s : w.samples) {
    const Row a = design_row(s.offset);
    const double sd_log = std::hypot(s.sd_pa / s.pressure_pa, relative_model_sd);
    // Times the pressure: a far, low cell says little about the top.
    const double weight = std::pow(s.pressure_pa / w.samples.front().pressure_pa / sd_log, 2.0);
    normal += weight * a * a.transpose();
    right += weight * a * std::log(s.pressure_pa);
  }
  const Eigen::LDLT<Square> factor(normal);
  if (factor.info() != Eigen::Success || !(factor.vectorD().minCoeff() > 0.0)) return fallback;
  const Row fit = factor.solve(right);
  Eigen::Matrix2d curvature;
  curvature << 2.0 * fit[3], fit[4], fit[4], 2.0 * fit[5];
  if (!(curvature(0, 0) < 0.0) || !(curvature.determinant() > 0.0)) return fallback;
  const Eigen::Matrix2d inverse = curvature.inverse();
  const Eigen::Vector2d vertex = -inverse * fit.segment<2>(1);
  if (vertex.cwiseAbs().maxCoeff() > largest_offset) return fallback;

  double cost = 0.0;
  for (const Sample& s : w.samples) {
    const Row a = design_row(s.offset);
    const double sd_log = std::hypot(s.sd_pa / s.pressure_pa, relative_model_sd);
    const double residual = (std::log(s.pressure_pa) - a.dot(fit)) * s.pressure_pa /
                            w.samples.front().pressure_pa / sd_log;
    cost += residual * residual;
  }
  const double variance = cost / (count - coefficients);
  // d(vertex) = -inverse * (d(gradient) + d(curvature) * vertex).
  Eigen::Matrix<double, 2, coefficients> jacobian = Eigen::Matrix<double, 2, coefficients>::Zero();
  jacobian(0, 1) = 1.0;
  jacobian(0, 3) = 2.0 * vertex.x();
  jacobian(0, 4) = vertex.y();
  jacobian(1, 2) = 1.0;
  jacobian(1, 4) = vertex.x();
  jacobian(1, 5) = 2.0 * vertex.y();
  jacobian = -inverse * jacobian;
  const Square covariance = variance * factor.solve(Square::Identity());
  const Eigen::Matrix2d of_vertex = jacobian * covariance * jacobian.transpose();
  PeakPosition out;
  out.position_m = w.centre_m + vertex.cwiseProduct(w.half_m);
  const Eigen::Vector2d sd = of_vertex.diagonal().cwiseMax(0.0).cwiseSqrt().cwiseProduct(w.half_m);
  out.sd_m = std::sqrt(0.5 * sd.squaredNorm());
  out.fitted = true;
  return out.sd_m <= fallback.sd_m * 2.0 ? out : fallback;
}

}  // namespace matfit
