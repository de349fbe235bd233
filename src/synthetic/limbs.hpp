#pragma once

#include "synthetic/posed_body.hpp"

namespace matfit {

// Hangs arms and legs on a trunk that is already posed: nodes, hinges, beads and landmarks of
// shoulders, hips, knees and heels.
void add_limbs(PosedBody& posed, const SleeperPose& pose);

}  // namespace matfit
