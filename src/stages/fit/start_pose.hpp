#pragma once

#include "stages/fit/body_template.hpp"
#include "stages/fit/contact_map.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Where the template's nodes lie best over a coarse grid: blobs of load linked by expected offsets,
// the exact optimum of that tree (pictorial structure; Felzenszwalb & Huttenlocher, IJCV 2005
// 61:55). Nodes may lie a little beyond the mat's ends. One point a node, body frame.
std::vector<Eigen::Vector2d> start_pose(const ContactMap& map, const BodyTemplate& body);

// The same trunk with the legs sought on another map.
std::vector<Eigen::Vector2d> with_legs_placed(const ContactMap& map, const BodyTemplate& body,
                                              std::vector<Eigen::Vector2d> nodes);

}  // namespace matfit
