#include "synthetic/limbs.hpp"

#include "synthetic/limb_flesh.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <span>

namespace matfit {
namespace {

void hang(PosedBody& posed, double mass_kg, int node) {
  posed.nodes[static_cast<std::size_t>(node)].weight_n += mass_kg * standard_gravity_m_per_s2;
}

void hang_between(PosedBody& posed, double mass_kg, int a, int b, double share_b) {
  hang(posed, mass_kg * (1.0 - share_b), a);
  hang(posed, mass_kg * share_b, b);
}

// Height of the trunk's lower skin at s, t across from its axis.
double lower_skin_m(const PosedBody& posed, double s_m, double t_m) {
  const double c = std::cos(posed.roll_at(s_m));
  const double s = std::sin(posed.roll_at(s_m));
  constexpr double reach_m = 0.025;
  double lowest = 0.0;
  for (const Eigen::Vector2d& p : posed.shape.outline(s_m)) {
    if (std::abs(p.x() * c + p.y() * s - t_m) > reach_m) continue;
    lowest = std::min(lowest, p.y() * c - p.x() * s);
  }
  return posed.axis_height_m + lowest;
}

class LimbBuilder {
 public:
  LimbBuilder(PosedBody& posed, const SleeperPose& pose)
      : posed_(posed), pose_(pose), d_(posed.dimensions), on_side_(is_side(pose.posture)) {}

  void add_arm(bool left);
  void add_leg(bool left, const LimbPose& leg, const LimbPose& other);
  void add_carried_leg(bool left);

 private:
  // Unit vector in the mat's plane that leaves the trunk at s by that angle.
  Eigen::Vector2d heading(double s_m, double angle_rad, bool left) const;
  void add_arm_under_trunk(bool left, double arm_kg);
  int trunk_node(double s_m) const;
  Joint new_joint(const Eigen::Vector3d& place_m);
  void add_foot(const LimbPose& leg, const Joint& ankle, const Eigen::Vector2d& shank,
                const Eigen::Vector2d& forwards);
  Eigen::Vector2d& landmark(bool left, Landmark of_left, Landmark of_right) {
    return posed_.landmarks_m[static_cast<std::size_t>(left ? of_left : of_right)];
  }

  PosedBody& posed_;
  const SleeperPose& pose_;
  const BodyDimensions d_;
  bool on_side_;
  int lower_knee_ = 0;
  int lower_ankle_ = 0;
};

Eigen::Vector2d LimbBuilder::heading(double s_m, double angle_rad, bool left) const {
  const auto i = static_cast<std::size_t>((s_m - TrunkShape::first_s_m) / posed_.line.spacing_m);
  double handed = 1.0;
  if (on_side_) {
    handed = pose_.posture == Posture::left ? 1.0 : -1.0;
  } else {
    handed = (left ? 1.0 : -1.0) * (pose_.posture == Posture::prone ? -1.0 : 1.0);
  }
  return std::cos(angle_rad) * posed_.line.down[i] +
         handed * std::sin(angle_rad) * posed_.line.side[i];
}

int LimbBuilder::trunk_node(double s_m) const {
  return static_cast<int>(std::lround(s_m / posed_.trunk_node_spacing_m));
}

Joint LimbBuilder::new_joint(const Eigen::Vector3d& place_m) {
  posed_.nodes.push_back({0.0, place_m.head<2>()});
  return {place_m, static_cast<int>(posed_.nodes.size()) - 1};
}

void LimbBuilder::add_arm(bool left) {
  const LimbPose& arm = left ? pose_.left_arm : pose_.right_arm;
  // Lain upon, a shoulder slides forwards and in over the ribs.
  const bool lain_upon = on_side_ && left == (pose_.posture == Posture::left);
  const double side = left ? 1.0 : -1.0;
  const double half_breadth =
      0.5 * d_.biacromial_breadth_m - (lain_upon ? pose_.shoulder_slide_m : 0.025);
  // On the back the shoulders fall back towards the level of the ribs.
  const double behind =
      0.5 * (posed_.shape.back_m(d_.shoulder_m) + posed_.shape.back_m(0.85 * d_.chest_m));
  const int root = trunk_node(d_.shoulder_m);
  const Joint shoulder = new_joint(
      posed_.point_m(d_.shoulder_m, side * half_breadth, lain_upon ? 0.0 : 0.058 - behind));
  posed_.links.push_back({root, shoulder.node, lain_upon ? 1500.0 : 4000.0});
  const Joint blade{
      posed_.point_m(d_.shoulder_m + 0.03, side * 0.2 * d_.biacromial_breadth_m, 0.056 - behind),
      root};
  add_flesh(posed_, blade, shoulder, blade_girths, 1.0, arm_tissue);
  // Where shoulder blade and shoulder carry, inside of the joint.
  const Eigen::Vector3d carrying = on_side_
                                       ? shoulder.place_m
                                       : posed_.point_m(d_.shoulder_m + 0.035 * d_.stature_m,
                                                        side * 0.34 * d_.biacromial_breadth_m, 0.0);
  landmark(left, Landmark::left_shoulder, Landmark::right_shoulder) = carrying.head<2>();

  const double arm_kg = d_.upper_arm_kg + d_.forearm_kg + d_.hand_kg;
  if (arm.support == LimbSupport::under) return add_arm_under_trunk(left, arm_kg);
  if (arm.support == LimbSupport::carried && on_side_) {
    // Along the body: the shoulder takes half, the flank the rest.
    hang_between(posed_, arm_kg, shoulder.node, trunk_node(d_.waist_m), 0.5);
    add_flesh(posed_, shoulder, shoulder, upper_arm_girths, d_.limb_girth, arm_tissue);
    return;
  }
  const Eigen::Vector2d upper = heading(d_.shoulder_m, arm.root_angle_rad, left);
  const double elbow_radius = 0.040 * d_.limb_girth;
  const double drop = std::abs(shoulder.place_m.z() - elbow_radius);
  const double reach = std::sqrt(std::max(0.01, d_.upper_arm_m * d_.upper_arm_m - drop * drop));
  const Eigen::Vector2d elbow_xy = shoulder.place_m.head<2>() + reach * upper;
  const Joint elbow = new_joint({elbow_xy.x(), elbow_xy.y(), elbow_radius});
  add_flesh(posed_, shoulder, elbow, upper_arm_girths, d_.limb_girth, arm_tissue);
  hang_between(posed_, d_.upper_arm_kg, shoulder.node, elbow.node, 0.45);
  if (arm.support == LimbSupport::carried) {
    hang_between(posed_, d_.forearm_kg + d_.hand_kg, elbow.node, trunk_node(d_.waist_m), 0.6);
    return;
  }
  const Eigen::Vector2d fore =
      heading(d_.shoulder_m, arm.root_angle_rad + arm.joint_angle_rad, left);
  const Eigen::Vector2d wrist_xy = elbow_xy + d_.forearm_m * fore;
  const Joint wrist = new_joint({wrist_xy.x(), wrist_xy.y(), 0.026 * d_.limb_girth});
  add_flesh(posed_, elbow, wrist, forearm_girths, d_.limb_girth, arm_tissue);
  const Eigen::Vector2d palm = wrist_xy + 0.5 * d_.hand_m * fore;
  add_lump(posed_, {palm.x(), palm.y(), 0.017}, fore, {0.5 * d_.hand_m, 0.040, 0.016}, wrist.node);
  hang_between(posed_, d_.forearm_kg, elbow.node, wrist.node, 0.45);
  hang(posed_, d_.hand_kg, wrist.node);
  posed_.hinges.push_back(
      {shoulder.node, elbow.node, wrist.node, d_.upper_arm_m, d_.forearm_m, 2.0, 0.0});
}

// Stretched out along the trunk from shoulder to hip; the trunk's own nodes press it down.
void LimbBuilder::add_arm_under_trunk(bool left, double arm_kg) {
  constexpr double radius_m = 0.040;
  constexpr Girth arm_girths[] = {{0.0, radius_m, 0.0}, {1.0, radius_m, 0.0}};
  const double across = on_side_ ? 0.0 : (left ? 0.30 : -0.30) * d_.hip_breadth_m;
  const int first = trunk_node(d_.shoulder_m);
  const int last =
      std::min(posed_.trunk_nodes - 1, trunk_node(d_.shoulder_m + d_.upper_arm_m + d_.forearm_m));
  const auto joint = [&](int node) {
    const double s = node * posed_.trunk_node_spacing_m;
    const auto i = static_cast<std::size_t>((s - TrunkShape::first_s_m) / posed_.line.spacing_m);
    const double facing = posed_.roll_rad;
    const double t = across * std::cos(facing);
    const Eigen::Vector2d at = posed_.line.point_m[i] + t * posed_.line.side[i];
    // Pressed half-way into the flesh over it.
    return Joint{{at.x(), at.y(), lower_skin_m(posed_, s, t) + 0.3 * radius_m * d_.limb_girth},
                 node};
  };
  for (int node = first; node < last; ++node) {
    add_flesh(posed_, joint(node), joint(node + 1), arm_girths, d_.limb_girth, arm_tissue);
    hang_between(posed_, arm_kg / (last - first), node, node + 1, 0.5);
  }
}

void LimbBuilder::add_foot(const LimbPose& leg, const Joint& ankle, const Eigen::Vector2d& shank,
                           const Eigen::Vector2d& forwards) {
  const Eigen::Vector2d at = ankle.place_m.head<2>();
  if (leg.support == LimbSupport::bridged) {
    const Eigen::Vector2d sole = at + 0.25 * d_.foot_m * shank;
    add_lump(posed_, {sole.x(), sole.y(), 0.034}, shank, {0.5 * d_.foot_m, 0.042, 0.032},
             ankle.node);
  } else if (on_side_) {
    const Eigen::Vector2d edge = at + 0.28 * d_.foot_m * forwards;
    add_lump(posed_, {edge.x(), edge.y(), 0.036}, forwards, {0.5 * d_.foot_m, 0.034, 0.036},
             ankle.node);
  } else if (pose_.posture == Posture::prone) {
    const Eigen::Vector2d instep = at + 0.45 * d_.foot_m * shank;
    add_lump(posed_, {instep.x(), instep.y(), 0.030}, shank, {0.5 * d_.foot_m, 0.040, 0.028},
             ankle.node);
  } else {  // on the heel, the toes up and outwards
    const Eigen::Vector2d heel = at + 0.012 * shank;
    add_lump(posed_, {heel.x(), heel.y(), ankle.place_m.z() - 0.022}, shank, {0.032, 0.030, 0.034},
             ankle.node);
  }
}

void LimbBuilder::add_leg(bool left, const LimbPose& leg, const LimbPose& other) {
  const double l = (left ? 1.0 : -1.0) * 0.23 * d_.hip_breadth_m;
  const int root = trunk_node(d_.hip_m);
  const Joint hip{posed_.point_m(d_.hip_m, l, on_side_ ? 0.0 : -0.015), root};
  landmark(left, Landmark::left_hip, Landmark::right_hip) = hip.place_m.head<2>();

  const bool bridged = leg.support == LimbSupport::bridged;
  const Eigen::Vector2d thigh = heading(d_.hip_m, leg.root_angle_rad, left);
  const double knee_radius = 0.055 * d_.limb_girth;
  // On the back the hollow of the knee stays free.
  const bool on_back = pose_.posture == Posture::supine;
  double knee_height = knee_radius + (on_back ? 0.018 : 0.0);
  if (bridged) {
    knee_height =
        std::min(hip.place_m.z() + d_.thigh_m * std::sin(leg.raise_rad), 0.97 * d_.shank_m);
  }
  const double rise = knee_height - hip.place_m.z();
  const double reach = std::sqrt(std::max(0.01, d_.thigh_m * d_.thigh_m - rise * rise));
  const Eigen::Vector2d knee_xy = hip.place_m.head<2>() + reach * thigh;
  const Joint knee = new_joint({knee_xy.x(), knee_xy.y(), knee_height});
  landmark(left, Landmark::left_knee, Landmark::right_knee) = knee_xy;

  const Eigen::Vector2d shank =
      bridged ? thigh : heading(d_.hip_m, leg.root_angle_rad - leg.joint_angle_rad, left);
  const double ankle_height = bridged ? 0.075 : (on_back ? 0.055 : 0.036);
  const double fall = knee_height - ankle_height;
  const double stride = std::sqrt(std::max(0.0004, d_.shank_m * d_.shank_m - fall * fall));
  const Eigen::Vector2d ankle_xy = knee_xy + stride * shank;
  const Joint ankle = new_joint({ankle_xy.x(), ankle_xy.y(), ankle_height});
  landmark(left, Landmark::left_heel, Landmark::right_heel) = ankle_xy;

  // Which bend of a lying knee sideways turns the calf away from the mattress.
  const bool calf_down = on_back && std::abs(leg.joint_angle_rad) < 0.5 && !bridged;
  add_flesh(posed_, hip, knee, thigh_girths, d_.limb_girth, thigh_tissue);
  add_flesh(
      posed_, knee, ankle,
      calf_down ? std::span<const Girth>(shank_on_back) : std::span<const Girth>(shank_otherwise),
      d_.limb_girth, shank_tissue);
  const Eigen::Vector2d forwards =
      heading(d_.hip_m, leg.root_angle_rad - leg.joint_angle_rad + 1.3, left);
  add_foot(leg, ankle, shank, forwards);

  hang_between(posed_, d_.thigh_kg, root, knee.node, 0.42);
  hang_between(posed_, d_.shank_kg, knee.node, ankle.node, 0.44);
  hang(posed_, d_.foot_kg, ankle.node);
  // A raised knee is a strut: its three joints keep their angle.
  posed_.hinges.push_back({root - 2, root, knee.node, 2.0 * posed_.trunk_node_spacing_m, reach,
                           bridged ? 3.0 : 12.0, 0.0});
  posed_.hinges.push_back(
      {root, knee.node, ankle.node, reach, stride, bridged ? 400.0 : 25.0, 0.0});
  const bool carries = on_side_ && other.support == LimbSupport::carried;
  if (carries) {
    lower_knee_ = knee.node;
    lower_ankle_ = ankle.node;
  }
}

void LimbBuilder::add_carried_leg(bool left) {
  const double side = left ? 1.0 : -1.0;
  const int root = trunk_node(d_.hip_m);
  hang_between(posed_, d_.thigh_kg, root, lower_knee_, 0.42);
  hang_between(posed_, d_.shank_kg, lower_knee_, lower_ankle_, 0.44);
  hang(posed_, d_.foot_kg, lower_ankle_);
  // It lies on the other leg, so its joints are above that leg's.
  landmark(left, Landmark::left_hip, Landmark::right_hip) =
      posed_.point_m(d_.hip_m, side * 0.23 * d_.hip_breadth_m, 0.0).head<2>();
  landmark(left, Landmark::left_knee, Landmark::right_knee) =
      landmark(!left, Landmark::left_knee, Landmark::right_knee);
  landmark(left, Landmark::left_heel, Landmark::right_heel) =
      landmark(!left, Landmark::left_heel, Landmark::right_heel);
}

}  // namespace

void add_limbs(PosedBody& posed, const SleeperPose& pose) {
  LimbBuilder builder(posed, pose);
  builder.add_arm(true);
  builder.add_arm(false);
  const bool left_carried = is_side(pose.posture) && pose.left_leg.support == LimbSupport::carried;
  const bool right_carried =
      is_side(pose.posture) && pose.right_leg.support == LimbSupport::carried;
  if (!left_carried) builder.add_leg(true, pose.left_leg, pose.right_leg);
  if (!right_carried) builder.add_leg(false, pose.right_leg, pose.left_leg);
  if (left_carried) builder.add_carried_leg(true);
  if (right_carried) builder.add_carried_leg(false);
}

}  // namespace matfit
