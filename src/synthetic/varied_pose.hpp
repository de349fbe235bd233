#pragma once

#include "numeric/random.hpp"
#include "synthetic/sleeper_pose.hpp"
#include "types/posture.hpp"

namespace matfit {

// A way to lie out of all that sleepers are seen in: mostly as random_pose(), the others starfish,
// arms overhead or under the pillow, a knee drawn up on the stomach, lying between stomach and side
// or between side and back. Throws std::invalid_argument for a posture that is not lying.
SleeperPose varied_pose(Posture posture, Random& random);

}  // namespace matfit
