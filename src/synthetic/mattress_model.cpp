#include "synthetic/mattress_model.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr double largest_share = 0.97;

double curve_slope(const MattressModel& m, double share) {
  const double step = 1e-5;
  return (pressure_pa(m, share + step) - pressure_pa(m, share - step)) / (2.0 * step);
}

// Force per area under a rigid disc pressed in by depth_m: uniform pressure under it, and the shear
// of the foam around its rim. Outside, (1/r) (r G w')' = p(w): solved on rings by Newton's method
// along the line, w given at the rim and 0 far away.
double disc_pressure_pa(const MattressModel& m, double depth_m, double radius_m) {
  constexpr int rings = 160;
  constexpr double step = 0.0025;
  std::vector<double> w(rings + 1);
  for (int i = 0; i <= rings; ++i)
    w[static_cast<std::size_t>(i)] = depth_m * std::exp(-i * step / 0.05);
  w[rings] = 0.0;
  const auto shear = [&](double a, double b) {
    return m.shear_n_per_m * (1.0 - 0.5 * (a + b) / m.thickness_m);
  };
  std::vector<double> lower(rings), diagonal(rings), upper(rings), right(rings);
  for (int round = 0; round < 40; ++round) {
    double largest = 0.0;
    for (int i = 1; i < rings; ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double r = radius_m + i * step;
      const double inner = shear(w[k - 1], w[k]) * (r - 0.5 * step) / (r * step * step);
      const double outer = shear(w[k], w[k + 1]) * (r + 0.5 * step) / (r * step * step);
      const double share = std::clamp(w[k] / m.thickness_m, 0.0, largest_share);
      lower[k] = -inner;
      upper[k] = -outer;
      diagonal[k] = inner + outer + curve_slope(m, std::max(share, 2e-5)) / m.thickness_m;
      right[k] = inner * (w[k - 1] - w[k]) + outer * (w[k + 1] - w[k]) - pressure_pa(m, share);
    }
    for (std::size_t k = 2; k < rings; ++k) {  // Thomas's algorithm
      const double factor = lower[k] / diagonal[k - 1];
      diagonal[k] -= factor * upper[k - 1];
      right[k] -= factor * right[k - 1];
    }
    double change = 0.0;
    for (std::size_t k = rings - 1; k >= 1; --k) {
      change = (right[k] - upper[k] * change) / diagonal[k];
      w[k] = std::max(0.0, w[k] + change);
      largest = std::max(largest, std::abs(change));
    }
    if (largest < 1e-7) break;
  }
  const double rim = shear(w[0], w[1]) * (w[0] - w[1]) / step;
  return pressure_pa(m, depth_m / m.thickness_m) + 2.0 * rim / radius_m;
}

}  // namespace

double pressure_pa(const MattressModel& m, double compressed_share) {
  const double e = compressed_share;
  if (e <= 0.0) return 0.0;
  return m.plateau_pa * (1.0 - std::exp(-m.modulus_pa * e / m.plateau_pa)) +
         m.closing_pa * std::pow(e / (1.0 - e), m.closing_exponent);
}

double stiffness_factor(const MattressModel& mattress, double y_m) {
  for (const MattressZone& zone : mattress.zones) {
    if (y_m >= zone.from_m && y_m < zone.to_m) return zone.factor;
  }
  return 1.0;
}

MattressModel typical_mattress(Firmness firmness) {
  switch (firmness) {
    case Firmness::soft:
      return {"soft", "made-up soft foam", 1300.0, 9000.0, 1400.0, 1.5, 0.20, 55.0, 0.0, {}};
    case Firmness::firm:
      return {"firm", "made-up firm foam", 3000.0, 21000.0, 3300.0, 1.4, 0.16, 135.0, 0.0, {}};
    case Firmness::medium: break;
  }
  return {"medium", "made-up medium foam", 2050.0, 14500.0, 2250.0, 1.4, 0.18, 90.0, 0.0, {}};
}

MattressModel random_mattress(Random& random) {
  MattressModel m;
  m.id = "random";
  m.name = "random foam";
  m.plateau_pa = 2400.0 * std::exp(random.normal(0.0, 0.42));
  m.modulus_pa = m.plateau_pa * random.uniform(4.5, 9.0);
  m.closing_pa = m.plateau_pa * random.uniform(0.6, 1.4);
  m.closing_exponent = random.uniform(1.2, 1.8);
  m.thickness_m = random.uniform(0.10, 0.28);
  const double decay_m = random.uniform(0.022, 0.06);
  m.shear_n_per_m = 0.7 * m.modulus_pa / m.thickness_m * decay_m * decay_m;
  m.age_years = std::floor(random.uniform(0.0, 12.0));
  if (random.chance(0.25)) {
    m.zones = {{0.35, 0.65, random.uniform(0.65, 1.0)}, {0.85, 1.20, random.uniform(1.0, 1.4)}};
  }
  return m;
}

double indentation_lbf(const MattressModel& m) {
  constexpr double pa_per_lbf = 137.9;
  return disc_pressure_pa(m, 0.25 * m.thickness_m, 0.1015) / pa_per_lbf;
}

void scale_firmness(MattressModel& mattress, double factor) {
  mattress.plateau_pa *= factor;
  mattress.modulus_pa *= factor;
  mattress.closing_pa *= factor;
  mattress.shear_n_per_m *= factor;
}

Mattress measured(const MattressModel& m, CurveKind kind) {
  Mattress out;
  out.id = m.id;
  out.name = m.name;
  out.thickness_m = m.thickness_m;
  out.material = "foam";
  out.age_years = m.age_years;
  out.curve_kind = kind;
  out.shear_n_per_m = m.shear_n_per_m;
  for (int i = 0; i <= 14; ++i) {
    const double depth = m.thickness_m * 0.05 * i;
    const double radius = kind == CurveKind::disc_203mm ? 0.1015 : 0.172;
    const double pressure = kind == CurveKind::uniform ? pressure_pa(m, depth / m.thickness_m)
                                                       : disc_pressure_pa(m, depth, radius);
    out.curve.push_back({depth, pressure});
  }
  // Retail steps 1 to 10 go with 12 to 47 lbf (trade bands of foam).
  out.firmness = std::clamp(
      0.5 * std::round(2.0 * (1.0 + (indentation_lbf(m) - 12.0) * 9.0 / 35.0)), 1.0, 10.0);
  return out;
}

}  // namespace matfit
