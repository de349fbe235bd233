#include "stages/fit/other_poses.hpp"

#include "stages/fit/load_marks.hpp"
#include "stages/fit/template_pose.hpp"

#include <algorithm>

namespace matfit {

namespace {

// Of a straight leg's length, under which it is taken to be bent, or its heel to be lost.
constexpr double least_share_of_straight = 0.9;

// The foot's end near the trunk, where the foot stands on the mat and `heel` is its other end: as
// much load there as at the heel, and little of it where the shank would lie. Feet stand on heel
// and ball, 0.1 to 0.15 m apart.
std::optional<Eigen::Vector2d> heel_of_standing_foot(const ContactMap& map,
                                                     const Eigen::ArrayXXd& near,
                                                     const Eigen::Vector2d& hip,
                                                     const Eigen::Vector2d& heel) {
  constexpr double foot_m = 0.12;
  constexpr double nearest_m = 0.08;
  constexpr double kernel_m = 0.03;
  constexpr double search_sd_m = 0.05;
  constexpr double most_share_on_shank = 0.5;
  const Eigen::Vector2d down = (heel - hip).normalized();
  const auto mark = load_peak(map, heel - foot_m * down, kernel_m, search_sd_m);
  if (!mark || (heel - mark->at).dot(down) < nearest_m) return std::nullopt;
  const auto load = [&](const Eigen::Vector2d& at) { return sampled(near, map, at); };
  const double at_mark = load(mark->at);
  const double on_shank = std::max(load(mark->at - foot_m * down), load(0.5 * (hip + mark->at)));
  if (at_mark < load(heel) || on_shank > most_share_on_shank * at_mark) return std::nullopt;
  return mark->at;
}

// Whether a place is under another leg's shank.
bool under_other_shank(const BodyTemplate& body, const Eigen::VectorXd& pose,
                       const TemplateLeg& own, const Eigen::Vector2d& place) {
  constexpr double half_breadth_m = 0.06;
  return std::any_of(body.legs.begin(), body.legs.end(), [&](const TemplateLeg& leg) {
    if (leg.heel == own.heel) return false;
    const Eigen::Vector2d knee = node_of(pose, leg.knee);
    const Eigen::Vector2d shank = node_of(pose, leg.heel) - knee;
    const double length2 = std::max(shank.squaredNorm(), 1e-12);
    const double share = std::clamp((place - knee).dot(shank) / length2, 0.0, 1.0);
    return (knee + share * shank - place).norm() < half_breadth_m;
  });
}

}  // namespace

std::optional<Eigen::VectorXd> with_straight_legs(const BodyTemplate& body,
                                                  const Eigen::VectorXd& pose) {
  Eigen::VectorXd straight = pose;
  bool any = false;
  for (const TemplateLeg& leg : body.legs) {
    if (leg.stands_for_both) continue;
    const Eigen::Vector2d hip = point_of(body, pose, leg.hip);
    const Eigen::Vector2d reach = node_of(pose, leg.heel) - hip;
    const double length_m = leg.thigh_m + leg.shank_m;
    if (reach.norm() > least_share_of_straight * length_m || !(reach.norm() > 0.0)) continue;
    any = true;
    straight.segment<2>(2 * leg.knee) = hip + leg.thigh_m * reach.normalized();
    straight.segment<2>(2 * leg.heel) = hip + length_m * reach.normalized();
  }
  return any ? std::optional(straight) : std::nullopt;
}

std::optional<Eigen::VectorXd> with_head_off_chest(const BodyTemplate& body,
                                                   const Eigen::VectorXd& pose) {
  const auto top = std::find_if(body.links.begin(), body.links.end(),
                                [](const TemplateLink& link) { return link.topmost; });
  const auto head =
      std::find_if(body.landmarks.begin(), body.landmarks.end(),
                   [](const TemplateLandmark& mark) { return mark.landmark == Landmark::head; });
  if (top == body.links.end() || head == body.landmarks.end()) return std::nullopt;
  const Eigen::Vector2d chest = point_of(body, pose, head->root);
  const Eigen::Vector2d up = (chest - point_of(body, pose, body.trunk_bottom)).normalized();
  if ((node_of(pose, top->node) - chest).dot(up) >= head->least_reach_m) return std::nullopt;
  Eigen::VectorXd off = pose;
  off.segment<2>(2 * top->node) = chest + head->usual_reach_m * up;
  return off;
}

std::optional<Eigen::VectorXd> with_trunk_stretched(const BodyTemplate& body,
                                                    const Eigen::VectorXd& pose) {
  // Posture and the mat's pitch leave a trunk's length open by some 5 % (1 sd).
  constexpr double least_share = 0.9;
  constexpr double stretched_share = 1.1;
  const Eigen::Vector2d top = point_of(body, pose, body.trunk_top);
  const Eigen::Vector2d trunk = point_of(body, pose, body.trunk_bottom) - top;
  const double length_m = trunk.norm();
  if (length_m > least_share * body.trunk_length_m || !(length_m > 0.0)) return std::nullopt;
  const Eigen::Vector2d down = trunk / length_m;
  const double more_m = stretched_share * body.trunk_length_m - length_m;
  Eigen::VectorXd stretched = pose;
  for (int i = 0; i < body.nodes; ++i) {
    const double share = std::clamp((node_of(pose, i) - top).dot(down) / length_m, 0.0, 1.0);
    stretched.segment<2>(2 * i) += (share - 0.5) * more_m * down;
  }
  return stretched;
}

std::optional<Eigen::VectorXd> with_heels_of_standing_feet(const BodyTemplate& body,
                                                           const Eigen::VectorXd& pose,
                                                           const ContactMap& map,
                                                           const Eigen::ArrayXXd& near) {
  Eigen::VectorXd standing = pose;
  bool any = false;
  for (const TemplateLeg& leg : body.legs) {
    const Eigen::Vector2d hip = point_of(body, pose, leg.hip);
    const Eigen::Vector2d heel = node_of(pose, leg.heel);
    const double reach_m = (heel - hip).norm();
    if (!leg.may_be_raised || !(reach_m > 0.0) ||
        reach_m > least_share_of_straight * (leg.thigh_m + leg.shank_m)) {
      continue;
    }
    const auto found = heel_of_standing_foot(map, near, hip, heel);
    if (!found || under_other_shank(body, pose, leg, *found)) continue;
    any = true;
    standing.segment<2>(2 * leg.heel) = *found;
  }
  return any ? std::optional(standing) : std::nullopt;
}

}  // namespace matfit
