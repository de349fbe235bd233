#pragma once

#include "stages/fit/sinkage.hpp"
#include "stages/fit/spine_plane.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// What the load and the mattress say of the surface under the spine, over SpineKnots.
struct SpineSupport {
  std::vector<double> sink_m;          // of the mattress's surface
  std::vector<double> pressure_pa;     // there
  std::vector<bool> contact;           // skin and mattress touch
  std::vector<Eigen::VectorXd> error;  // of sink_m: one entry for each of the sinkage's errors
  std::vector<double> slope_m;         // of sink_m over one sd of the knots' place along the trunk
  double head_load_n = 0.0;            // beyond the shoulders, with whatever pillow is there
};

// `field` in the body frame, `sink` in the same order; `across` = line of the spine.
SpineSupport spine_support(const PressureField& field, const Sinkage& sink, Posture posture,
                           const TrunkAxis& axis, const Eigen::VectorXd& across_m);

}  // namespace matfit
