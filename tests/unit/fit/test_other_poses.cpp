#include "stages/fit/other_poses.hpp"

#include "stages/fit/expected_load.hpp"
#include "stages/fit/template_pose.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matfit {
namespace {

constexpr MatGeometry mat = {64, 30, 0.028, 0.028};

// An average person who lies as the template expects it.
struct Resting {
  BodyTemplate body;
  Eigen::VectorXd pose;

  explicit Resting(Posture posture)
      : body(body_template(body_estimate(std::nullopt, test::anthropometry()),
                           test::anthropometry(), posture, 0.03)),
        pose(pose_at(body, resting_nodes(body, mat))) {}

  Eigen::Vector2d at(const TemplatePoint& point) const { return point_of(body, pose, point); }
  double trunk_m(const Eigen::VectorXd& of) const {
    return (point_of(body, of, body.trunk_bottom) - point_of(body, of, body.trunk_top)).norm();
  }
};

TEST(TrunkStretched, is_a_trunk_of_more_than_the_usual_length_with_head_and_legs_moved_along) {
  for (const Posture posture : {Posture::supine, Posture::left}) {
    Resting short_one(posture);
    const Resting usual(posture);
    const Eigen::Vector2d bottom = usual.at(usual.body.trunk_bottom);
    const Eigen::Vector2d up(0.0, -0.25 * usual.trunk_m(usual.pose));
    for (int i = 0; i < usual.body.nodes; ++i) {
      if (node_of(usual.pose, i).y() > bottom.y() - 0.05) short_one.pose.segment<2>(2 * i) += up;
    }
    const auto stretched = with_trunk_stretched(short_one.body, short_one.pose);
    ASSERT_TRUE(stretched);
    EXPECT_NEAR(short_one.trunk_m(*stretched), 1.1 * usual.body.trunk_length_m, 1e-3);
    const TemplateLeg& leg = usual.body.legs.front();
    EXPECT_NEAR((node_of(*stretched, leg.heel) - node_of(*stretched, leg.knee)).norm(),
                (node_of(usual.pose, leg.heel) - node_of(usual.pose, leg.knee)).norm(), 1e-9);
    EXPECT_GT(node_of(*stretched, leg.heel).y(), node_of(short_one.pose, leg.heel).y() + 0.05);
    const Eigen::Index head = 1;  // y of the first node
    EXPECT_LT((*stretched)[head], short_one.pose[head] - 0.05);
  }
}

TEST(TrunkStretched, is_none_of_a_trunk_as_long_as_trunks_are) {
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::left}) {
    const Resting resting(posture);
    EXPECT_FALSE(with_trunk_stretched(resting.body, resting.pose));
  }
}

// Both feet stand on the mat under raised knees: a pad of load for each heel and, 0.13 m farther
// down, for each ball, where the pose has the heels.
struct StandingFeet : Resting {
  ContactMap map;
  Eigen::ArrayXXd near;
  std::vector<Eigen::Vector2d> heels;

  explicit StandingFeet(Posture posture = Posture::supine) : Resting(posture) {
    map.row_pitch_m = map.col_pitch_m = mat.row_pitch_m;
    map.length_m = mat.length_m();
    map.width_m = mat.width_m();
    map.load = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
    for (const TemplateLeg& leg : body.legs) {
      const Eigen::Vector2d hip = at(leg.hip);
      const Eigen::Vector2d down = (node_of(pose, leg.heel) - hip).normalized();
      const Eigen::Vector2d heel = hip + 0.6 * (leg.thigh_m + leg.shank_m) * down;
      const Eigen::Vector2d ball = heel + 0.13 * down;
      heels.push_back(heel);
      pose.segment<2>(2 * leg.heel) = ball;
      add_pad(heel, 1.0);
      add_pad(ball, 0.7);
    }
    see();
  }
  void add_pad(const Eigen::Vector2d& centre, double load) {
    for (Eigen::Index r = 0; r < map.load.rows(); ++r) {
      for (Eigen::Index c = 0; c < map.load.cols(); ++c) {
        const double d2 = (map.centre(r, c) - centre).squaredNorm();
        map.load(r, c) += load * std::exp(-0.5 * d2 / (0.025 * 0.025));
      }
    }
  }
  void see() {
    map.seen = map.load.unaryExpr(map.compression);
    map.trust = Eigen::ArrayXXd::Ones(map.load.rows(), map.load.cols());
    near = blurred(map.seen, map.row_pitch_m, map.col_pitch_m, 0.03);
  }
  std::optional<Eigen::VectorXd> standing() const {
    return with_heels_of_standing_feet(body, pose, map, near);
  }
};

TEST(HeelsOfStandingFeet, are_the_ends_of_the_feet_near_the_trunk) {
  const StandingFeet feet;
  const auto standing = feet.standing();
  ASSERT_TRUE(standing);
  for (std::size_t i = 0; i < feet.heels.size(); ++i) {
    EXPECT_LT((node_of(*standing, feet.body.legs[i].heel) - feet.heels[i]).norm(), 0.02);
    EXPECT_EQ(node_of(*standing, feet.body.legs[i].knee),
              node_of(feet.pose, feet.body.legs[i].knee));
  }
}

TEST(HeelsOfStandingFeet, are_none_where_the_shanks_lie_on_the_mat) {
  StandingFeet feet;
  for (std::size_t i = 0; i < feet.heels.size(); ++i) {
    const Eigen::Vector2d hip = feet.at(feet.body.legs[i].hip);
    for (const double share : {0.5, 0.6, 0.7, 0.8, 0.9}) {
      feet.add_pad(hip + share * (feet.heels[i] - hip), 1.0);
    }
  }
  feet.see();
  EXPECT_FALSE(feet.standing());
}

TEST(HeelsOfStandingFeet, are_none_of_straight_legs_nor_where_knees_are_not_raised) {
  StandingFeet straight;
  straight.pose = Resting(Posture::supine).pose;
  EXPECT_FALSE(straight.standing());
  EXPECT_FALSE(StandingFeet(Posture::prone).standing());
}

TEST(HeelsOfStandingFeet, stay_where_they_are_when_the_pose_has_them_right) {
  StandingFeet feet;
  for (std::size_t i = 0; i < feet.heels.size(); ++i) {
    feet.pose.segment<2>(2 * feet.body.legs[i].heel) = feet.heels[i];
  }
  EXPECT_FALSE(feet.standing());
}

// The left leg lies straight across the place where the right one's heel would be.
TEST(HeelsOfStandingFeet, are_none_under_the_other_leg) {
  StandingFeet feet;
  const TemplateLeg& other = feet.body.legs[1];
  const Eigen::Vector2d hip = feet.at(other.hip);
  feet.pose.segment<2>(2 * other.knee) = 0.5 * (hip + feet.heels[0]);
  feet.pose.segment<2>(2 * other.heel) = hip + 1.4 * (feet.heels[0] - hip);
  const Eigen::VectorXd pose = feet.standing().value_or(feet.pose);
  const int heel = feet.body.legs[0].heel;
  EXPECT_EQ(node_of(pose, heel), node_of(feet.pose, heel));
}

TEST(StraightLegs, are_tried_where_a_leg_lies_shorter_than_it_is) {
  const Resting resting(Posture::supine);
  EXPECT_FALSE(with_straight_legs(resting.body, resting.pose));
  const TemplateLeg& leg = resting.body.legs.front();
  Eigen::VectorXd bent = resting.pose;
  const Eigen::Vector2d hip = resting.at(leg.hip);
  bent.segment<2>(2 * leg.heel) = hip + 0.7 * (node_of(resting.pose, leg.heel) - hip);
  const auto straight = with_straight_legs(resting.body, bent);
  ASSERT_TRUE(straight);
  EXPECT_NEAR((node_of(*straight, leg.heel) - hip).norm(), leg.thigh_m + leg.shank_m, 1e-9);
  const Resting side(Posture::left);
  EXPECT_FALSE(with_straight_legs(side.body, side.pose));
}

TEST(HeadOffChest, is_tried_where_the_head_lies_on_the_chest) {
  const Resting resting(Posture::supine);
  EXPECT_FALSE(with_head_off_chest(resting.body, resting.pose));
  Eigen::VectorXd on_chest = resting.pose;
  on_chest.segment<2>(0) = resting.at(resting.body.trunk_top);
  const auto off = with_head_off_chest(resting.body, on_chest);
  ASSERT_TRUE(off);
  EXPECT_LT((node_of(*off, 0) - node_of(resting.pose, 0)).norm(), 0.01);
}

}  // namespace
}  // namespace matfit
