#include "synthetic/contact_laws.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr double last_share = 0.92;

}  // namespace

FoamTable::FoamTable(const MattressModel& mattress) : thickness_m_(mattress.thickness_m) {
  const UniformCurve curve(mattress);
  for (int i = 0; i < bins + 2; ++i) {
    value_pa_[static_cast<std::size_t>(i)] = curve.pressure_pa(last_share * i / bins);
  }
}

Resistance FoamTable::at(double depth_m) const {
  const double bin_m = last_share * thickness_m_ / bins;
  if (depth_m <= 0.0) {
    const double slope = value_pa_[1] / bin_m;
    return {slope * depth_m, slope};
  }
  const double place = std::min(depth_m / bin_m, static_cast<double>(bins));
  const auto i = static_cast<std::size_t>(place);
  const double step = value_pa_[i + 1] - value_pa_[i];
  const double slope = step / bin_m;
  const double beyond_m = std::max(0.0, depth_m - last_share * thickness_m_);
  return {value_pa_[i] + (place - static_cast<double>(i)) * step + slope * beyond_m, slope};
}

Resistance flesh_at(const FleshLayer& flesh, double compression_m) {
  const double x = compression_m / flesh.thickness_m;
  switch (flesh.law) {
    case FleshLaw::linear:
      return {1.6 * flesh.modulus_pa * x, 1.6 * flesh.modulus_pa / flesh.thickness_m};
    case FleshLaw::locking: {
      constexpr double locked = 0.85;
      const double bent = std::min(x, locked);
      const double slope = 0.7 * flesh.modulus_pa / ((1.0 - bent) * (1.0 - bent));
      return {0.7 * flesh.modulus_pa * bent / (1.0 - bent) + slope * (x - bent),
              slope / flesh.thickness_m};
    }
    case FleshLaw::hardening: break;
  }
  return {flesh.modulus_pa * x * (1.0 + 2.0 * x * x),
          flesh.modulus_pa * (1.0 + 6.0 * x * x) / flesh.thickness_m};
}

Bending bending_at(const BodyHinge& hinge, double angle_rad) {
  const double k = hinge.stiffness_nm_per_rad;
  switch (hinge.law) {
    case BendingLaw::neutral_zone: {
      // A lumbar segment moves by some two degrees before its ligaments tighten (Panjabi, J Spinal
      // Disord 1992 5:390).
      constexpr double zone_rad = 0.03;
      constexpr double slack = 0.1;
      constexpr double tight = 1.6;
      const double beyond = std::abs(angle_rad) - zone_rad;
      if (beyond <= 0.0) return {slack * k * angle_rad, slack * k};
      return {std::copysign(slack * k * zone_rad + tight * k * beyond, angle_rad), tight * k};
    }
    case BendingLaw::stiffening: {
      constexpr double width_rad = 0.04;
      constexpr double initial = 0.6;
      const double u = angle_rad / width_rad;
      return {k * angle_rad * (initial + u * u), k * (initial + 3.0 * u * u)};
    }
    case BendingLaw::linear: break;
  }
  return {k * angle_rad, k};
}

}  // namespace matfit
