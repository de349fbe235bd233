#include "pipeline/night_truth.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace matfit {
namespace {

// A trunk and an arm beside it that bears a tenth of the load.
NightMaterial trunk_and_arm() {
  NightMaterial material;
  material.geometry = {60, 30, 0.032, 0.030};
  for (const Posture posture : {Posture::supine, Posture::left}) {
    StillLie lie;
    lie.posture = posture;
    lie.load = FrameBlock::Zero(10, material.geometry.cells());
    for (int r = 10; r < 40; ++r) {
      for (int c = 10; c < 20; ++c) lie.load.col(r * 30 + c) = posture == Posture::supine ? 9 : 8;
    }
    for (int r = 28; r < 31; ++r) {
      for (int c = 23; c < 26; ++c) lie.load.col(r * 30 + c) = 300.0F / 9.0F;
    }
    material.lies.push_back(std::move(lie));
  }
  return material;
}

NightPlan lying_still() {
  NightPlan plan;
  plan.request = {600.0, 1.0, 3};
  plan.breathing_depth = 0.3;
  plan.creep_per_decade = 0.5;
  plan.periods = {{Posture::supine, 0.0, 0.0, 600.0, 0, 0}};
  return plan;
}

SmallMovement of_the_arm(int cells) {
  SmallMovement movement;
  movement.kind = SmallMovement::Kind::limb_moved;
  movement.start_s = 100.0;
  movement.end_s = 102.0;
  movement.row = 29;
  movement.col = 24;
  movement.radius_m = 0.08;
  movement.rows_moved = cells;
  return movement;
}

TEST(NightTruth, BreathAndCreepAreNoMovement) {
  EXPECT_TRUE(movements_of(trunk_and_arm(), lying_still(), {}).empty());
}

TEST(NightTruth, ALimbMovesForAsLongAsItShowsInASecond) {
  NightPlan plan = lying_still();
  plan.movements = {of_the_arm(-12)};
  const auto movements = movements_of(trunk_and_arm(), plan, {});
  ASSERT_EQ(movements.size(), 1U);
  EXPECT_GT(movements[0].start_s, 100.0);
  EXPECT_LT(movements[0].start_s, 101.0);
  EXPECT_GT(movements[0].duration_s, 1.5);
  EXPECT_LT(movements[0].start_s + movements[0].duration_s, 103.1);
}

TEST(NightTruth, WhatChangesTooLittleIsNoMovement) {
  NightPlan plan = lying_still();
  plan.movements = {of_the_arm(0)};  // lifted, and put down in its place
  EXPECT_EQ(movements_of(trunk_and_arm(), plan, {1.0, 0.02}).size(), 1U);
  EXPECT_TRUE(movements_of(trunk_and_arm(), plan, {1.0, 0.15}).empty());
}

TEST(NightTruth, TurnsIntoLyingAreMovementsAndStandInOrder) {
  NightPlan plan = lying_still();
  plan.periods[0].end_s = 300.0;
  plan.periods.push_back({Posture::left, 300.0, 303.0, 450.0, 1, 0});
  plan.periods.push_back({Posture::empty, 450.0, 453.0, 600.0, 0, 0});
  for (NightPeriod& period : plan.periods) period.push_force = period.lifted = 0.5;
  SmallMovement later = of_the_arm(-12);
  later.period = 1;
  later.start_s = 400.0;
  later.end_s = 402.0;
  plan.movements = {of_the_arm(-12), later};
  const auto movements = movements_of(trunk_and_arm(), plan, {});
  ASSERT_EQ(movements.size(), 3U);
  EXPECT_NEAR(movements[1].start_s, 300.0, 0.3);
  EXPECT_NEAR(movements[1].duration_s, 4.0, 0.5);
  EXPECT_NEAR(movements[2].start_s, 400.7, 0.7);
}

}  // namespace
}  // namespace matfit
