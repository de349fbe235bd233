#include "synthetic/varied_pose.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double degree = pi / 180.0;

struct Range {
  double low_deg;
  double high_deg;
};

LimbPose limb(Range root, Range joint, Random& random, LimbSupport support = LimbSupport::mat) {
  const double root_rad = random.uniform(root.low_deg, root.high_deg) * degree;
  const double joint_rad = random.uniform(joint.low_deg, joint.high_deg) * degree;
  return {root_rad, joint_rad, 0.0, support};
}

PillowPose flat_to_thick_pillow(double thickest_m, Random& random) {
  return {random.uniform(0.02, thickest_m), random.uniform(1500, 6000), random.uniform(0.30, 0.45),
          random.uniform(0.40, 0.70)};
}

LimbPose arm_along(Random& random) { return limb({3, 28}, {-8, 22}, random); }
LimbPose arm_beside_head(Random& random) { return limb({78, 140}, {25, 110}, random); }
LimbPose arm_overhead(Random& random) { return limb({135, 172}, {0, 70}, random); }

LimbPose free_arm(Random& random, LimbPose (*other)(Random&)) {
  const double kind = random.uniform();
  if (kind < 0.30) return arm_along(random);
  if (kind < 0.62) return arm_beside_head(random);
  if (kind < 0.80) return arm_overhead(random);
  return other(random);
}

LimbPose arm_under_chest(Random& random) { return limb({18, 65}, {60, 135}, random); }
LimbPose arm_on_belly(Random& random) {
  return limb({8, 35}, {0, 0}, random, LimbSupport::carried);
}

LimbPose straight_leg(Random& random) {
  const Range spread = random.chance(0.5) ? Range{-4, 10} : Range{8, 28};
  return limb(spread, {-4, 10}, random);
}

LimbPose leg_on_back(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.55) return straight_leg(random);
  if (kind < 0.80) {
    LimbPose leg = limb({-4, 18}, {0, 0}, random, LimbSupport::bridged);
    leg.raise_rad = random.uniform(30, 62) * degree;
    return leg;
  }
  return limb({20, 60}, {40, 120}, random);  // the knee fallen outwards
}

SleeperPose on_back(Random& random) {
  SleeperPose pose;
  pose.left_arm = free_arm(random, arm_on_belly);
  pose.right_arm = random.chance(0.4) ? pose.left_arm : free_arm(random, arm_on_belly);
  pose.left_leg = leg_on_back(random);
  pose.right_leg = random.chance(0.5) ? pose.left_leg : leg_on_back(random);
  pose.roll_rad = random.normal(0.0, 4.0 * degree);
  pose.head_turn_rad = random.uniform(-50, 50) * degree;
  pose.lateral_flexion_rad = random.normal(0.0, 9.0 * degree);
  if (random.chance(0.6)) pose.pillow = flat_to_thick_pillow(0.13, random);
  return pose;
}

// From flat on the stomach over a knee drawn up to a third of the way to the side, the left side
// up. The upper arm and the face mostly go with the upper leg, as in the recovery position.
SleeperPose on_front_left_side_up(Random& random) {
  SleeperPose pose;
  const double lift = random.uniform();
  pose.left_arm = free_arm(random, arm_under_chest);
  pose.right_arm = random.chance(0.4) ? pose.left_arm : free_arm(random, arm_under_chest);
  pose.left_leg = straight_leg(random);
  pose.right_leg = straight_leg(random);
  pose.roll_rad = random.normal(0.0, 4.0 * degree);
  if (lift > 0.85) {
    pose.roll_rad = random.uniform(15, 28) * degree;
    pose.left_arm = limb({50, 120}, {20, 110}, random);
  } else if (lift > 0.40) {
    pose.roll_rad = random.uniform(0, 22) * degree;
  }
  if (lift > 0.40) {
    pose.left_leg = limb({30, 100}, {40, 130}, random);
    pose.right_leg = limb({-6, 16}, {-4, 28}, random);
    pose.lateral_flexion_rad = random.uniform(-4, 12) * degree;
  } else {
    pose.lateral_flexion_rad = random.normal(0.0, 7.0 * degree);
  }
  const double facing = random.chance(0.75) ? 1.0 : -1.0;
  pose.head_turn_rad = facing * random.uniform(15, 90) * degree;
  if (random.chance(0.55)) pose.pillow = flat_to_thick_pillow(0.09, random);
  return pose;
}

// Rolled no further back than a body stays without a wedge behind it.
SleeperPose on_left_side(Random& random) {
  SleeperPose pose;
  pose.roll_rad = random.uniform(-22, 20) * degree;
  const double hip = random.uniform(-10, 105);
  const double knee = 0.9 * hip + random.uniform(-15, 45);
  pose.left_leg = {hip * degree, knee * degree, 0.0, LimbSupport::mat};
  pose.trunk_flexion_rad = (random.uniform(-10, 18) + 0.35 * hip) * degree;
  pose.head_turn_rad = random.uniform(-20, 35) * degree;
  pose.lateral_flexion_rad = random.normal(0.0, 4.0 * degree);
  pose.shoulder_slide_m = random.uniform(0.030, 0.090);
  // Who is rolled towards the stomach props it with the upper knee.
  if (random.chance(pose.roll_rad > 12.0 * degree ? 0.75 : 0.30)) {
    pose.right_leg = {(hip + random.uniform(10, 65)) * degree,
                      (knee + random.uniform(0, 50)) * degree, 0.0, LimbSupport::mat};
  } else if (random.chance(0.2)) {
    pose.right_leg = {(hip - random.uniform(10, 40)) * degree,
                      (knee + random.uniform(-25, 20)) * degree, 0.0, LimbSupport::mat};
  } else {
    pose.right_leg = {hip * degree, knee * degree, 0.0, LimbSupport::carried};
  }
  const double arm = random.uniform();
  pose.left_arm = arm < 0.5   ? limb({50, 125}, {0, 120}, random)
                  : arm < 0.8 ? limb({110, 168}, {0, 80}, random)
                              : limb({-20, 45}, {0, 60}, random);
  pose.right_arm = random.chance(0.5) ? limb({10, 30}, {10, 30}, random, LimbSupport::carried)
                                      : limb({30, 115}, {0, 110}, random);
  if (random.chance(0.65)) pose.pillow = flat_to_thick_pillow(0.15, random);
  return pose;
}

// Rolled back onto a wedge or pillow behind the trunk, or forwards onto one held in the arms. The
// slope is that of the back it holds, pushed in more or less well.
void prop_left_side(SleeperPose& pose, Random& random) {
  WedgePose wedge;
  wedge.behind = random.chance(0.75);
  const double lean_deg = wedge.behind ? random.uniform(15, 68) : random.uniform(10, 40);
  pose.roll_rad = (wedge.behind ? -lean_deg : lean_deg) * degree;
  wedge.slope_rad = std::clamp(90.0 - lean_deg + random.normal(0.0, 8.0), 15.0, 75.0) * degree;
  wedge.first_s_m = random.uniform(-0.10, 0.20);
  wedge.last_s_m = random.uniform(0.40, 0.95);
  wedge.width_m = random.uniform(0.15, 0.50);
  wedge.pushed_m = random.uniform(0.0, 0.04);
  wedge.stiffness_pa = std::exp(random.uniform(std::log(3e3), std::log(30e3)));
  wedge.stiff_share = random.uniform(0.1, 0.95);
  pose.wedge = wedge;
}

SleeperPose wide_pose(Posture posture, Random& random) {
  const bool mirror = posture == Posture::right || (!is_side(posture) && random.chance(0.5));
  SleeperPose pose = posture == Posture::supine  ? on_back(random)
                     : posture == Posture::prone ? on_front_left_side_up(random)
                                                 : on_left_side(random);
  pose.posture = is_side(posture) ? Posture::left : posture;
  pose.yaw_rad = random.normal(0.0, 5.0 * degree);
  pose.shift_x_m = random.normal(0.0, 0.05);
  if (is_side(posture)) pose.shift_x_m -= 0.13 * std::sin(pose.left_leg.root_angle_rad);
  pose.vertex_y_m = random.normal(0.06, 0.05);
  return mirror ? mirrored(pose) : pose;
}

}  // namespace

SleeperPose varied_pose(Posture posture, Random& random) {
  if (!is_lying(posture)) return random_pose(posture, random);
  if (is_side(posture) && random.chance(0.15)) {
    SleeperPose pose = wide_pose(Posture::left, random);
    prop_left_side(pose, random);
    return posture == Posture::right ? mirrored(pose) : pose;
  }
  return random.chance(0.7) ? random_pose(posture, random) : wide_pose(posture, random);
}

}  // namespace matfit
