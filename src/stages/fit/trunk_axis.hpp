#pragma once

#include "stages/fit/body_estimate.hpp"

#include "types/body.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace matfit {

// A point of the trunk with how well it is known across the trunk's axis.
struct TrunkPoint {
  double along_m = 0.0;   // from the pelvis towards the head
  double across_m = 0.0;  // from the axis, towards high columns
  double across_sd_m = 0.0;
};

// The trunk as a straight axis with its landmarks, in the body frame.
struct TrunkAxis {
  Eigen::Vector2d pelvis_m{0.0, 0.0};
  Eigen::Vector2d up{0.0, -1.0};     // unit, pelvis to shoulders
  Eigen::Vector2d across{1.0, 0.0};  // unit, towards high columns
  double c7_m = 0.0;                 // places along the axis from the pelvis
  double s1_m = 0.0;
  double hip_m = 0.0;
  double along_sd_m = 0.0;  // of all of them together
  std::vector<TrunkPoint> landmarks;

  double spine_length_m() const { return c7_m - s1_m; }
  // Share 0 at C7, 1 at S1, more below it.
  double share_at(double along_m) const { return (c7_m - along_m) / spine_length_m(); }
  double along_at(double share) const { return c7_m - share * spine_length_m(); }
  Eigen::Vector2d point(double along_m, double across_m) const {
    return pelvis_m + along_m * up + across_m * across;
  }
};

// `body` in the recording frame. Absent when shoulders or pelvis were not found, or lie so that no
// trunk can be between them.
std::optional<TrunkAxis> trunk_axis(const BodyFit& body, const PressureField& field,
                                    Posture posture, const BodyEstimate& person,
                                    const Anthropometry& known);

}  // namespace matfit
