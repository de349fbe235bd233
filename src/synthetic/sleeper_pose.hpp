#pragma once

#include "numeric/random.hpp"
#include "types/posture.hpp"

#include <optional>

namespace matfit {

// What holds a limb up.
enum class LimbSupport {
  mat,      // it lies on the mattress
  carried,  // it lies on another part of the body, which takes its weight
  bridged,  // a leg with the knee up and the foot flat
  under,    // an arm stretched out between trunk and mattress, which carries the trunk
};

// Angles as seen from above. The upper part of the limb leaves the trunk at root_angle_rad from
// the direction of the feet, outwards on back and stomach, forwards on the side. The knee turns the
// shank back, the elbow turns the forearm on towards the head.
struct LimbPose {
  double root_angle_rad = 0.0;
  double joint_angle_rad = 0.0;
  double raise_rad = 0.0;  // bridged: the thigh over the mattress
  LimbSupport support = LimbSupport::mat;
};

struct PillowPose {
  double height_m = 0.10;
  double stiffness_pa = 3000.0;
  double length_m = 0.40;  // along the body
  double width_m = 0.60;
};

// A wedge or firm pillow that holds the trunk of somebody on the side, behind the back or before
// the belly: a slope of foam that rises away from the body and is pushed against it.
struct WedgePose {
  bool behind = true;
  double slope_rad = 0.6;
  double first_s_m = 0.0;  // along the trunk, metres from C7 towards the feet
  double last_s_m = 0.7;
  double width_m = 0.40;   // of its base, from the thin edge outwards
  double pushed_m = 0.01;  // further in than where it would only touch
  double stiffness_pa = 12e3;
  double stiff_share = 0.6;  // of its load that the whole base carries alike
};

// A way to lie: where on the mat, and all joint angles.
struct SleeperPose {
  Posture posture = Posture::supine;
  double roll_rad = 0.0;             // added to the posture's roll about the body axis
  double twist_rad = 0.0;            // roll of the pelvis over that of the shoulders
  double yaw_rad = 0.0;              // body axis against the mat's columns
  double shift_x_m = 0.0;            // trunk's middle from the mat's middle line
  double vertex_y_m = 0.08;          // top of the head from the mat's head end, body straight
  double trunk_flexion_rad = 0.0;    // forwards, C7 to pelvis
  double lateral_flexion_rad = 0.0;  // towards the person's left
  double head_turn_rad = 0.0;        // nodding on the side; to a side on back and stomach
  double shoulder_slide_m = 0.060;   // on the side: the lower shoulder's way in over the ribs
  LimbPose left_arm, right_arm, left_leg, right_leg;
  std::optional<PillowPose> pillow;
  std::optional<WedgePose> wedge;
};

// Any usual way to lie in that posture. Throws std::invalid_argument for one that is not lying.
SleeperPose random_pose(Posture posture, Random& random);

// A plain, straight way to lie in that posture, without pillow.
SleeperPose plain_pose(Posture posture);

// The pose seen in a mirror: left and right swapped.
SleeperPose mirrored(const SleeperPose& pose);

}  // namespace matfit
