#include "pipeline/spine_scores.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

JudgedValue value(double truth, double told, double half_width) {
  JudgedValue v;
  v.truth = truth;
  v.told = {told, half_width / 2.0, told - half_width, told + half_width};
  return v;
}

TEST(SpineScore, IsThatOfTheNumbers) {
  std::vector<JudgedValue> values = {value(1.0, 2.0, 0.5), value(2.0, 2.0, 0.5),
                                     value(3.0, 5.0, 3.0), value(4.0, 3.0, 1.0)};
  for (JudgedValue& v : values) {
    v.regression = v.truth + 2.0;
    v.springs = v.truth - 3.0;
  }
  values[0].inversion = 5.0;
  const SpineScore score = score_of(values);
  EXPECT_EQ(score.cases, 4U);
  EXPECT_EQ(score.told, 4U);
  EXPECT_DOUBLE_EQ(score.rmse, std::sqrt((1.0 + 0.0 + 4.0 + 1.0) / 4.0));
  EXPECT_DOUBLE_EQ(score.bias, (1.0 + 0.0 + 2.0 - 1.0) / 4.0);
  EXPECT_DOUBLE_EQ(score.coverage, 0.75);  // the end of an interval belongs to it
  EXPECT_DOUBLE_EQ(score.width, (1.0 + 1.0 + 6.0 + 2.0) / 4.0);
  EXPECT_NEAR(score.correlation, 3.0 / std::sqrt(30.0), 1e-12);
  EXPECT_DOUBLE_EQ(score.regression_rmse, 2.0);
  EXPECT_DOUBLE_EQ(score.over_regression, score.rmse / 2.0);
  EXPECT_DOUBLE_EQ(score.inversion_rmse, 4.0);
  EXPECT_DOUBLE_EQ(score.springs_rmse, 3.0);
}

TEST(SpineScore, ComparesWithTheRegressionOnTheCasesOfBoth) {
  std::vector<JudgedValue> values = {value(0.0, 1.0, 1.0), value(0.0, 9.0, 1.0)};
  values[0].regression = 2.0;
  values.push_back({});  // not told
  values.back().regression = 100.0;
  const SpineScore score = score_of(values);
  EXPECT_EQ(score.cases, 3U);
  EXPECT_EQ(score.told, 2U);
  EXPECT_DOUBLE_EQ(score.regression_rmse, 2.0);
  EXPECT_DOUBLE_EQ(score.over_regression, 0.5);
}

TEST(SpineScore, SaysNothingOfNothing) {
  const SpineScore score = score_of(std::vector<JudgedValue>(3));
  EXPECT_EQ(score.cases, 3U);
  EXPECT_EQ(score.told, 0U);
  EXPECT_TRUE(std::isnan(score.rmse));
  EXPECT_TRUE(std::isnan(score.coverage));
  EXPECT_TRUE(std::isnan(score.over_regression));
}

TEST(SpineScore, PoolsTheHeightsOfAllLevelsAndTakesTheBasisAskedFor) {
  JudgedSpine spine;
  spine.truth = {{"height_C7_mm", 10.0}, {"height_S1_mm", 20.0}, {"tilt_deg", 1.0}};
  spine.told[static_cast<std::size_t>(SpineBasis::curve)] = {
      {"height_C7_mm", gaussian_estimate(13.0, 2.0)},
      {"height_S1_mm", gaussian_estimate(24.0, 1.0)}};
  spine.told[static_cast<std::size_t>(SpineBasis::preset)] = {
      {"height_C7_mm", gaussian_estimate(16.0, 2.0)}};
  const SpineScore curve = score_of({&spine}, all_level_heights, SpineBasis::curve);
  EXPECT_EQ(curve.cases, 2U);
  EXPECT_DOUBLE_EQ(curve.rmse, std::sqrt((9.0 + 16.0) / 2.0));
  EXPECT_DOUBLE_EQ(curve.coverage, 0.5);
  EXPECT_DOUBLE_EQ(score_of({&spine}, all_level_heights, SpineBasis::preset).bias, 6.0);
  EXPECT_EQ(score_of({&spine}, "tilt_deg", SpineBasis::curve).told, 0U);
}

TEST(SpineGroups, HoldEverySpineOnceForEachTrait) {
  std::vector<JudgedSpine> spines(6);
  for (std::size_t i = 0; i < spines.size(); ++i) {
    spines[i].posture = i % 2 == 0 ? Posture::left : Posture::prone;
    spines[i].firmness = "soft";
    spines[i].mat = i < 4 ? "fine" : "coarse";
    spines[i].off_average = i == 5;
    spines[i].body_mass_index = 18.0 + 4.0 * static_cast<double>(i);
  }
  std::map<std::string, std::size_t> of_trait;
  std::map<std::string, std::size_t> of_group;
  for (const SpineGroup& group : groups_of(spines)) {
    of_trait[group.trait] += group.spines.size();
    of_group[group.trait + " " + group.name] = group.spines.size();
  }
  for (const auto& [trait, count] : of_trait) EXPECT_EQ(count, spines.size()) << trait;
  EXPECT_EQ(of_group.at("posture left"), 3U);
  EXPECT_EQ(of_group.at("mat coarse"), 2U);
  EXPECT_EQ(of_group.at("body off average"), 1U);
  EXPECT_EQ(of_group.at("body mass index 35 and over"), 1U);
  EXPECT_EQ(of_group.at("departure none"), 6U);
}

}  // namespace
}  // namespace matfit
