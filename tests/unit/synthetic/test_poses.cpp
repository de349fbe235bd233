#include "synthetic/simulate.hpp"
#include "synthetic/varied_pose.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

constexpr double degree = pi / 180.0;
constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left, Posture::right};

bool same_limb(const LimbPose& a, const LimbPose& b) {
  return a.root_angle_rad == b.root_angle_rad && a.joint_angle_rad == b.joint_angle_rad &&
         a.raise_rad == b.raise_rad && a.support == b.support;
}

// Mean roll of prone poses with one knee drawn up, positive where that knee's side is up.
template <typename MakePose>
double mean_lift_rad(const MakePose& make_pose) {
  double sum = 0.0;
  int count = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const SleeperPose pose = make_pose(Posture::prone, random);
    const bool left = pose.left_leg.root_angle_rad > 29.0 * degree;
    const bool right = pose.right_leg.root_angle_rad > 29.0 * degree;
    if (left == right) continue;
    sum += left ? pose.roll_rad : -pose.roll_rad;
    ++count;
  }
  EXPECT_GT(count, 40);
  return sum / count;
}

TEST(Poses, OnTheStomachADrawnUpKneeLiftsItsSide) {
  EXPECT_GT(mean_lift_rad(random_pose), 4.0 * degree);
  EXPECT_GT(mean_lift_rad(varied_pose), 4.0 * degree);
}

// A turn about the body's axis that lifts the left side puts the trunk's load on the right, which
// on the stomach is at the high columns.
TEST(Poses, OnTheStomachAPositiveRollLiftsTheLeftSide) {
  const MatGeometry mat = {84, 52, 0.026, 0.026};
  const auto load_centre = [&](double roll_rad) {
    SleeperPose pose = plain_pose(Posture::prone);
    pose.roll_rad = roll_rad;
    const Eigen::ArrayXXd chest =
        lie_down(average_body(Sex::male, 1.75, 76.0), pose, typical_mattress(Firmness::medium), mat)
            .pressure_pa.middleRows(14, 12);
    const Eigen::ArrayXd columns = Eigen::ArrayXd::LinSpaced(mat.cols, 0.0, mat.cols - 1.0);
    return (chest.colwise().sum().transpose() * columns).sum() / chest.sum();
  };
  EXPECT_GT(load_centre(20.0 * degree), load_centre(0.0) + 0.5);
  EXPECT_LT(load_centre(-20.0 * degree), load_centre(0.0) - 0.5);
}

TEST(VariedPose, OfTheRightSideIsThatOfTheLeftInAMirror) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random one(seed), two(seed);
    const SleeperPose left = mirrored(varied_pose(Posture::left, one));
    const SleeperPose right = varied_pose(Posture::right, two);
    EXPECT_EQ(left.posture, right.posture);
    EXPECT_EQ(left.roll_rad, right.roll_rad);
    EXPECT_EQ(left.shift_x_m, right.shift_x_m);
    EXPECT_TRUE(same_limb(left.left_leg, right.left_leg));
    EXPECT_TRUE(same_limb(left.right_arm, right.right_arm));
  }
}

TEST(VariedPose, CarriesTheBodysWeightInWhateverWayItLies) {
  const MatGeometry field = {150, 130, 0.02, 0.02};
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    SleeperPose pose = varied_pose(lying[seed % 4], random);
    pose.vertex_y_m = 0.5;
    LieOptions fast;
    fast.fine_pitch_m = 0.02;
    const SimulatedLie lie =
        lie_down(random_body(random), pose, random_mattress(random), field, fast);
    EXPECT_TRUE(lie.truth.converged) << seed;
    EXPECT_NEAR(lie.truth.load_on_mat_n / lie.truth.weight_n, 1.0, 0.02) << seed;
  }
}

TEST(VariedPose, ReachesWaysToLieThatUsualPosesDoNot) {
  double highest_arm = 0.0;
  double widest_leg = 0.0;
  double steepest_roll = 0.0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const SleeperPose supine = varied_pose(Posture::supine, random);
    highest_arm = std::max(highest_arm, supine.left_arm.root_angle_rad);
    const SleeperPose prone = varied_pose(Posture::prone, random);
    if (prone.left_leg.joint_angle_rad < 12.0 * degree) {
      widest_leg = std::max(widest_leg, prone.left_leg.root_angle_rad);
    }
    steepest_roll = std::max(steepest_roll, std::abs(prone.roll_rad));
  }
  EXPECT_GT(highest_arm, 160.0 * degree);
  EXPECT_GT(widest_leg, 20.0 * degree);
  EXPECT_GT(steepest_roll, 25.0 * degree);
  EXPECT_LT(steepest_roll, 45.0 * degree) << "nearer to the side than to the stomach";
}

TEST(VariedPose, IsForThoseWhoLie) {
  Random random(1);
  EXPECT_THROW(varied_pose(Posture::sitting, random), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
