#pragma once

#include "synthetic/night_plan.hpp"
#include "types/bout.hpp"

#include <vector>

namespace matfit {

// What counts as a movement; StillnessOptions has the same.
struct VisibleMovement {
  double lag_s = 1.0;
  double least_change = 0.05;
};

// The movements of a planned night while lying, in order of time: of each turn and each small
// movement the time from the first to the last moment at which, breath, creep and noise aside, the
// map differs from that of lag_s before by sum |P - P'| >= least_change sum P. What never does is
// none.
std::vector<BodyMovement> movements_of(const NightMaterial& material, const NightPlan& plan,
                                       const VisibleMovement& visible);

}  // namespace matfit
