#pragma once

#include "synthetic/sleeper.hpp"
#include "synthetic/sleeper_pose.hpp"
#include "synthetic/trunk_shape.hpp"
#include "types/body.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <array>
#include <optional>
#include <vector>

namespace matfit {

// A joint or a station of the trunk. Its vertical displacement is what the equilibrium finds.
struct BodyNode {
  double weight_n = 0.0;
  Eigen::Vector2d place_m{0.0, 0.0};  // in the mat's plane
};

// Bending about node `middle`: the moment follows its law of angle - rest, the angle from the
// displacements of three nodes, positive where the middle stands above the line of its neighbours.
struct BodyHinge {
  int before = 0;
  int middle = 0;
  int after = 0;
  double length_before_m = 0.0;
  double length_after_m = 0.0;
  double stiffness_nm_per_rad = 0.0;
  double rest_rad = 0.0;
  BendingLaw law = BendingLaw::linear;
};

// A soft connection of two nodes: force = stiffness * difference of their displacements.
struct BodyLink {
  int a = 0;
  int b = 0;
  double stiffness_n_per_m = 0.0;
};

struct FleshLayer {
  double thickness_m = 0.0;
  double modulus_pa = 0.0;
  FleshLaw law = FleshLaw::hardening;
};

// An ellipsoid of flesh, hung between two nodes.
struct FleshBead {
  Eigen::Vector3d centre_m{0.0, 0.0, 0.0};
  double along_m = 0.0;  // half axes: in the mat's plane along `direction`, across it, and upright
  double across_m = 0.0;
  double upright_m = 0.0;
  Eigen::Vector2d direction{0.0, 1.0};
  int node_a = 0;
  int node_b = 0;
  double share_b = 0.0;
  FleshLayer tissue;
};

struct PillowBlock {
  Eigen::Vector2d centre_m{0.0, 0.0};
  Eigen::Vector2d direction{0.0, 1.0};
  double half_length_m = 0.0;
  double half_width_m = 0.0;
  double height_m = 0.0;
  double stiffness_pa = 0.0;
};

// A slope under one side of the trunk: no height at its thin edge, more with every metre outwards.
struct WedgeBlock {
  Eigen::Vector2d thin_edge_m{0.0, 0.0};  // its end next to the head
  Eigen::Vector2d down{0.0, 1.0};
  Eigen::Vector2d outwards{1.0, 0.0};
  double length_m = 0.0;
  double width_m = 0.0;
  double slope = 0.0;
  double stiffness_pa = 0.0;
  double stiff_share = 0.0;

  bool under(const Eigen::Vector2d& at) const;
  double height_m(const Eigen::Vector2d& at) const;
};

// The trunk's axis in the mat's plane, sampled every spacing_m from TrunkShape::first_s_m.
struct TrunkLine {
  double spacing_m = 0.01;
  std::vector<Eigen::Vector2d> point_m;
  std::vector<Eigen::Vector2d> down;  // unit vectors towards the feet
  std::vector<Eigen::Vector2d> side;  // unit vectors, t axis: to the high columns without yaw

  double s_m(std::size_t i) const {
    return TrunkShape::first_s_m + spacing_m * static_cast<double>(i);
  }
};

// A body in its pose on an unyielding plane: x along the mat's columns, y along its rows from the
// head end, z up from the mattress's unloaded surface. All weight hangs on nodes.
struct PosedBody {
  std::vector<BodyNode> nodes;
  std::vector<BodyHinge> hinges;
  std::vector<BodyLink> links;
  std::vector<FleshBead> beads;
  std::optional<PillowBlock> pillow;
  std::optional<WedgeBlock> wedge;

  TrunkShape shape;
  TrunkLine line;
  double roll_rad = 0.0;              // section (l, a) -> t = l cos + a sin, z = a cos - l sin
  double twist_rad = 0.0;             // of the trunk's end against C7
  double axis_height_m = 0.0;         // of the trunk's axis, so that its lowest skin touches z = 0
  double trunk_node_spacing_m = 0.0;  // node k stands at s = k * spacing
  int trunk_nodes = 0;
  BodyDimensions dimensions;
  double tissue_softness = 1.0;
  double flesh_thickness = 1.0;
  FleshLaw flesh_law = FleshLaw::hardening;
  std::array<Eigen::Vector2d, landmark_count> landmarks_m;

  double weight_n() const;
  double roll_at(double s_m) const;
  // x, y and z of a point of the section at s, before any sinking.
  Eigen::Vector3d point_m(double s_m, double l_m, double a_m) const;
};

PosedBody pose_body(const SleeperBody& body, const SleeperPose& pose, const MatGeometry& mat);

}  // namespace matfit
