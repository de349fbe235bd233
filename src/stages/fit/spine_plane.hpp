#pragma once

#include "stages/fit/trunk_axis.hpp"

#include "numeric/bending_curve.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

// The spine's curves run over the share of C7-S1: 0 at C7, 1 at S1, and on to the hips.
struct SpineKnots {
  static constexpr int count = 46;
  static constexpr double last_share = 1.25;
  static constexpr int s1 = 36;  // the knot at share 1

  static double share(int knot) { return last_share * knot / (count - 1); }
  static Eigen::Index nearest(double share) {
    return std::clamp<Eigen::Index>(std::lround(share * (count - 1) / last_share), 0, count - 1);
  }
};

// Where the load lies across the trunk at one place along it.
struct LoadMiddle {
  double across_m = 0.0;  // from the axis
  double mean_pa = 0.0;   // over the reach
};

// Within reach_m of around_m; around_m itself where there is no load. `field` in the body frame.
LoadMiddle load_middle(const PressureField& field, const TrunkAxis& axis, double along_m,
                       double around_m, double reach_m);

// The spine's line as seen from above: metres across the trunk's axis, over SpineKnots. On the side
// that view shows the spine's own curves; their place behind the load is one of the modes.
CurvePosterior fit_spine_plane(const PressureField& field, Posture posture, const TrunkAxis& axis,
                               const BodyEstimate& person, const Anthropometry& known);

}  // namespace matfit
