#include "synthetic/posed_body.hpp"
#include "synthetic/simulate.hpp"
#include "synthetic/varied_pose.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr double degree = pi / 180.0;
const MatGeometry large_mat{84, 60, 0.026, 0.026};

SleeperBody anyone() { return average_body(Sex::female, 1.68, 64.0); }

// On the left side, rolled back by that much onto a wedge that fits the back.
SleeperPose leaning_back(double lean_rad) {
  SleeperPose pose = plain_pose(Posture::left);
  pose.roll_rad = -lean_rad;
  pose.vertex_y_m = 0.15;
  pose.wedge = WedgePose{};
  pose.wedge->slope_rad = 0.5 * pi - lean_rad;
  return pose;
}

SimulatedLie lie(const SleeperPose& pose) {
  return lie_down(anyone(), pose, typical_mattress(Firmness::medium), large_mat);
}

Eigen::Vector2d centre(int row, int col) {
  return {(col + 0.5) * large_mat.col_pitch_m, (row + 0.5) * large_mat.row_pitch_m};
}

double load_on_base_n(const SimulatedLie& lain, const WedgeBlock& wedge) {
  double sum = 0.0;
  for (int row = 0; row < large_mat.rows; ++row) {
    for (int col = 0; col < large_mat.cols; ++col) {
      if (wedge.under(centre(row, col))) sum += lain.pressure_pa(row, col);
    }
  }
  return sum * large_mat.cell_area_m2();
}

TEST(Wedge, CarriesTheMoreOfTheBodyTheFurtherItLeansBack) {
  double before = 0.0;
  for (const double lean_deg : {20.0, 40.0, 60.0}) {
    const SleeperPose pose = leaning_back(lean_deg * degree);
    const SimulatedLie propped = lie(pose);
    EXPECT_TRUE(propped.truth.converged);
    EXPECT_NEAR(propped.truth.load_on_mat_n / propped.truth.weight_n, 1.0, 0.01);
    const double share = load_on_base_n(propped, *pose_body(anyone(), pose, large_mat).wedge) /
                         propped.truth.weight_n;
    EXPECT_GT(share, before + 0.03) << lean_deg;
    before = share;
  }
}

TEST(Wedge, StandsOnTheSideOfTheBackAndTouchesTheBodyOnlyAtItsSlope) {
  const SleeperPose pose = leaning_back(40.0 * degree);
  const PosedBody posed = pose_body(anyone(), pose, large_mat);
  ASSERT_TRUE(posed.wedge.has_value());
  // On the left side the back is at the low columns.
  EXPECT_LT(posed.wedge->outwards.x(), -0.9);
  SleeperPose before = pose;
  before.wedge->behind = false;
  EXPECT_GT(pose_body(anyone(), before, large_mat).wedge->outwards.x(), 0.9);
  SleeperPose touching = pose;
  touching.wedge->pushed_m = 0.0;
  const PosedBody just = pose_body(anyone(), touching, large_mat);
  double nearest_m = 1.0;
  for (double s = 0.0; s < touching.wedge->last_s_m; s += 0.02) {
    for (const Eigen::Vector2d& skin : just.shape.outline(s)) {
      const Eigen::Vector3d p = just.point_m(s, skin.x(), skin.y());
      nearest_m = std::min(nearest_m, p.z() - just.wedge->height_m(p.head<2>()));
    }
  }
  EXPECT_NEAR(nearest_m, 0.0, 0.004);
}

TEST(Wedge, ItsStiffShareSpreadsTheLoadOverTheWholeBase) {
  SleeperPose pose = leaning_back(50.0 * degree);
  const WedgeBlock wedge = *pose_body(anyone(), pose, large_mat).wedge;
  const auto least_on_base = [&](double stiff_share) {
    pose.wedge->stiff_share = stiff_share;
    const SimulatedLie propped = lie(pose);
    double least = 1e9;
    for (int row = 0; row < large_mat.rows; ++row) {
      for (int col = 0; col < large_mat.cols; ++col) {
        if (wedge.under(centre(row, col))) least = std::min(least, propped.pressure_pa(row, col));
      }
    }
    return least;
  };
  EXPECT_GT(least_on_base(0.9), 2.0 * least_on_base(0.3));
}

TEST(Wedge, MirroredPoseGivesTheMirroredMap) {
  const SleeperPose pose = leaning_back(45.0 * degree);
  const Eigen::ArrayXXd left = lie(pose).pressure_pa;
  const Eigen::ArrayXXd right = lie(mirrored(pose)).pressure_pa.rowwise().reverse();
  EXPECT_LT((left - right).abs().mean(), 0.03 * left.mean());
}

TEST(Wedge, SomeVariedPosesOnTheSideLeanOnOneAndNoOthersDo) {
  int behind = 0;
  int before = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    EXPECT_FALSE(varied_pose(Posture::supine, random).wedge.has_value());
    EXPECT_FALSE(varied_pose(Posture::prone, random).wedge.has_value());
    const SleeperPose side = varied_pose(Posture::right, random);
    if (!side.wedge) continue;
    ++(side.wedge->behind ? behind : before);
    // Rolled towards what holds it: back for the right side is a positive roll.
    EXPECT_EQ(side.roll_rad > 0.0, side.wedge->behind);
  }
  EXPECT_GT(behind, 20);
  EXPECT_GT(before, 5);
}

}  // namespace
}  // namespace matfit
