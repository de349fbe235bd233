#include "made_field.hpp"

#include "stages/hotspots/pressure_summary.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace matfit {
namespace {

using Shares = std::map<std::string, double>;

constexpr double pitch_m = 0.025;

BodyFit body_at(double x) {
  BodyFit fit;
  fit.status = FitStatus::converged;
  fit.axis = {0.0, 1.0};
  const auto put = [&](Landmark l, double y) {
    fit.at(l) = LandmarkEstimate{{x, y}, Eigen::Matrix2d::Identity() * 1e-4};
  };
  put(Landmark::head, 0.10);
  put(Landmark::left_shoulder, 0.35);
  put(Landmark::right_shoulder, 0.35);
  put(Landmark::lumbar, 0.70);
  put(Landmark::pelvis, 0.90);
  return fit;
}

// On the left side, facing high columns, the knee drawn up to the waist.
BodyFit curled_up() {
  BodyFit fit = body_at(0.25);
  const auto put = [&](Landmark l, double x, double y) {
    fit.at(l) = LandmarkEstimate{{x, y}, Eigen::Matrix2d::Identity() * 1e-4};
  };
  fit.at(Landmark::right_shoulder).reset();
  put(Landmark::left_hip, 0.25, 0.90);
  put(Landmark::left_knee, 0.60, 0.72);
  put(Landmark::left_heel, 0.50, 1.08);
  return fit;
}

PressureField empty_field() { return test::made_field({}, pitch_m); }

void load_at(PressureField& field, double x, double y) {
  field.pressure_pa(static_cast<int>(y / pitch_m), static_cast<int>(x / pitch_m)) += 1000.0;
}

Shares shares_of(const PressureField& field, const BodyFit& body, Posture posture) {
  return summarise_pressure(field, body, posture).region_load_share;
}

double sum_of(const Shares& shares) {
  double sum = 0.0;
  for (const auto& [name, share] : shares) sum += share;
  return sum;
}

std::string region_at(double x, double y, const BodyFit& body, Posture posture) {
  PressureField field = empty_field();
  load_at(field, x, y);
  for (const auto& [name, share] : shares_of(field, body, posture)) {
    if (share > 0.5) return name;
  }
  return "none";
}

TEST(BodyRegions, FollowOneAnotherDownTheTrunk) {
  const BodyFit body = body_at(0.4);
  EXPECT_EQ(region_at(0.4, 0.10, body, Posture::supine), "head");
  EXPECT_EQ(region_at(0.4, 0.40, body, Posture::supine), "shoulders");
  EXPECT_EQ(region_at(0.4, 0.70, body, Posture::supine), "lumbar");
  EXPECT_EQ(region_at(0.4, 0.90, body, Posture::supine), "pelvis");
  EXPECT_EQ(region_at(0.4, 1.20, body, Posture::supine), "legs");
}

TEST(BodyRegions, SharesAreOfTheWholeLoadAndSumToOne) {
  PressureField field = empty_field();
  field.pressure_pa.block(10, 12, 6, 8).setConstant(2000.0);  // 0.26-0.39 m
  field.pressure_pa.block(40, 12, 6, 8).setConstant(4000.0);  // 1.01-1.14 m
  const Shares shares = shares_of(field, body_at(0.4), Posture::supine);
  EXPECT_EQ(shares.size(), 6U);
  EXPECT_NEAR(sum_of(shares), 1.0, 1e-9);
  EXPECT_NEAR(shares.at("shoulders"), 1.0 / 3.0, 1e-9);
  EXPECT_NEAR(shares.at("legs"), 2.0 / 3.0, 1e-9);
  EXPECT_EQ(shares.at("lumbar"), 0.0);
}

TEST(BodyRegions, AnArmOrPillowBesideTheTrunkIsOther) {
  const BodyFit body = body_at(0.25);
  EXPECT_EQ(region_at(0.70, 0.70, body, Posture::supine), "other");
  EXPECT_EQ(region_at(0.60, 0.10, body, Posture::supine), "other");
  EXPECT_EQ(region_at(0.48, 0.40, body, Posture::left), "other") << "a forearm before the chest";
  EXPECT_EQ(region_at(0.48, 0.40, body, Posture::supine), "shoulders") << "a shoulder's breadth";
}

TEST(BodyRegions, DrawnUpLegsAreNoLumbarLoad) {
  const BodyFit body = curled_up();
  EXPECT_EQ(region_at(0.25, 0.70, body, Posture::left), "lumbar");
  EXPECT_EQ(region_at(0.60, 0.72, body, Posture::left), "legs") << "the knee";
  EXPECT_EQ(region_at(0.45, 0.79, body, Posture::left), "legs") << "the thigh";
  EXPECT_EQ(region_at(0.54, 0.94, body, Posture::left), "legs") << "the shank";
  EXPECT_EQ(region_at(0.25, 0.90, body, Posture::left), "pelvis") << "the hip lain on";
}

TEST(BodyRegions, AHeavierThighLeavesTheTrunksLoadAsItWas) {
  PressureField field = empty_field();
  load_at(field, 0.25, 0.70);
  load_at(field, 0.25, 0.90);
  PressureField with_thigh = field;
  load_at(with_thigh, 0.45, 0.79);
  load_at(with_thigh, 0.60, 0.72);
  const BodyFit body = curled_up();
  EXPECT_NEAR(shares_of(field, body, Posture::left).at("lumbar"), 0.5, 1e-9);
  const Shares shares = shares_of(with_thigh, body, Posture::left);
  EXPECT_NEAR(shares.at("lumbar"), 0.25, 1e-9);
  EXPECT_NEAR(shares.at("legs"), 0.5, 1e-9);
}

TEST(BodyRegions, MirroringTheMatLeavesTheSharesAlone) {
  PressureField field = test::made_field({{{0.25, 0.40}, 4000, 0.06},
                                          {{0.27, 0.88}, 6000, 0.07},
                                          {{0.45, 0.79}, 3000, 0.05},
                                          {{0.60, 0.72}, 2000, 0.04}},
                                         pitch_m);
  BodyFit body = curled_up();
  const Shares facing_high = shares_of(field, body, Posture::left);
  field.pressure_pa = field.pressure_pa.rowwise().reverse().eval();
  for (auto& landmark : body.landmarks) {
    if (landmark) landmark->position_m.x() = 32 * pitch_m - landmark->position_m.x();
  }
  const Shares facing_low = shares_of(field, body, Posture::right);
  for (const auto& [name, share] : facing_high) EXPECT_NEAR(facing_low.at(name), share, 1e-9);
}

TEST(BodyRegions, WithoutTheHeadTheShouldersStayAndNothingIsLost) {
  BodyFit body = body_at(0.4);
  body.at(Landmark::head).reset();
  EXPECT_EQ(region_at(0.4, 0.40, body, Posture::supine), "shoulders");
  EXPECT_EQ(region_at(0.4, 0.05, body, Posture::supine), "other");
  PressureField field = empty_field();
  field.pressure_pa.setConstant(1000.0);
  const Shares shares = shares_of(field, body, Posture::supine);
  EXPECT_EQ(shares.count("head"), 0U);
  EXPECT_NEAR(sum_of(shares), 1.0, 1e-9);
}

TEST(BodyRegions, WhateverLandmarkIsMissingTheSharesSumToOne) {
  PressureField field = empty_field();
  field.pressure_pa.setConstant(1000.0);
  for (std::size_t missing = 0; missing < landmark_count; ++missing) {
    BodyFit body = curled_up();
    body.landmarks[missing].reset();
    EXPECT_NEAR(sum_of(shares_of(field, body, Posture::left)), 1.0, 1e-9) << missing;
  }
  BodyFit without_lumbar = body_at(0.4);
  without_lumbar.at(Landmark::lumbar).reset();
  EXPECT_EQ(shares_of(field, without_lumbar, Posture::supine).count("lumbar"), 0U);
}

TEST(BodyRegions, WithoutABodyThereAreNone) {
  PressureField field = empty_field();
  field.pressure_pa.setConstant(1000.0);
  EXPECT_TRUE(shares_of(field, {}, Posture::supine).empty());
  EXPECT_TRUE(shares_of(field, body_at(0.4), Posture::unknown).empty());
}

}  // namespace
}  // namespace matfit
