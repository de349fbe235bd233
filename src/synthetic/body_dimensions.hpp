#pragma once

#include "synthetic/sleeper.hpp"

namespace matfit {

// Lengths, breadths and masses of one sleeper.
struct BodyDimensions {
  double stature_m = 0.0;
  double biacromial_breadth_m = 0.0;
  double bideltoid_breadth_m = 0.0;
  double chest_breadth_m = 0.0;
  double chest_depth_m = 0.0;
  double waist_breadth_m = 0.0;
  double waist_depth_m = 0.0;
  double hip_breadth_m = 0.0;
  double buttock_depth_m = 0.0;
  double head_breadth_m = 0.0;

  // Along the trunk from C7 towards the feet.
  double shoulder_m = 0.0;
  double chest_m = 0.0;
  double tenth_rib_m = 0.0;
  double waist_m = 0.0;
  double l3_m = 0.0;      // third lumbar vertebra
  double sacrum_m = 0.0;  // S1
  double hip_m = 0.0;     // trochanter
  double trunk_m = 0.0;   // fold of the buttocks

  double head_centre_m = 0.0;  // from C7 towards the vertex
  double upper_arm_m = 0.0;
  double forearm_m = 0.0;
  double hand_m = 0.0;
  double thigh_m = 0.0;
  double shank_m = 0.0;
  double foot_m = 0.0;
  double limb_girth = 1.0;  // factor on the limbs' radii

  double head_kg = 0.0;
  double upper_trunk_kg = 0.0;
  double middle_trunk_kg = 0.0;
  double lower_trunk_kg = 0.0;
  double upper_arm_kg = 0.0;  // of one limb, as the following
  double forearm_kg = 0.0;
  double hand_kg = 0.0;
  double thigh_kg = 0.0;
  double shank_kg = 0.0;
  double foot_kg = 0.0;
};

// Regressions on ANSUR II (NATICK/TR-15/007) and the body's table of segment masses, shifted by its
// deviations.
BodyDimensions dimensions_of(const SleeperBody& body);

}  // namespace matfit
