#pragma once

#include "stages/fit/body_template.hpp"
#include "stages/fit/contact_map.hpp"

#include <Eigen/Core>

#include <optional>

namespace matfit {

// Poses beside a fitted one, where that looks as a fit does that took one load for another. Absent
// where it does not. `near` is the map's compressed load, blurred.

// With those legs straight that lie shorter than they are, as where a heel was taken for the calf;
// absent too where legs are bent as a rule.
std::optional<Eigen::VectorXd> with_straight_legs(const BodyTemplate& body,
                                                  const Eigen::VectorXd& pose);

// With the head at its usual place, where it lies on the chest: a shoulder blade was taken for it.
std::optional<Eigen::VectorXd> with_head_off_chest(const BodyTemplate& body,
                                                   const Eigen::VectorXd& pose);

// With a trunk of somewhat more than its usual length, head and legs moved along, where it lies
// shorter than a trunk is: shoulder or hip was taken for another part.
std::optional<Eigen::VectorXd> with_trunk_stretched(const BodyTemplate& body,
                                                    const Eigen::VectorXd& pose);

// With the heels of feet that stand on the mat under raised knees at the feet's ends near the
// trunk: the balls of the feet were taken for them.
std::optional<Eigen::VectorXd> with_heels_of_standing_feet(const BodyTemplate& body,
                                                           const Eigen::VectorXd& pose,
                                                           const ContactMap& map,
                                                           const Eigen::ArrayXXd& near);

}  // namespace matfit
