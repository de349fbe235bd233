#include "stages/indent/mattress_layers.hpp"

#include "numeric/monotone_cubic.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace matfit {

namespace {

// Indentation over pressure of one layer.
struct Compliance {
  MonotoneCubic depth_of;
  MonotoneCubic sd_depth_of;

  explicit Compliance(const MeasuredCurve& curve)
      : depth_of(with_origin(curve, false)), sd_depth_of(with_origin(curve, true)) {}

 private:
  static MonotoneCubic with_origin(const MeasuredCurve& curve, bool error) {
    std::vector<double> pressure = {0.0}, value = {0.0};
    double depth_before = 0.0;
    for (const MeasuredCurvePoint& p : curve.points) {
      const double softness = (p.indentation_m - depth_before) / (p.pressure_pa - pressure.back());
      depth_before = p.indentation_m;
      pressure.push_back(p.pressure_pa);
      value.push_back(error ? p.sd_pa * softness : p.indentation_m);
    }
    return MonotoneCubic(std::move(pressure), std::move(value));
  }
};

}  // namespace

MeasuredCurve layers_in_series(const std::vector<MeasuredCurve>& layers) {
  MeasuredCurve sum = layers.front();
  sum.points.clear();
  std::vector<Compliance> compliances;
  std::vector<double> pressures;
  double highest = layers.front().points.back().pressure_pa;
  for (const MeasuredCurve& layer : layers) {
    compliances.emplace_back(layer);
    highest = std::min(highest, layer.points.back().pressure_pa);
    for (const MeasuredCurvePoint& point : layer.points) pressures.push_back(point.pressure_pa);
  }
  std::sort(pressures.begin(), pressures.end());
  for (const double pressure : pressures) {
    const double before = sum.points.empty() ? 0.0 : sum.points.back().pressure_pa;
    // Pressures of two layers may all but coincide.
    if (pressure > highest || pressure - before < 1e-6 * highest) continue;
    double depth = 0.0, variance = 0.0, softness = 0.0;
    for (const Compliance& layer : compliances) {
      depth += layer.depth_of.value(pressure);
      softness += layer.depth_of.slope(pressure);
      variance += std::pow(layer.sd_depth_of.value(pressure), 2);
    }
    sum.points.push_back({depth, pressure, softness > 0.0 ? std::sqrt(variance) / softness : 0.0});
  }
  double thickness = 0.0;
  bool all_known = true;
  for (const MeasuredCurve& layer : layers) {
    all_known = all_known && layer.thickness_m.has_value();
    thickness += layer.thickness_m.value_or(0.0);
  }
  sum.thickness_m = all_known ? std::optional(thickness) : std::nullopt;
  sum.hysteresis_loss.reset();
  sum.branches.clear();
  return sum;
}

}  // namespace matfit
