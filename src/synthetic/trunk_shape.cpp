#include "synthetic/trunk_shape.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr int outline_points = 56;

double bell(double x, double centre, double width) {
  const double u = (x - centre) / width;
  return std::exp(-0.5 * u * u);
}

// |v|^exponent with the sign of v.
double signed_power(double v, double exponent) {
  return std::copysign(std::pow(std::abs(v), exponent), v);
}

// The curve with its corners rounded off over a few centimetres.
MonotoneCubic rounded_off(const MonotoneCubic& curve) {
  constexpr double step = 0.02;
  constexpr double reach = 0.025;
  std::vector<double> s_m;
  std::vector<double> value;
  for (double s = curve.front_x(); s < curve.back_x() + step; s += step) {
    const double at = std::min(s, curve.back_x());
    double sum = 0.0;
    double weights = 0.0;
    for (double offset = -2.0 * reach; offset < 2.01 * reach; offset += 0.5 * reach) {
      const double weight = bell(offset, 0.0, reach);
      sum += weight * curve.value(std::clamp(at + offset, curve.front_x(), curve.back_x()));
      weights += weight;
    }
    s_m.push_back(s);
    value.push_back(sum / weights);
  }
  return {std::move(s_m), std::move(value)};
}

MonotoneCubic half_breadths(const BodyDimensions& d) {
  const double neck = 0.058;
  // Without the shoulder girdle, which moves by itself.
  const double shoulder = 0.40 * d.biacromial_breadth_m;
  const double narrowest = 0.5 * std::min(d.chest_breadth_m, d.waist_breadth_m);
  const double rib = narrowest * (d.hip_breadth_m > d.waist_breadth_m + 0.02 ? 0.95 : 0.98);
  return {{TrunkShape::first_s_m, -0.02, 0.45 * d.shoulder_m, d.shoulder_m,
           0.55 * d.shoulder_m + 0.45 * d.chest_m, d.chest_m, d.tenth_rib_m, d.waist_m,
           0.5 * (d.waist_m + d.hip_m), d.hip_m, d.trunk_m},
          {neck, neck + 0.014, 0.85 * shoulder, shoulder, 0.53 * d.chest_breadth_m,
           0.5 * d.chest_breadth_m, rib, 0.5 * d.waist_breadth_m,
           0.25 * d.waist_breadth_m + 0.255 * d.hip_breadth_m, 0.5 * d.hip_breadth_m,
           0.44 * d.hip_breadth_m}};
}

// Skin of the back in the middle, behind the axis. The lumbar hollow hangs on the chord from the
// thoracic apex to the sacrum.
MonotoneCubic back_line(const SleeperBody& body, const BodyDimensions& d) {
  const double apex = 0.52 * d.chest_depth_m;
  const double sacrum = apex - 0.006;
  const double lumbar = 0.5 * (d.waist_m + d.tenth_rib_m);
  const double thoracic_s = 0.85 * d.chest_m;
  return {{TrunkShape::first_s_m, 0.0, 0.5 * thoracic_s, thoracic_s, 0.5 * (thoracic_s + lumbar),
           lumbar, 0.5 * (lumbar + d.sacrum_m), d.sacrum_m, d.hip_m, d.trunk_m},
          {apex - 1.5 * body.kyphosis_depth_m, apex - body.kyphosis_depth_m,
           apex - 0.14 * body.kyphosis_depth_m, apex, apex - 0.45 * body.lordosis_depth_m,
           0.5 * (apex + sacrum) - body.lordosis_depth_m,
           0.5 * (apex + sacrum) - 0.55 * body.lordosis_depth_m, sacrum, sacrum - 0.004,
           sacrum - 0.045}};
}

MonotoneCubic front_line(const SleeperBody& body, const BodyDimensions& d,
                         const MonotoneCubic& back) {
  const double chest = d.chest_depth_m - back.value(d.chest_m);
  const double waist = d.waist_depth_m - back.value(d.waist_m);
  const double hip = d.buttock_depth_m - back.value(d.hip_m) - body.buttock_fullness_m;
  // ANSUR's chest depth spans a woman's breasts; they are put on as their own bulges.
  const double sternum = chest - body.bust_depth_m;
  return {{TrunkShape::first_s_m, 0.0, d.shoulder_m, d.chest_m, d.tenth_rib_m, d.waist_m,
           0.5 * (d.waist_m + d.hip_m), d.hip_m, d.trunk_m},
          {0.03, 0.035, 0.62 * sternum, sternum, 0.5 * (sternum + waist) + 0.004, waist,
           0.55 * waist + 0.45 * hip + 0.004, hip, hip - 0.03}};
}

BodyDimensions with_waist_lower(BodyDimensions d, double by_m) {
  d.tenth_rib_m += by_m;
  d.waist_m += by_m;
  return d;
}

}  // namespace

TrunkShape::TrunkShape(const SleeperBody& body, const BodyDimensions& dimensions)
    : TrunkShape(body, with_waist_lower(dimensions, body.outline.waist_lower_m), body.outline) {}

TrunkShape::TrunkShape(const SleeperBody& body, const BodyDimensions& dimensions,
                       const TrunkOutline& outline)
    : last_s_m_(dimensions.trunk_m),
      chest_s_m_(dimensions.chest_m),
      hip_s_m_(dimensions.hip_m),
      bust_m_(outline.bulge_factor * body.bust_depth_m),
      buttock_m_(outline.bulge_factor * body.buttock_fullness_m),
      belly_m_(outline.bulge_factor * std::max(0.0, 0.15 * (dimensions.waist_depth_m - 0.20))),
      blade_m_(outline.bulge_factor * 0.007),
      waist_s_m_(dimensions.waist_m),
      breadth_m_(dimensions.hip_breadth_m),
      back_roundness_(2.0 / (outline.back_exponent * std::pow(body.tissue_softness, 0.4))),
      front_roundness_(2.0 / (outline.front_exponent * std::pow(body.tissue_softness, 0.4))),
      half_breadth_(rounded_off(half_breadths(dimensions))),
      back_(rounded_off(back_line(body, dimensions))),
      front_(rounded_off(front_line(body, dimensions, back_))),
      spine_depth_({first_s_m, 0.0, chest_s_m_, waist_s_m_, dimensions.sacrum_m, last_s_m_},
                   {0.035, 0.036, 0.044, 0.060, 0.050, 0.045}) {}

double TrunkShape::spine_a_m(double s_m) const {
  return -back_.value(s_m) + spine_depth_.value(s_m);
}

// Flesh flattens where it is lain upon, so the sections are boxier than those of a standing body,
// the more the softer it is; the back is flatter than the front.
std::vector<Eigen::Vector2d> TrunkShape::outline(double s_m) const {
  const double half_breadth = half_breadth_.value(s_m);
  const double back = back_.value(s_m);
  const double front = std::max(front_.value(s_m), 0.02);
  const double centre = 0.5 * (front - back);
  const double half_depth = 0.5 * (front + back);
  const double buttock = buttock_m_ * bell(s_m, hip_s_m_ + 0.012, 0.075);
  const double bust = bust_m_ * bell(s_m, chest_s_m_ + 0.01, 0.06);
  const double belly = belly_m_ * bell(s_m, waist_s_m_ + 0.01, 0.09);
  const double blades = blade_m_ * bell(s_m, 0.62 * chest_s_m_, 0.05);

  std::vector<Eigen::Vector2d> points(outline_points);
  for (int i = 0; i < outline_points; ++i) {
    const double angle = 2.0 * pi * (i + 0.5) / outline_points;
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double power = s < 0.0 ? back_roundness_ : front_roundness_;
    const double l = half_breadth * signed_power(c, power);
    double a = centre + half_depth * signed_power(s, power);
    const double side = std::abs(l);
    const double facing = std::min(1.0, 2.0 * std::abs(s));  // bulges fade on the flanks
    if (s < 0.0) {
      a -= facing * (buttock * bell(side, 0.25 * breadth_m_, 0.11 * breadth_m_) +
                     blades * bell(side, 0.085, 0.03));
    } else {
      a += facing * (bust * bell(side, 0.088, 0.055) + belly * bell(side, 0.0, 0.09));
    }
    points[static_cast<std::size_t>(i)] = {l, a};
  }
  return points;
}

}  // namespace matfit
