#include "pipeline/spine_quantities.hpp"

#include "stages/fit/spine_metrics.hpp"
#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr std::size_t t7 = 7, t12 = 12, l2 = 14, l4 = 16;

std::string height_name(const std::string& level) { return "height_" + level + "_mm"; }

}  // namespace

const std::vector<std::string>& level_height_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const char* level : spine_level_names) out.push_back(height_name(level));
    return out;
  }();
  return names;
}

SpineValues values_of(const SyntheticTruth& truth) {
  SpineValues values = truth.metrics;
  for (const TrueSpineLevel& level : truth.spine) {
    values[height_name(level.level)] = mm_per_m * level.z_m;
  }
  return values;
}

SpineEstimates values_of(const SpineFit& fit) {
  SpineEstimates values;
  for (const auto& [name, estimate] : fit.metrics) {
    if (estimate.known()) values[name] = estimate;
  }
  for (const SpineLevel& level : fit.levels) {
    if (!std::isfinite(level.z_m)) continue;
    values[height_name(level.level)] =
        gaussian_estimate(mm_per_m * level.z_m, mm_per_m * level.sd_m);
  }
  return values;
}

double SpineCurve::share(Eigen::Index sample) const {
  return static_cast<double>(sample) / static_cast<double>(height_m.size() - 1);
}

SpineValues values_of(const SpineCurve& curve, Posture posture, const Anthropometry& known) {
  const Eigen::Index last = curve.height_m.size() - 1;
  const Eigen::VectorXd along = Eigen::VectorXd::LinSpaced(last + 1, 0.0, curve.length_m);
  const auto sample = [&](std::size_t level) {
    return static_cast<Eigen::Index>(
        std::lround(known.spine_level_share[level] * static_cast<double>(last)));
  };
  SpineValues values;
  for (std::size_t i = 0; i < spine_level_count; ++i) {
    values[height_name(spine_level_names[i])] = mm_per_m * curve.height_m[sample(i)];
  }
  if (is_side(posture)) {
    const SideAlignment a = side_alignment(along, curve.height_m, sample(t12));
    values["tilt_deg"] = a.tilt_deg;
    values["rms_deviation_mm"] = a.rms_deviation_mm;
    values["max_deviation_mm"] = a.max_deviation_mm;
    values["thoracolumbar_angle_deg"] = a.thoracolumbar_angle_deg;
    return values;
  }
  const double belly = posture == Posture::prone ? -1.0 : 1.0;
  const auto change = [&](const auto& measure) {
    return measure(curve.height_m) - measure(curve.neutral_m);
  };
  values["lordosis_depth_change_mm"] = change(
      [&](const Eigen::VectorXd& z) { return lordosis_depth_mm(along, z, sample(t7), belly); });
  values["lordosis_angle_change_deg"] = change([&](const Eigen::VectorXd& z) {
    return lordosis_angle_deg(along, z, sample(t12), sample(l2), sample(l4), belly);
  });
  return values;
}

}  // namespace matfit
