#include "stages/fit/hip_load.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

// Somebody on the back in the body frame, trunk from row 14 to 32, each row bearing `above` over
// the pelvis and `hips` from there to the thighs.
struct OnTheBack {
  PressureField field;
  BodyFit body;

  OnTheBack(double above, double hips) {
    field.geometry = {64, 30, 0.028, 0.028};
    field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
    field.pressure_pa = Eigen::ArrayXXd::Zero(64, 30);
    for (Eigen::Index r = 4; r < 41; ++r) {
      for (Eigen::Index c = 10; c < 20; ++c) {
        // No two cells alike, so that their order is one.
        const double uneven = 1.0 + 0.01 * std::sin(1.7 * static_cast<double>(r * 30 + c));
        field.pressure_pa(r, c) = (r < 29 ? above : hips) * uneven;
      }
    }
    field.sd_pa = Eigen::ArrayXXd::Zero(64, 30);
    field.repaired.setConstant(64, 30, false);
    put(Landmark::head, {0.42, 0.15});
    put(Landmark::left_shoulder, {0.60, 0.40});
    put(Landmark::right_shoulder, {0.24, 0.40});
    put(Landmark::pelvis, {0.42, 0.90});
  }
  void put(Landmark landmark, const Eigen::Vector2d& place) {
    LandmarkEstimate estimate;
    estimate.position_m = place;
    body.at(landmark) = estimate;
  }
  double ratio() const {
    return hip_load_ratio(field, Posture::supine, body, test::anthropometry()).value();
  }
};

TEST(HipLoad, grows_as_load_moves_down_to_the_hips) {
  EXPECT_LT(OnTheBack(4000, 2000).ratio(), OnTheBack(2000, 4000).ratio());
  EXPECT_GT(OnTheBack(1000, 6000).ratio(), 1.0);
  EXPECT_LT(OnTheBack(4000, 3000).ratio(), 1.0);
}

TEST(HipLoad, does_not_ask_how_the_mat_responds) {
  const OnTheBack plain(2000, 3000);
  OnTheBack bent(2000, 3000);
  bent.field.pressure_pa = plain.field.pressure_pa.pow(1.8) / 1000.0;
  EXPECT_NEAR(bent.ratio(), plain.ratio(), 1e-12);
}

TEST(HipLoad, is_the_same_in_a_mirror_and_upside_down) {
  const OnTheBack plain(2000, 3000);
  const double width_m = 30 * 0.028;
  const double length_m = 64 * 0.028;
  OnTheBack turned(2000, 3000);
  turned.field.pressure_pa = plain.field.pressure_pa.reverse();
  for (auto& landmark : turned.body.landmarks) {
    if (landmark) {
      landmark->position_m = Eigen::Vector2d(width_m, length_m) - landmark->position_m;
    }
  }
  EXPECT_NEAR(turned.ratio(), plain.ratio(), 1e-9);
}

TEST(HipLoad, counts_a_head_off_the_mat_with_its_usual_weight) {
  const OnTheBack with_head(2000, 3000);
  OnTheBack without = with_head;
  without.body.at(Landmark::head).reset();
  // Its load is there all the same, so that the head counts twice.
  EXPECT_NEAR(without.ratio() / with_head.ratio(), 1.0 - 0.14, 0.01);
}

TEST(HipLoad, needs_a_back_shoulders_and_pelvis_on_the_mat) {
  const OnTheBack lie(2000, 3000);
  const auto asked = [](const OnTheBack& of, Posture posture) {
    return hip_load_ratio(of.field, posture, of.body, test::anthropometry()).has_value();
  };
  EXPECT_TRUE(asked(lie, Posture::supine));
  EXPECT_FALSE(asked(lie, Posture::left));
  EXPECT_FALSE(asked(lie, Posture::prone));
  OnTheBack without = lie;
  without.body.at(Landmark::pelvis).reset();
  EXPECT_FALSE(asked(without, Posture::supine));
  OnTheBack below = lie;
  below.put(Landmark::pelvis, {0.42, 1.70});
  EXPECT_FALSE(asked(below, Posture::supine));
  OnTheBack empty = lie;
  empty.field.pressure_pa.setZero();
  EXPECT_FALSE(asked(empty, Posture::supine));
}

}  // namespace
}  // namespace matfit
