#include "synthetic/sleeper_pose.hpp"

#include "types/units.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace matfit {
namespace {

constexpr double degree = pi / 180.0;

void require_lying(Posture posture) {
  if (!is_lying(posture)) throw std::invalid_argument("a sleeper's pose needs a lying posture");
}

LimbPose limb(double root_deg, double joint_deg, LimbSupport support = LimbSupport::mat) {
  return {root_deg * degree, joint_deg * degree, 0.0, support};
}

LimbPose arm_on_back(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.5) return limb(random.uniform(4, 28), random.uniform(-6, 22));
  if (kind < 0.68) return limb(random.uniform(8, 30), 0.0, LimbSupport::carried);
  if (kind < 0.84) return limb(random.uniform(85, 140), random.uniform(25, 100));
  return limb(random.uniform(30, 85), random.uniform(-10, 60));
}

LimbPose bridged_leg(Random& random) {
  LimbPose leg = limb(random.uniform(-2, 14), 0.0, LimbSupport::bridged);
  leg.raise_rad = random.uniform(35, 60) * degree;
  return leg;
}

void legs_on_back(SleeperPose& pose, Random& random) {
  const double kind = random.uniform();
  if (kind < 0.55) {
    const double spread = random.uniform(0, 9);
    pose.left_leg = limb(spread + random.uniform(-2, 4), random.uniform(-3, 6));
    pose.right_leg = limb(spread + random.uniform(-2, 4), random.uniform(-3, 6));
  } else if (kind < 0.70) {
    pose.left_leg = bridged_leg(random);
    pose.right_leg = bridged_leg(random);
  } else if (kind < 0.80) {
    pose.left_leg = bridged_leg(random);
    pose.right_leg = limb(random.uniform(0, 12), 0.0);
  } else if (kind < 0.90) {  // crossed at the ankles
    pose.left_leg = limb(random.uniform(-6, -1), 0.0);
    pose.right_leg = limb(random.uniform(-6, -1), 0.0);
  } else {  // one knee fallen outwards
    pose.left_leg = limb(random.uniform(25, 55), random.uniform(50, 110));
    pose.right_leg = limb(random.uniform(0, 12), 0.0);
  }
  if (random.chance(0.5)) std::swap(pose.left_leg, pose.right_leg);
}

void lie_on_back(SleeperPose& pose, Random& random) {
  pose.left_arm = arm_on_back(random);
  pose.right_arm = random.chance(0.6) ? pose.left_arm : arm_on_back(random);
  pose.right_arm.root_angle_rad += random.normal(0.0, 3.0 * degree);
  legs_on_back(pose, random);
  pose.roll_rad = random.normal(0.0, 3.0 * degree);
  pose.head_turn_rad = random.normal(0.0, 20.0 * degree);
  pose.lateral_flexion_rad = random.normal(0.0, 6.0 * degree);
  if (random.chance(0.35)) {
    pose.pillow = PillowPose{random.uniform(0.04, 0.12), random.uniform(2000, 6000),
                             random.uniform(0.30, 0.45), random.uniform(0.40, 0.70)};
  }
}

LimbPose arm_on_front(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.35) return limb(random.uniform(4, 25), random.uniform(-8, 20));
  if (kind < 0.85) return limb(random.uniform(80, 140), random.uniform(30, 105));
  return limb(random.uniform(20, 60), random.uniform(60, 130));
}

void lie_on_front(SleeperPose& pose, Random& random) {
  pose.left_arm = arm_on_front(random);
  pose.right_arm = random.chance(0.6) ? pose.left_arm : arm_on_front(random);
  pose.right_arm.root_angle_rad += random.normal(0.0, 4.0 * degree);
  const double spread = random.uniform(0, 9);
  pose.left_leg = limb(spread + random.uniform(-2, 4), random.uniform(-3, 8));
  pose.right_leg = limb(spread + random.uniform(-2, 4), random.uniform(-3, 8));
  pose.roll_rad = random.normal(0.0, 4.0 * degree);
  const double turn = random.chance(0.5) ? 1.0 : -1.0;
  pose.head_turn_rad = turn * random.uniform(20, 85) * degree;
  pose.lateral_flexion_rad = random.normal(0.0, 7.0 * degree);
  if (random.chance(0.35)) {  // a knee drawn up, which lifts its side of the trunk
    const LimbPose drawn = limb(random.uniform(35, 95), random.uniform(50, 120));
    if (turn > 0.0) {
      pose.left_leg = drawn;
      pose.roll_rad += random.uniform(0, 20) * degree;
    } else {
      pose.right_leg = drawn;
      pose.roll_rad -= random.uniform(0, 20) * degree;
    }
  }
  if (random.chance(0.3)) {
    pose.pillow = PillowPose{random.uniform(0.03, 0.08), random.uniform(1500, 5000),
                             random.uniform(0.30, 0.45), random.uniform(0.40, 0.70)};
  }
}

// Written for the left side; the right side is its mirror image.
void lie_on_left(SleeperPose& pose, Random& random) {
  pose.roll_rad = random.normal(0.0, 8.0 * degree);
  if (random.chance(0.25)) pose.roll_rad += random.uniform(-20, 20) * degree;
  const double curl = random.uniform();  // stretched, half curled, fetal
  const double hip = curl < 0.30   ? random.uniform(-5, 25)
                     : curl < 0.75 ? random.normal(42, 12)
                                   : random.uniform(55, 100);
  const double knee = curl < 0.30 ? random.uniform(0, 35) : 25 + 0.8 * hip + random.normal(0, 14);
  pose.trunk_flexion_rad = (random.uniform(-8, 18) + 0.35 * hip) * degree;
  pose.head_turn_rad = random.uniform(-15, 30) * degree;
  pose.lateral_flexion_rad = random.normal(0.0, 3.0 * degree);
  pose.shoulder_slide_m = random.uniform(0.040, 0.080);
  pose.left_leg = limb(hip, knee);
  const double upper = random.uniform();
  if (upper < 0.55) {  // stacked, or on a pillow between the knees
    pose.right_leg = limb(hip, knee, LimbSupport::carried);
  } else if (upper < 0.85) {  // forward, knee on the mattress
    pose.right_leg = limb(hip + random.uniform(10, 40), knee + random.uniform(0, 30));
  } else {  // behind
    pose.right_leg = limb(hip - random.uniform(10, 35), knee + random.uniform(-20, 20));
  }
  const double arm = random.uniform();
  if (arm < 0.6)
    pose.left_arm = limb(random.uniform(55, 120), random.uniform(20, 115));
  else if (arm < 0.85)
    pose.left_arm = limb(random.uniform(110, 160), random.uniform(0, 70));
  else
    pose.left_arm = limb(random.uniform(5, 45), random.uniform(0, 60));
  const double other = random.uniform();
  if (other < 0.55)
    pose.right_arm = limb(20.0, 20.0, LimbSupport::carried);
  else
    pose.right_arm = limb(random.uniform(35, 95), random.uniform(10, 95));
  if (random.chance(0.65)) {
    pose.pillow = PillowPose{random.uniform(0.06, 0.15), random.uniform(2000, 6000),
                             random.uniform(0.30, 0.45), random.uniform(0.40, 0.70)};
  }
}

}  // namespace

SleeperPose plain_pose(Posture posture) {
  require_lying(posture);
  SleeperPose pose;
  pose.posture = posture;
  if (is_side(posture)) {
    pose.left_leg = limb(25, 45);
    pose.right_leg = limb(25, 45, LimbSupport::carried);
    pose.left_arm = limb(80, 60);
    pose.right_arm = limb(20, 20, LimbSupport::carried);
    if (posture == Posture::right) {
      std::swap(pose.left_leg, pose.right_leg);
      std::swap(pose.left_arm, pose.right_arm);
    }
  } else {
    const double arms = posture == Posture::prone ? 100 : 14;
    const double elbows = posture == Posture::prone ? 60 : 5;
    pose.left_arm = pose.right_arm = limb(arms, elbows);
    pose.left_leg = pose.right_leg = limb(5, 0);
    if (posture == Posture::prone) pose.head_turn_rad = 60 * degree;
  }
  return pose;
}

SleeperPose mirrored(const SleeperPose& pose) {
  SleeperPose out = pose;
  out.posture = mirrored(pose.posture);
  out.roll_rad = -pose.roll_rad;
  out.twist_rad = -pose.twist_rad;
  out.yaw_rad = -pose.yaw_rad;
  out.shift_x_m = -pose.shift_x_m;
  out.lateral_flexion_rad = -pose.lateral_flexion_rad;
  if (!is_side(pose.posture)) out.head_turn_rad = -pose.head_turn_rad;
  std::swap(out.left_arm, out.right_arm);
  std::swap(out.left_leg, out.right_leg);
  return out;
}

SleeperPose random_pose(Posture posture, Random& random) {
  require_lying(posture);
  SleeperPose pose;
  pose.posture = posture == Posture::right ? Posture::left : posture;
  if (posture == Posture::supine)
    lie_on_back(pose, random);
  else if (posture == Posture::prone)
    lie_on_front(pose, random);
  else
    lie_on_left(pose, random);
  pose.yaw_rad = random.normal(0.0, 4.0 * degree);
  if (random.chance(0.15)) pose.yaw_rad += random.uniform(-12, 12) * degree;
  // Whoever draws the knees up lies with the back nearer to the edge.
  pose.shift_x_m = random.normal(0.0, 0.045);
  if (is_side(posture)) pose.shift_x_m -= 0.13 * std::sin(pose.left_leg.root_angle_rad);
  pose.vertex_y_m = random.normal(0.06, 0.05);
  return posture == Posture::right ? mirrored(pose) : pose;
}

}  // namespace matfit
