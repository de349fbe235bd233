#include "stages/fit/anthropometry.hpp"

#include "knowledge_for_tests.hpp"
#include "stages/fit/body_estimate.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace matfit {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string file_text() {
  std::ifstream in(test::project_folder() / "calibration" / "anthropometry.toml");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string fault_of(const std::string& from, const std::string& to) {
  std::string text = file_text();
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "anthropometry.toml";
  std::ofstream(path) << text;
  try {
    load_anthropometry(path);
  } catch (const UsageError& e) {
    return e.what();
  }
  return "accepted";
}

TEST(Anthropometry, HoldsTheSourcesNumbersInMetres) {
  const SexAnthropometry& man = test::anthropometry().of(Sex::male);
  EXPECT_DOUBLE_EQ(man.mass_share.thigh, 0.1416);
  EXPECT_DOUBLE_EQ(man.height.c7.mean, 0.864);
  EXPECT_NEAR(man.breadth.hip_breadth.a_m, 0.2326, 1e-12);
  EXPECT_NEAR(test::anthropometry().of(Sex::female).breadth.hip_breadth.c_m_per_kg, 2.108e-3,
              1e-12);
}

TEST(Anthropometry, SpineLevelsRunFromC7ToS1AndGrowDownwards) {
  const std::vector<double>& share = test::anthropometry().spine_level_share;
  ASSERT_EQ(share.size(), spine_level_count);
  EXPECT_DOUBLE_EQ(share.front(), 0.0);
  EXPECT_DOUBLE_EQ(share.back(), 1.0);
  for (std::size_t i = 1; i < share.size(); ++i) EXPECT_GT(share[i], share[i - 1]);
  EXPECT_GT(share[17] - share[16], share[2] - share[1]);  // a lumbar vertebra is taller
}

TEST(Anthropometry, AMissingFileIsNamed) {
  EXPECT_THROW(load_anthropometry("no/such/file.toml"), UsageError);
}

TEST(Anthropometry, AFaultNamesFileLineKeyAndWhatWasExpected) {
  EXPECT_THAT(fault_of("thigh = 0.1416", "thigh = \"much\""),
              AllOf(HasSubstr("anthropometry.toml"), HasSubstr("line "),
                    HasSubstr("segment_mass_share.male.thigh"), HasSubstr("a number from")));
}

TEST(Anthropometry, RefusesSharesThatDoNotSumToOne) {
  EXPECT_THAT(fault_of("thigh = 0.1416", "thigh = 0.2416"), HasSubstr("sum to 1"));
}

TEST(Anthropometry, RefusesATableWithoutAKnownSource) {
  EXPECT_THAT(fault_of("source = \"deleva\"", "source = \"hearsay\""), HasSubstr("[sources]"));
}

TEST(Anthropometry, RefusesAMissingKeyAndBrokenToml) {
  EXPECT_THAT(fault_of("c7 = [0.864, 0.007]", ""), HasSubstr("height_fraction.male.c7"));
  EXPECT_THAT(fault_of("c7 = [0.864, 0.007]", "c7 = [0.864,,"), HasSubstr("line "));
  EXPECT_THAT(fault_of("matfit-anthropometry", "recipes"), HasSubstr("format"));
}

Subject stated(Sex sex, double stature_m, double mass_kg) {
  Subject s;
  s.sex = sex;
  s.stature_m = stature_m;
  s.mass_kg = mass_kg;
  return s;
}

TEST(BodyEstimate, FollowsTheRegression) {
  const BodyEstimate b = body_estimate(stated(Sex::male, 1.80, 80.0), test::anthropometry());
  EXPECT_TRUE(b.stated);
  EXPECT_NEAR(b.hip_breadth_m.mean, 1e-3 * (232.6 - 6.5 * 1.80 + 1.456 * 80.0), 1e-9);
  EXPECT_GE(b.hip_breadth_m.sd, 0.0128);
  EXPECT_LT(b.hip_breadth_m.sd, 0.014);
}

TEST(BodyEstimate, AMeasuredBreadthReplacesItsRegressionAndIsSurer) {
  Subject s = stated(Sex::male, 1.80, 80.0);
  const BodyEstimate guessed = body_estimate(s, test::anthropometry());
  s.waist_breadth_m = 0.27;
  const BodyEstimate measured = body_estimate(s, test::anthropometry());
  EXPECT_DOUBLE_EQ(measured.waist_breadth_m.mean, 0.27);
  EXPECT_LT(measured.waist_breadth_m.sd, guessed.waist_breadth_m.sd);
  EXPECT_DOUBLE_EQ(measured.hip_breadth_m.mean, guessed.hip_breadth_m.mean);
}

TEST(BodyEstimate, WhatIsNotStatedIsWider) {
  const BodyEstimate full = body_estimate(stated(Sex::female, 1.65, 62.0), test::anthropometry());
  const BodyEstimate nobody = body_estimate(std::nullopt, test::anthropometry());
  EXPECT_FALSE(nobody.stated);
  EXPECT_GT(nobody.stature_m.sd, 5.0 * full.stature_m.sd);
  EXPECT_GT(nobody.hip_breadth_m.sd, 1.5 * full.hip_breadth_m.sd);
  Subject sexless = stated(Sex::female, 1.65, 62.0);
  sexless.sex.reset();
  const BodyEstimate unknown_sex = body_estimate(sexless, test::anthropometry());
  EXPECT_GT(unknown_sex.biacromial_breadth_m.sd, full.biacromial_breadth_m.sd);
  EXPECT_GT(unknown_sex.biacromial_breadth_m.mean, full.biacromial_breadth_m.mean);
}

TEST(BodyEstimate, ErrorsGrowBeyondTheSamplesBodyMassIndex) {
  const BodyEstimate usual = body_estimate(stated(Sex::male, 1.75, 100.0), test::anthropometry());
  const BodyEstimate heavy = body_estimate(stated(Sex::male, 1.75, 150.0), test::anthropometry());
  EXPECT_GT(heavy.waist_breadth_m.sd, 1.5 * usual.waist_breadth_m.sd);
}

TEST(BodyEstimate, RefusesAStatureThatIsNotPositive) {
  EXPECT_THROW(body_estimate(stated(Sex::male, -1.0, 80.0), test::anthropometry()),
               std::invalid_argument);
}

}  // namespace
}  // namespace matfit
