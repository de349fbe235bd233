#include "synthetic/simulate.hpp"

#include "types/units.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left, Posture::right};

// Wide and long enough for the whole body.
const MatGeometry large_mat{84, 52, 0.026, 0.026};

SleeperBody anyone() { return average_body(Sex::male, 1.75, 76.0); }

SimulatedLie lie_on(Firmness firmness, Posture posture, const SleeperBody& body = anyone()) {
  return lie_down(body, plain_pose(posture), typical_mattress(firmness), large_mat);
}

double contact_m2(const SimulatedLie& lie) {
  return static_cast<double>((lie.pressure_pa > 5.0 * pa_per_mmhg).count()) *
         lie.geometry.cell_area_m2();
}

TEST(LieDown, LoadEqualsBodyWeightInEveryPostureOnEveryMattress) {
  for (const Posture posture : lying) {
    for (const Firmness firmness : {Firmness::soft, Firmness::medium, Firmness::firm}) {
      const SimulatedLie lie = lie_on(firmness, posture);
      EXPECT_TRUE(lie.truth.converged) << name_of(posture);
      EXPECT_NEAR(lie.truth.weight_n, 76.0 * standard_gravity_m_per_s2, 0.5);
      EXPECT_NEAR(lie.truth.load_on_mat_n / lie.truth.weight_n, 1.0, 0.01) << name_of(posture);
    }
  }
}

TEST(LieDown, LoadEqualsBodyWeightForAnyoneInAnyPose) {
  Random random(11);
  for (int i = 0; i < 40; ++i) {
    const SleeperBody body = random_body(random);
    SleeperPose pose = random_pose(lying[i % 4], random);
    pose.vertex_y_m = 0.15;
    const MatGeometry field{110, 110, 0.026, 0.026};
    const SimulatedLie lie = lie_down(body, pose, random_mattress(random), field);
    EXPECT_TRUE(lie.truth.converged) << i;
    EXPECT_NEAR(lie.truth.load_on_mat_n / lie.truth.weight_n, 1.0, 0.01) << i;
  }
}

TEST(LieDown, MatFinerOrCoarserThanThePhysicsCarriesTheSameLoad) {
  const MattressModel mattress = typical_mattress(Firmness::medium);
  for (const double pitch_m : {0.016, 0.05}) {
    const MatGeometry mat{static_cast<int>(2.2 / pitch_m), static_cast<int>(1.3 / pitch_m), pitch_m,
                          pitch_m};
    LieOptions coarse;
    coarse.fine_pitch_m = 0.02;
    const SimulatedLie lie = lie_down(anyone(), plain_pose(Posture::supine), mattress, mat, coarse);
    EXPECT_NEAR(lie.truth.load_on_mat_n / lie.truth.weight_n, 1.0, 0.01) << pitch_m;
  }
}

TEST(LieDown, MatWithoutCellsIsRefused) {
  EXPECT_THROW(lie_down(anyone(), plain_pose(Posture::supine), typical_mattress(Firmness::soft),
                        MatGeometry{0, 10, 0.03, 0.03}),
               std::invalid_argument);
}

TEST(LieDown, SofterMattressMeansMoreSinkageMoreContactAndLowerPeak) {
  for (const Posture posture : lying) {
    const SimulatedLie soft = lie_on(Firmness::soft, posture);
    const SimulatedLie medium = lie_on(Firmness::medium, posture);
    const SimulatedLie firm = lie_on(Firmness::firm, posture);
    const auto sink = [](const SimulatedLie& lie) { return lie.indentation_m.maxCoeff(); };
    EXPECT_GT(sink(soft), sink(medium));
    EXPECT_GT(sink(medium), sink(firm));
    EXPECT_GT(contact_m2(soft), contact_m2(medium));
    EXPECT_GT(contact_m2(medium), contact_m2(firm));
    EXPECT_LT(soft.pressure_pa.maxCoeff(), medium.pressure_pa.maxCoeff());
    EXPECT_LT(medium.pressure_pa.maxCoeff(), firm.pressure_pa.maxCoeff());
  }
}

TEST(LieDown, MirroredPoseGivesTheMirroredMap) {
  Random random(5);
  const SleeperBody body = random_body(random);
  for (const Posture posture : lying) {
    const SleeperPose pose = random_pose(posture, random);
    const MattressModel mattress = typical_mattress(Firmness::medium);
    const SimulatedLie lie = lie_down(body, pose, mattress, large_mat);
    const SimulatedLie other = lie_down(body, mirrored(pose), mattress, large_mat);
    const Eigen::ArrayXXd difference = lie.pressure_pa - other.pressure_pa.rowwise().reverse();
    EXPECT_LT(difference.abs().mean(), 0.03 * lie.pressure_pa.mean()) << name_of(posture);
    const auto left = static_cast<std::size_t>(Landmark::left_knee);
    const auto right = static_cast<std::size_t>(Landmark::right_knee);
    EXPECT_NEAR(lie.truth.landmarks_m[left].x(),
                large_mat.width_m() - other.truth.landmarks_m[right].x(), 1e-9);
    EXPECT_NEAR(lie.truth.landmarks_m[left].y(), other.truth.landmarks_m[right].y(), 1e-9);
  }
}

TEST(LieDown, ShiftByWholeCellsShiftsMapAndTruth) {
  SleeperPose pose = plain_pose(Posture::left);
  const MattressModel mattress = typical_mattress(Firmness::medium);
  const MatGeometry mat{80, 48, 0.0375, 0.0375};  // three cells of the physics' own grid
  const SimulatedLie here = lie_down(anyone(), pose, mattress, mat);
  pose.vertex_y_m += 2 * mat.row_pitch_m;
  pose.shift_x_m += 3 * mat.col_pitch_m;
  const SimulatedLie there = lie_down(anyone(), pose, mattress, mat);
  const Eigen::ArrayXXd difference =
      there.pressure_pa.block(2, 3, 70, 40) - here.pressure_pa.block(0, 0, 70, 40);
  EXPECT_LT(difference.abs().maxCoeff(), 0.01 * here.pressure_pa.maxCoeff());
  EXPECT_NEAR(there.truth.spine[4].x_m - here.truth.spine[4].x_m, 3 * mat.col_pitch_m, 1e-9);
}

TEST(LieDown, SameArgumentsGiveTheSameBits) {
  Random one(3);
  Random two(3);
  const SimulatedLie a =
      lie_down(random_body(one), random_pose(Posture::prone, one), random_mattress(one), large_mat);
  const SimulatedLie b =
      lie_down(random_body(two), random_pose(Posture::prone, two), random_mattress(two), large_mat);
  EXPECT_TRUE((a.pressure_pa == b.pressure_pa).all());
  EXPECT_TRUE((a.indentation_m == b.indentation_m).all());
}

TEST(LieDown, SideLyingFacesTheStatedWay) {
  for (const Posture posture : {Posture::left, Posture::right}) {
    const SimulatedLie lie = lie_on(Firmness::medium, posture);
    const auto& knee = lie.truth.landmarks_m[static_cast<std::size_t>(Landmark::left_knee)];
    const auto& pelvis = lie.truth.landmarks_m[static_cast<std::size_t>(Landmark::pelvis)];
    if (posture == Posture::left) {
      EXPECT_GT(knee.x(), pelvis.x() + 0.05);
    } else {
      EXPECT_LT(knee.x(), pelvis.x() - 0.05);
    }
  }
}

TEST(LieDown, OnBackTheRightHandIsAtLowColumnsAndOnFrontTheLeft) {
  const auto shoulder = [](Posture posture, Landmark name) {
    return lie_on(Firmness::medium, posture).truth.landmarks_m[static_cast<std::size_t>(name)].x();
  };
  EXPECT_LT(shoulder(Posture::supine, Landmark::right_shoulder),
            shoulder(Posture::supine, Landmark::left_shoulder));
  EXPECT_GT(shoulder(Posture::prone, Landmark::right_shoulder),
            shoulder(Posture::prone, Landmark::left_shoulder));
}

TEST(LieDown, HardMattressLeavesTheWaistFreeInSideLying) {
  // A slim woman with broad hips: her waist does not reach a hard surface.
  SleeperBody body = average_body(Sex::female, 1.68, 55.0);
  body.deviations.hip_breadth = 1.5;
  body.deviations.waist_breadth = -1.5;
  MattressModel hard = typical_mattress(Firmness::firm);
  hard.foam.plateau_pa *= 4.0;
  hard.foam.modulus_pa *= 4.0;
  const auto waist_load = [&](const MattressModel& mattress) {
    const SimulatedLie lie = lie_down(body, plain_pose(Posture::left), mattress, large_mat);
    const auto& waist = lie.truth.landmarks_m[static_cast<std::size_t>(Landmark::lumbar)];
    const int row = static_cast<int>(waist.y() / large_mat.row_pitch_m);
    return lie.pressure_pa.middleRows(row - 1, 3).sum() / lie.pressure_pa.sum();
  };
  EXPECT_LT(waist_load(hard), 0.01);
  EXPECT_GT(waist_load(typical_mattress(Firmness::soft)), 0.03);
}

TEST(LieDown, PrintsTheTimeOfOneMap) {
  Random random(1);
  const MatGeometry mat{64, 32, 0.0285, 0.0285};
  const auto start = std::chrono::steady_clock::now();
  constexpr int maps = 20;
  for (int i = 0; i < maps; ++i) {
    const SimulatedLie lie = lie_down(random_body(random), random_pose(lying[i % 4], random),
                                      random_mattress(random), mat);
    ASSERT_GT(lie.truth.load_on_mat_n, 0.0);
  }
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  RecordProperty("ms_per_map", std::to_string(took.count() / maps));
  std::printf("%.1f ms a map\n", took.count() / maps);
}

}  // namespace
}  // namespace matfit
