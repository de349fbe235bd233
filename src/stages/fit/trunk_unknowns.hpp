#pragma once

#include <Eigen/Core>

#include <cmath>

namespace matfit {

// Quantities that nobody states, each as a number of standard deviations from what is usual.
struct TrunkUnknowns {
  enum Index : Eigen::Index {
    skin_at_shoulder,
    skin_at_chest,
    skin_at_rib,
    skin_at_waist,
    skin_at_hip,
    softness,
    hip_softness,
    girdle_slide,
    lumbar_stiffness,
    thorax_stiffness,
    neck_stiffness,
    upper_mass,
    lower_mass,
    carried_share,
    thigh_share,
    head_height,
    mattress_stiffness,
    mattress_shear,
    lordosis,
    kyphosis,
    count
  };
};

// A factor whose logarithm has that spread.
inline double lognormal(double unknown, double spread) { return std::exp(spread * unknown); }

}  // namespace matfit
