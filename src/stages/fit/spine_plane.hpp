#pragma once

#include "stages/fit/trunk_axis.hpp"

#include "numeric/bending_curve.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <optional>

namespace matfit {

// The spine's curves run over the share of C7-S1: 0 at C7, 1 at S1, and on to the hips.
struct SpineKnots {
  static constexpr int count = 46;
  static constexpr double last_share = 1.25;
  static constexpr int s1 = 36;  // the knot at share 1

  static double share(int knot) { return last_share * knot / (count - 1); }
};

// Middle of the load across the trunk at a place along it, in metres from the axis; absent where
// hardly any load is within reach. `field` in the body frame.
std::optional<double> load_middle_m(const PressureField& field, const TrunkAxis& axis,
                                    double along_m, double around_m, double reach_m);

// The spine's line as seen from above: metres across the trunk's axis, over SpineKnots. On the side
// that view shows the spine's own curves; their place behind the load is one of the modes.
CurvePosterior fit_spine_plane(const PressureField& field, Posture posture, const TrunkAxis& axis,
                               const BodyEstimate& person);

}  // namespace matfit
