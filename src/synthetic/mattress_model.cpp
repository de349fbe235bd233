#include "synthetic/mattress_model.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {
namespace {

constexpr double largest_share = 0.97;

double curve_slope(const UniformCurve& curve, double share) {
  const double step = 1e-5;
  return (curve.pressure_pa(share + step) - curve.pressure_pa(share - step)) / (2.0 * step);
}

// Pressure of two layers in series that give way by that share of their joint thickness.
double pressure_in_series(const MattressModel& m, double compressed_share) {
  const double top_m = m.topper->thickness_m;
  const double base_m = m.thickness_m - top_m;
  const double both_m = compressed_share * m.thickness_m;
  double low_m = std::max(0.0, both_m - largest_share * base_m);
  double high_m = std::min(both_m, largest_share * top_m);
  for (int round = 0; round < 45; ++round) {
    const double middle_m = 0.5 * (low_m + high_m);
    const bool top_stiffer = pressure_pa(m.topper->foam, middle_m / top_m) >
                             pressure_pa(m.foam, (both_m - middle_m) / base_m);
    (top_stiffer ? high_m : low_m) = middle_m;
  }
  return pressure_pa(m.topper->foam, low_m / top_m);
}

// 1 in the middle of the hollow, 0 away from it.
double worn_share(const WornHollow& hollow, const Eigen::Vector2d& at_m) {
  return std::exp(-0.5 *
                  ((at_m - hollow.centre_m).array() / hollow.spread_m.array()).square().sum());
}

// Force per area under a rigid disc pressed in by depth_m: uniform pressure under it, and the shear
// of the foam around its rim. Outside, (1/r) (r G w')' = p(w): solved on rings by Newton's method
// along the line, w given at the rim and 0 far away.
double disc_pressure_pa(const MattressModel& m, const UniformCurve& curve, double depth_m,
                        double radius_m) {
  constexpr int rings = 160;
  constexpr double step = 0.0025;
  std::vector<double> w(rings + 1);
  for (int i = 0; i <= rings; ++i)
    w[static_cast<std::size_t>(i)] = depth_m * std::exp(-i * step / 0.05);
  w[rings] = 0.0;
  const auto shear = [&](double a, double b) {
    return m.shear_n_per_m * coupling_left(m.shear_law, 0.5 * (a + b) / m.thickness_m);
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
      diagonal[k] = inner + outer + curve_slope(curve, std::max(share, 2e-5)) / m.thickness_m;
      right[k] = inner * (w[k - 1] - w[k]) + outer * (w[k + 1] - w[k]) - curve.pressure_pa(share);
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
  return curve.pressure_pa(depth_m / m.thickness_m) + 2.0 * rim / radius_m;
}

}  // namespace

UniformCurve::UniformCurve(const MattressModel& mattress) : foam_(mattress.foam) {
  if (!mattress.topper) return;
  constexpr int pieces = 300;
  std::vector<double> share(pieces + 1);
  std::vector<double> pressure(pieces + 1);
  for (std::size_t i = 0; i <= pieces; ++i) {
    share[i] = largest_share * static_cast<double>(i) / pieces;
    pressure[i] = pressure_in_series(mattress, share[i]);
  }
  layered_.emplace(std::move(share), std::move(pressure));
}

double UniformCurve::pressure_pa(double compressed_share) const {
  if (!layered_) return matfit::pressure_pa(foam_, compressed_share);
  return compressed_share <= 0.0 ? 0.0 : layered_->value(compressed_share);
}

double coupling_left(ShearLaw law, double compressed_share) {
  // Some is left even where the foam is closed.
  return law == ShearLaw::constant ? 1.0 : std::max(0.15, 1.0 - compressed_share);
}

double stiffness_factor(const MattressModel& mattress, const Eigen::Vector2d& at_m) {
  double factor = 1.0;
  for (const MattressZone& zone : mattress.zones) {
    if (at_m.y() < zone.from_m || at_m.y() >= zone.to_m) continue;
    factor = zone.factor;
    break;
  }
  if (!mattress.hollow) return factor;
  return factor * (1.0 - mattress.hollow->softened_share * worn_share(*mattress.hollow, at_m));
}

double worn_depth_m(const MattressModel& mattress, const Eigen::Vector2d& at_m) {
  return mattress.hollow ? mattress.hollow->depth_m * worn_share(*mattress.hollow, at_m) : 0.0;
}

MattressModel typical_mattress(Firmness firmness) {
  MattressModel m;
  switch (firmness) {
    case Firmness::soft:
      m.id = "soft";
      m.foam = {FoamLaw::closing, 1300.0, 9000.0, 1400.0, 1.5};
      m.thickness_m = 0.20;
      m.shear_n_per_m = 55.0;
      break;
    case Firmness::medium:
      m.id = "medium";
      m.foam = {FoamLaw::closing, 2050.0, 14500.0, 2250.0, 1.4};
      m.thickness_m = 0.18;
      m.shear_n_per_m = 90.0;
      break;
    case Firmness::firm:
      m.id = "firm";
      m.foam = {FoamLaw::closing, 3000.0, 21000.0, 3300.0, 1.4};
      m.thickness_m = 0.16;
      m.shear_n_per_m = 135.0;
      break;
  }
  m.name = "made-up " + m.id + " foam";
  return m;
}

MattressModel random_mattress(Random& random) {
  MattressModel m;
  m.id = "random";
  m.name = "random foam";
  m.foam.plateau_pa = 2400.0 * std::exp(random.normal(0.0, 0.42));
  m.foam.modulus_pa = m.foam.plateau_pa * random.uniform(4.5, 9.0);
  m.foam.closing_pa = m.foam.plateau_pa * random.uniform(0.6, 1.4);
  m.foam.closing_exponent = random.uniform(1.2, 1.8);
  m.thickness_m = random.uniform(0.10, 0.28);
  const double decay_m = random.uniform(0.022, 0.06);
  m.shear_n_per_m = 0.7 * m.foam.modulus_pa / m.thickness_m * decay_m * decay_m;
  m.age_years = std::floor(random.uniform(0.0, 12.0));
  if (random.chance(0.25)) {
    m.zones = {{0.35, 0.65, random.uniform(0.65, 1.0)}, {0.85, 1.20, random.uniform(1.0, 1.4)}};
  }
  return m;
}

double indentation_lbf(const MattressModel& m) {
  constexpr double pa_per_lbf = 137.9;
  return disc_pressure_pa(m, UniformCurve(m), 0.25 * m.thickness_m, 0.1015) / pa_per_lbf;
}

void scale_firmness(MattressModel& mattress, double factor) {
  const auto scale = [factor](Foam& foam) {
    foam.plateau_pa *= factor;
    foam.modulus_pa *= factor;
    foam.closing_pa *= factor;
  };
  scale(mattress.foam);
  if (mattress.topper) scale(mattress.topper->foam);
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
  const UniformCurve curve(m);
  for (int i = 0; i <= 14; ++i) {
    const double depth = m.thickness_m * 0.05 * i;
    const double radius = kind == CurveKind::disc_203mm ? 0.1015 : 0.172;
    const double pressure = kind == CurveKind::uniform ? curve.pressure_pa(depth / m.thickness_m)
                                                       : disc_pressure_pa(m, curve, depth, radius);
    out.curve.push_back({depth, pressure});
  }
  // Retail steps 1 to 10 go with 12 to 47 lbf (trade bands of foam).
  out.firmness = std::clamp(
      0.5 * std::round(2.0 * (1.0 + (indentation_lbf(m) - 12.0) * 9.0 / 35.0)), 1.0, 10.0);
  return out;
}

}  // namespace matfit
