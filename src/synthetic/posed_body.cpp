#include "synthetic/posed_body.hpp"

#include "synthetic/limbs.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr int trunk_node_count = 11;

double nominal_roll(Posture posture) {
  switch (posture) {
    case Posture::left: return 0.5 * pi;
    case Posture::right: return -0.5 * pi;
    case Posture::prone: return pi;
    default: return 0.0;
  }
}

// Heading of the trunk's axis at s: the yaw, and what flexion bends within the mat's plane.
TrunkLine trunk_line(const SleeperPose& pose, const BodyDimensions& d, double roll,
                     const MatGeometry& mat) {
  TrunkLine line;
  const double middle_s = 0.5 * d.trunk_m;
  const double bend =
      std::sin(roll) * pose.trunk_flexion_rad + std::cos(roll) * pose.lateral_flexion_rad;
  const auto count =
      static_cast<std::size_t>((d.trunk_m - TrunkShape::first_s_m) / line.spacing_m) + 2;
  const auto heading = [&](double s) {
    return pose.yaw_rad + bend * (std::clamp(s, 0.0, d.trunk_m) - middle_s) / d.trunk_m;
  };
  const double stature_above_c7 = d.head_centre_m + 0.11;
  const Eigen::Vector2d middle(0.5 * mat.width_m() + pose.shift_x_m,
                               pose.vertex_y_m + stature_above_c7 + middle_s);
  Eigen::Vector2d point(0.0, 0.0);
  Eigen::Vector2d at_middle = point;
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = heading(line.s_m(i));
    line.down.emplace_back(std::sin(angle), std::cos(angle));
    line.side.emplace_back(std::cos(angle), -std::sin(angle));
    line.point_m.push_back(point);
    if (line.s_m(i) <= middle_s) at_middle = point;
    point += line.spacing_m * line.down.back();
  }
  for (Eigen::Vector2d& p : line.point_m) p += middle - at_middle;
  return line;
}

double lowest_height(const PosedBody& posed) {
  double lowest = 0.0;
  for (double s = 0.0; s < posed.dimensions.trunk_m; s += 0.02) {
    const double roll = posed.roll_at(s);
    for (const Eigen::Vector2d& p : posed.shape.outline(s)) {
      lowest = std::min(lowest, p.y() * std::cos(roll) - p.x() * std::sin(roll));
    }
  }
  return lowest;
}

// A part of the trunk between two places along it; its centre of mass as a share of its length.
struct TrunkPart {
  double from_m, to_m, centre;
};

struct TrunkParts {
  TrunkPart upper, middle, lower;
};

TrunkParts trunk_parts(const SleeperBody& body, const BodyDimensions& d) {
  if (body.mass_places == TrunkMassPlaces::even_stretches) {
    const double xiphoid = 0.5 * (d.chest_m + d.tenth_rib_m);
    return {{0.0, xiphoid, 0.5}, {xiphoid, d.waist_m, 0.5}, {d.waist_m, d.trunk_m, 0.5}};
  }
  // Cervicale, xiphion, omphalion and middle of the hips (de Leva, J Biomech 1996 29:1223, table
  // 4).
  const bool male = body.sex == Sex::male;
  const double xiphion = (male ? 0.4013 : 0.3709) * d.hip_m;
  const double omphalion = (male ? 0.7585 : 0.7048) * d.hip_m;
  return {{0.0, xiphion, male ? 0.5066 : 0.5050},
          {xiphion, omphalion, male ? 0.4502 : 0.4512},
          {omphalion, d.hip_m, male ? 0.6115 : 0.4920}};
}

// Density runs in a straight line over the part, so that its centre lies where it should.
void hang_on_trunk(PosedBody& posed, double mass_kg, const TrunkPart& part) {
  constexpr int pieces = 12;
  const double weight = mass_kg * standard_gravity_m_per_s2 / pieces;
  for (int i = 0; i < pieces; ++i) {
    const double along = (i + 0.5) / pieces;
    // The mean square of `along` about its middle, over these pieces.
    constexpr double spread = (1.0 - 1.0 / (pieces * pieces)) / 12.0;
    const double density = 1.0 + (part.centre - 0.5) * (along - 0.5) / spread;
    const double s = part.from_m + (part.to_m - part.from_m) * (i + 0.5) / pieces;
    const double place = std::clamp(s / posed.trunk_node_spacing_m, 0.0,
                                    static_cast<double>(trunk_node_count - 1) - 1e-9);
    const auto k = static_cast<std::size_t>(place);
    const double share = place - static_cast<double>(k);
    posed.nodes[k].weight_n += density * weight * (1.0 - share);
    posed.nodes[k + 1].weight_n += density * weight * share;
  }
}

// Bending stiffness of the trunk in N m2, asleep and near its neutral place: the rib cage is stiff,
// the lumbar part and the neck yield, the pelvis is one bone. The lumbar figure gives about
// 0.25 N m per degree between rib cage and pelvis, below the passive trunk's stiffness at larger
// bends (McGill et al., J Biomech 1994 27:1).
double trunk_bending_stiffness(double s_m, const BodyDimensions& d, const SpineLaw& law) {
  if (s_m < 0.9 * d.shoulder_m) return 5.0 * law.thorax_factor;
  if (s_m < 0.92 * d.tenth_rib_m) return 11.0 * law.thorax_factor;
  if (s_m < d.sacrum_m - 0.01) return 2.8 * law.lumbar_factor;
  return 120.0;
}

void add_trunk(PosedBody& posed, const SleeperBody& body) {
  const BodyDimensions& d = posed.dimensions;
  const double spacing = posed.trunk_node_spacing_m;
  for (int k = 0; k < trunk_node_count; ++k) {
    posed.nodes[static_cast<std::size_t>(k)].place_m =
        posed.point_m(k * spacing, 0.0, 0.0).head<2>();
  }
  for (int k = 1; k + 1 < trunk_node_count; ++k) {
    const double stiffness =
        body.spine_stiffness * trunk_bending_stiffness(k * spacing, d, body.spine_law);
    posed.hinges.push_back(
        {k - 1, k, k + 1, spacing, spacing, stiffness / spacing, 0.0, body.spine_law.bending});
  }
  const TrunkParts parts = trunk_parts(body, d);
  hang_on_trunk(posed, d.upper_trunk_kg, parts.upper);
  hang_on_trunk(posed, d.middle_trunk_kg, parts.middle);
  hang_on_trunk(posed, d.lower_trunk_kg, parts.lower);
}

void add_head(PosedBody& posed, const SleeperBody& body, const SleeperPose& pose) {
  const BodyDimensions& d = posed.dimensions;
  const Eigen::Vector3d c7 = posed.point_m(0.0, 0.0, posed.shape.spine_a_m(0.0));
  const bool on_side = is_side(pose.posture);
  const Eigen::Vector2d up = -posed.line.down.front();
  const Eigen::Vector2d side = posed.line.side.front();
  const double facing = std::sin(posed.roll_rad);
  Eigen::Vector2d direction = up;
  if (on_side) {
    direction = std::cos(pose.head_turn_rad) * up +
                std::sin(pose.head_turn_rad) * (facing > 0.0 ? side : Eigen::Vector2d(-side));
  }
  const double half_breadth = 0.5 * d.head_breadth_m;
  const double half_length = 1.28 * half_breadth;
  // Turned by a quarter the head lies on its side, as it does in side lying.
  const double turn = on_side ? 1.0 : std::abs(std::sin(pose.head_turn_rad));
  FleshBead head;
  head.along_m = 0.112;
  head.across_m = half_breadth + turn * (half_length - half_breadth);
  head.upright_m = half_length + turn * (half_breadth - half_length);
  head.direction = direction;
  head.tissue = {0.007, 30e3};

  const double pillow = pose.pillow ? pose.pillow->height_m : 0.0;
  const double rest_height = head.upright_m + 0.6 * pillow;
  Eigen::Vector2d place = c7.head<2>() + d.head_centre_m * direction;
  if (!on_side) {
    const double handed = pose.posture == Posture::prone ? -1.0 : 1.0;
    place += 0.02 * handed * std::sin(pose.head_turn_rad) * side;
  }
  head.centre_m = {place.x(), place.y(), rest_height};
  const int node = static_cast<int>(posed.nodes.size());
  posed.nodes.push_back({d.head_kg * standard_gravity_m_per_s2, place});
  head.node_a = head.node_b = node;
  posed.beads.push_back(head);
  posed.landmarks_m[static_cast<std::size_t>(Landmark::head)] = place;

  // On the side the neck would rather be straight; on back and stomach it settles.
  BodyHinge neck{1, 0, node, posed.trunk_node_spacing_m, d.head_centre_m, 9.0, 0.0};
  if (on_side) neck.rest_rad = -(posed.axis_height_m - rest_height) / d.head_centre_m;
  neck.stiffness_nm_per_rad *= body.spine_stiffness;
  posed.hinges.push_back(neck);

  if (pose.pillow) {
    PillowBlock block;
    block.direction = up;
    block.half_length_m = 0.5 * pose.pillow->length_m;
    block.half_width_m = 0.5 * pose.pillow->width_m;
    block.height_m = pose.pillow->height_m;
    block.stiffness_pa = pose.pillow->stiffness_pa;
    // Its lower edge ends where the shoulders begin.
    block.centre_m = c7.head<2>() + (block.half_length_m + 0.01) * up;
    posed.pillow = block;
  }
}

// Its thin edge goes as far in as the slope would touch the trunk somewhere, and a little further.
WedgeBlock wedge_against(const PosedBody& posed, const SleeperPose& pose) {
  const WedgePose& wedge = *pose.wedge;
  const double back = pose.posture == Posture::left ? -1.0 : 1.0;
  const double outwards = wedge.behind ? back : -back;
  const double slope = std::tan(wedge.slope_rad);
  const double last_s_m = std::min(wedge.last_s_m, posed.dimensions.trunk_m);
  double edge_m = -1.0;
  for (double s = wedge.first_s_m; s < last_s_m; s += 0.02) {
    for (const Eigen::Vector2d& p : posed.shape.outline(s)) {
      const double t = p.x() * std::cos(posed.roll_rad) + p.y() * std::sin(posed.roll_rad);
      const double z = p.y() * std::cos(posed.roll_rad) - p.x() * std::sin(posed.roll_rad);
      edge_m = std::max(edge_m, outwards * t - (posed.axis_height_m + z) / slope);
    }
  }
  const auto middle = posed.line.point_m.size() / 2;
  const Eigen::Vector2d down = posed.line.down[middle];
  const Eigen::Vector2d out = outwards * posed.line.side[middle];
  const Eigen::Vector2d corner = posed.line.point_m[middle] +
                                 (wedge.first_s_m - posed.line.s_m(middle)) * down +
                                 (edge_m - wedge.pushed_m) * out;
  return {corner,
          down,
          out,
          wedge.last_s_m - wedge.first_s_m,
          wedge.width_m,
          slope,
          wedge.stiffness_pa,
          wedge.stiff_share};
}

}  // namespace

bool WedgeBlock::under(const Eigen::Vector2d& at) const {
  const double along = (at - thin_edge_m).dot(down);
  const double out = (at - thin_edge_m).dot(outwards);
  return along >= 0.0 && along <= length_m && out >= 0.0 && out <= width_m;
}

double WedgeBlock::height_m(const Eigen::Vector2d& at) const {
  return slope * (at - thin_edge_m).dot(outwards);
}

double PosedBody::weight_n() const {
  double sum = 0.0;
  for (const BodyNode& node : nodes) sum += node.weight_n;
  return sum;
}

double PosedBody::roll_at(double s_m) const {
  return roll_rad + twist_rad * (std::clamp(s_m / dimensions.trunk_m, 0.0, 1.0) - 0.5);
}

Eigen::Vector3d PosedBody::point_m(double s_m, double l_m, double a_m) const {
  const double place = std::clamp((s_m - TrunkShape::first_s_m) / line.spacing_m, 0.0,
                                  static_cast<double>(line.point_m.size() - 1));
  const auto i = static_cast<std::size_t>(place);
  const double rest = (place - static_cast<double>(i)) * line.spacing_m;
  const double roll = roll_at(s_m);
  const double t = l_m * std::cos(roll) + a_m * std::sin(roll);
  const double z = a_m * std::cos(roll) - l_m * std::sin(roll);
  const Eigen::Vector2d p = line.point_m[i] + rest * line.down[i] + t * line.side[i];
  return {p.x(), p.y(), axis_height_m + z};
}

PosedBody pose_body(const SleeperBody& body, const SleeperPose& pose, const MatGeometry& mat) {
  const BodyDimensions d = dimensions_of(body);
  const double roll = nominal_roll(pose.posture) + pose.roll_rad;
  PosedBody posed{.nodes = std::vector<BodyNode>(trunk_node_count),
                  .hinges = {},
                  .links = {},
                  .beads = {},
                  .pillow = std::nullopt,
                  .wedge = std::nullopt,
                  .shape = TrunkShape(body, d),
                  .line = trunk_line(pose, d, roll, mat),
                  .roll_rad = roll,
                  .twist_rad = pose.twist_rad,
                  .trunk_node_spacing_m = d.trunk_m / (trunk_node_count - 1),
                  .trunk_nodes = trunk_node_count,
                  .dimensions = d,
                  .tissue_softness = body.tissue_softness,
                  .flesh_thickness = body.flesh_thickness,
                  .flesh_law = body.flesh_law,
                  .landmarks_m = {}};
  posed.axis_height_m = -lowest_height(posed);
  add_trunk(posed, body);
  add_head(posed, body, pose);
  add_limbs(posed, pose);
  if (pose.wedge) posed.wedge = wedge_against(posed, pose);
  const auto mark = [&](Landmark name) -> Eigen::Vector2d& {
    return posed.landmarks_m[static_cast<std::size_t>(name)];
  };
  mark(Landmark::lumbar) = posed.point_m(d.l3_m, 0.0, 0.0).head<2>();
  mark(Landmark::pelvis) = posed.point_m(d.hip_m, 0.0, 0.0).head<2>();
  return posed;
}

}  // namespace matfit
