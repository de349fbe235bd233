#include "stages/fit/sinkage.hpp"

#include "types/pressure_error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double tolerance_m = 5e-6;
constexpr int max_sweeps = 400;

const PressureError& best_known(const UnitEvidence& units) {
  return *std::min_element(
      units.error.begin(), units.error.end(),
      [](const PressureError& a, const PressureError& b) { return a.relative_sd < b.relative_sd; });
}

// One standard deviation of what the evidence leaves open beyond the error common to all pressures:
// those over the best known one are higher, those under it lower.
Eigen::ArrayXXd bent_response(const Eigen::ArrayXXd& pressure_pa, const UnitEvidence& units,
                              bool keep_load) {
  const PressureError& best = best_known(units);
  const Eigen::ArrayXXd bent = pressure_pa.unaryExpr([&](double p) {
    if (!(p > 0.0)) return 0.0;
    const double sd = *relative_sd_at(units, p);
    const double bend = std::sqrt(std::max(0.0, sd * sd - best.relative_sd * best.relative_sd));
    return p * std::exp(std::copysign(bend, p - best.pressure_pa));
  });
  const double load = bent.sum();
  if (!keep_load || !(load > 0.0)) return bent;
  return bent * (pressure_pa.sum() / load);
}

}  // namespace

Eigen::ArrayXXd indentation_under(const Eigen::ArrayXXd& pressure_pa, double row_pitch_m,
                                  double col_pitch_m, const MattressResponse& mattress,
                                  const Eigen::ArrayXXd* start_m) {
  const Eigen::Index rows = pressure_pa.rows();
  const Eigen::Index cols = pressure_pa.cols();
  const double shear = mattress.shear_n_per_m();
  const double along = shear / (row_pitch_m * row_pitch_m);
  const double across = shear / (col_pitch_m * col_pitch_m);
  Eigen::ArrayXXd depth =
      start_m != nullptr ? *start_m : Eigen::ArrayXXd(Eigen::ArrayXXd::Zero(rows, cols));
  constexpr double relaxation = 1.4;
  for (int sweep = 0; sweep < max_sweeps; ++sweep) {
    double largest_m = 0.0;
    for (Eigen::Index c = 0; c < cols; ++c) {
      for (Eigen::Index r = 0; r < rows; ++r) {
        double neighbours = 0.0;
        double coupling = 0.0;
        const auto pull = [&](Eigen::Index i, Eigen::Index j, double weight) {
          if (i < 0 || j < 0 || i >= rows || j >= cols) return;  // no flux over the edge
          neighbours += weight * depth(i, j);
          coupling += weight;
        };
        pull(r - 1, c, along);
        pull(r + 1, c, along);
        pull(r, c - 1, across);
        pull(r, c + 1, across);
        const double d = depth(r, c);
        const double misfit =
            pressure_pa(r, c) + neighbours - coupling * d - mattress.pressure_pa(d);
        const double slope = coupling + mattress.stiffness_pa_per_m(d);
        const double step = relaxation * misfit / slope;
        depth(r, c) = d + step;
        largest_m = std::max(largest_m, std::abs(step));
      }
    }
    if (largest_m < tolerance_m) break;
  }
  return depth;
}

Sinkage sinkage(const PressureField& field, const MattressResponse& mattress,
                const MattressPresets& presets, const UnitEvidence& units) {
  const double row_pitch = field.geometry.row_pitch_m;
  const double col_pitch = field.geometry.col_pitch_m;
  const Eigen::ArrayXXd pressure = field.pressure_pa.max(0.0);
  Sinkage out;
  out.depth_m = indentation_under(pressure, row_pitch, col_pitch, mattress);
  const auto solved = [&](const Eigen::ArrayXXd& p, double stiffness, double shear) {
    return indentation_under(p, row_pitch, col_pitch, mattress.varied(stiffness, shear),
                             &out.depth_m);
  };
  const auto error = [&](const char* cause, const Eigen::ArrayXXd& moved) {
    out.errors.push_back({cause, moved - out.depth_m});
  };
  error("mattress stiffness", solved(pressure, std::exp(-mattress.stiffness_relative_sd()), 1.0));
  error("mattress coupling", solved(pressure, 1.0, std::exp(-mattress.shear_relative_sd())));
  const double scale_sd =
      units.error.empty() ? presets.unstated_scale_relative_sd : best_known(units).relative_sd;
  error("mat scale", solved((1.0 + scale_sd) * pressure, 1.0, 1.0));
  if (units.error.size() > 1) {
    error("mat response", solved(bent_response(pressure, units, !field.absolute), 1.0, 1.0));
  }
  const Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic> loaded =
      pressure > 0.1 * pressure.maxCoeff();
  const auto bottomed = (out.depth_m > mattress.bottoming_indentation_m()) && loaded;
  const double loaded_cells = static_cast<double>(loaded.count());
  out.bottomed_share =
      loaded_cells > 0.0 ? static_cast<double>(bottomed.count()) / loaded_cells : 0.0;
  return out;
}

}  // namespace matfit
