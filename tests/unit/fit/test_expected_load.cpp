#include "stages/fit/expected_load.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>

namespace matfit {
namespace {

const MatGeometry mat = {70, 32, 0.03, 0.03};

BodyTemplate body(Posture posture) {
  return body_template(body_estimate(std::nullopt, test::anthropometry()), test::anthropometry(),
                       posture, 0.03);
}

std::vector<double> at_rest(const BodyTemplate& body, const MatGeometry& on = mat,
                            ExpectedParts parts = ExpectedParts::all) {
  return expected_loads(body, resting_nodes(body, on), on, parts);
}

double area_m2(const std::vector<double>& loads, double over) {
  const auto cells = std::count_if(loads.begin(), loads.end(), [&](double v) { return v > over; });
  return static_cast<double>(cells) * mat.row_pitch_m * mat.col_pitch_m;
}

TEST(LoadsInOrder, OnlyTheOrderOfTheReadingsCounts) {
  Eigen::ArrayXXd readings(2, 3);
  readings << 5.0, 80.0, 2.0, 7.0, 0.0, -1.0;
  Eigen::ArrayXXd loads(2, 3);
  loads << 0.3, 0.9, 0.1, 0.5, 0.0, 0.0;
  EXPECT_TRUE(
      (loads_in_order(ReadingOrder(readings), {0.9, 0.5, 0.3, 0.1, 0.05, 0.0}) == loads).all());
  EXPECT_TRUE((loads_in_order(ReadingOrder(readings.max(0.0).sqrt()),
                              {0.9, 0.5, 0.3, 0.1, 0.05, 0.0}) == loads)
                  .all());
}

TEST(LoadsInOrder, EqualReadingsShareTheirLoads) {
  Eigen::ArrayXXd readings(1, 4);
  readings << 4.0, 9.0, 4.0, 1.0;
  const Eigen::ArrayXXd loads = loads_in_order(ReadingOrder(readings), {1.0, 0.6, 0.2, 0.1});
  EXPECT_DOUBLE_EQ(loads(0, 0), 0.4);
  EXPECT_DOUBLE_EQ(loads(0, 2), 0.4);
  EXPECT_DOUBLE_EQ(loads(0, 1), 1.0);
  EXPECT_DOUBLE_EQ(loads(0, 3), 0.1);
}

TEST(ExpectedLoads, OnMoreCellsTheLowestFallOffTheMat) {
  EXPECT_EQ(on_more_cells({0.9, 0.5, 0.3, 0.1, 0.0}, 2),
            (std::vector<double>{0.9, 0.9, 0.5, 0.5, 0.3}));
}

TEST(ExpectedLoads, AreOneACellAndFall) {
  for (const Posture p : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
    const std::vector<double> loads = at_rest(body(p));
    ASSERT_EQ(loads.size(), 70u * 32u);
    EXPECT_TRUE(std::is_sorted(loads.begin(), loads.end(), std::greater<>()));
    // An adult touches a quarter to three quarters of a square metre.
    EXPECT_GT(area_m2(loads, 0.05), 0.25) << name_of(p);
    EXPECT_LT(area_m2(loads, 0.05), 0.75) << name_of(p);
  }
}

TEST(ExpectedLoads, LeftAndRightExpectTheSame) {
  const std::vector<double> left = at_rest(body(Posture::left));
  const std::vector<double> right = at_rest(body(Posture::right));
  for (std::size_t i = 0; i < left.size(); ++i) EXPECT_NEAR(left[i], right[i], 1e-9);
}

TEST(ExpectedLoads, RaisedLegsTakeTheirAreaAwayOnTheBackAlone) {
  constexpr ExpectedParts sure = ExpectedParts::without_legs_that_may_be_raised;
  const BodyTemplate supine = body(Posture::supine);
  EXPECT_LT(area_m2(at_rest(supine, mat, sure), 0.05), 0.85 * area_m2(at_rest(supine), 0.05));
  for (const Posture p : {Posture::prone, Posture::left}) {
    EXPECT_EQ(at_rest(body(p), mat, sure), at_rest(body(p))) << name_of(p);
  }
}

TEST(ExpectedLoads, OnTheSideTheOtherLegAddsHalfOfALeg) {
  BodyTemplate both = body(Posture::left);
  BodyTemplate one = both;
  one.legs.front().stands_for_both = false;
  BodyTemplate none = one;
  std::erase_if(none.parts, [&](const TemplatePart& part) {
    const auto knee = static_cast<std::size_t>(none.legs.front().knee);
    const auto heel = static_cast<std::size_t>(none.legs.front().heel);
    return part.from.weight[knee] + part.to.weight[knee] + part.from.weight[heel] +
               part.to.weight[heel] >
           0.0;
  });
  const auto sum = [](const BodyTemplate& b) {
    const std::vector<double> loads = at_rest(b);
    return std::accumulate(loads.begin(), loads.end(), 0.0);
  };
  const double leg = sum(one) - sum(none);
  EXPECT_NEAR(sum(both) - sum(one), 0.5 * leg, 0.02 * leg);
}

TEST(ExpectedLoads, WhatLiesBeyondTheMatIsNotExpectedOnIt) {
  const BodyTemplate supine = body(Posture::supine);
  std::vector<Eigen::Vector2d> nodes = resting_nodes(supine, mat);
  for (Eigen::Vector2d& n : nodes) n.y() += 1.0;
  const std::vector<double> half = expected_loads(supine, nodes, mat, ExpectedParts::all);
  EXPECT_LT(area_m2(half, 0.05), 0.75 * area_m2(at_rest(supine), 0.05));
  EXPECT_GT(area_m2(half, 0.05), 0.25 * area_m2(at_rest(supine), 0.05));
}

}  // namespace
}  // namespace matfit
