#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace matfit {
namespace {

using testing::HasSubstr;

std::string shipped_rules() {
  std::ifstream in(test::project_folder() / "calibration/quality.toml");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// What loading says of the shipped file with one text replaced.
std::string complaint(const std::string& from, const std::string& to) {
  const test::TemporaryFolder folder;
  std::string text = shipped_rules();
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::ofstream(folder.path() / "quality.toml") << text;
  try {
    load_calibration_knowledge(folder.path());
  } catch (const UsageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(QualityRules, EveryShippedRuleHasASourceAnEffectAndAnEvidenceGrade) {
  const auto known = load_calibration_knowledge(test::project_folder() / "calibration");
  EXPECT_GE(known.rules.size(), 20U);
  for (const QualityRule& rule : known.rules) {
    EXPECT_FALSE(rule.source.empty()) << rule.code;
    EXPECT_FALSE(rule.effect.empty()) << rule.code;
    EXPECT_TRUE(rule.evidence == "physics" || rule.evidence == "measured" ||
                rule.evidence == "convention")
        << rule.code << " " << rule.evidence;
  }
}

TEST(QualityRules, AFaultyFileIsRefusedWithItsLine) {
  EXPECT_EQ(complaint("female_kg = 60.0", "female_kg = 60.0"), "accepted");
  EXPECT_THAT(complaint("female_kg = 60.0", "female_kg = \"sixty\""), HasSubstr("female_kg"));
  EXPECT_THAT(complaint("least_confidence = 0.5", "least_confidence = 1.5"),
              HasSubstr("a probability of at most 1"));
  EXPECT_THAT(complaint("measure = \"valid_frames\"", "measure = \"frames\""),
              HasSubstr("a measure out of"));
  EXPECT_THAT(complaint("cap = \"F\"", "cap = \"D\""), HasSubstr("a grade"));
  EXPECT_THAT(complaint("below = 1\n", "below = 1\nabove = 2\n"), HasSubstr("exactly one"));
  EXPECT_THAT(complaint("{percent:.0f} % of the frames", "{share} % of the frames"),
              HasSubstr("{value}"));
  EXPECT_THAT(complaint("affects = [\"everything\"]", "affects = [\"all\"]"),
              HasSubstr("parts of the results out of: everything, posture"));
  EXPECT_THAT(complaint("affects = [\"everything\"]", "affects = []"), HasSubstr("it caps"));
  EXPECT_THAT(complaint("affects = [\"everything\"]\n", ""), HasSubstr("'affects'"));
  EXPECT_THAT(complaint("[assumed_mass]", "[assumed_mass"), HasSubstr("line 1"));
}

TEST(QualityRules, AMissingFolderIsNamed) {
  EXPECT_THROW(load_calibration_knowledge("/nowhere/at/all"), UsageError);
}

TEST(Grade, IsTheWorstCapAndTheFirstReasonOfEachCode) {
  const QualityRule heavy{"c", "hot_cells", 3.0, {}, Grade::c, "many {value:.0f}", "e", "s", "x"};
  const QualityRule light{"c", "hot_cells", 0.0, {}, Grade::b, "some {value:.0f}", "e", "s", "x"};
  const QualityRule below{"d", "valid_frames", {}, 1.0, Grade::f, "none", "e", "s", "x"};
  const GradedQuality few =
      grade_quality({{"hot_cells", {2.0, ""}}, {"valid_frames", {1.0, ""}}}, {heavy, light, below});
  EXPECT_EQ(few.grade, Grade::b);
  ASSERT_EQ(few.reasons.size(), 1U);
  EXPECT_EQ(few.reasons[0].text, "some 2");
  const GradedQuality many = grade_quality({{"hot_cells", {4.0, ""}}}, {heavy, light, below});
  EXPECT_EQ(many.grade, Grade::c);
  ASSERT_EQ(many.reasons.size(), 1U);
  EXPECT_EQ(many.reasons[0].text, "many 4");
  EXPECT_EQ(grade_quality({{"valid_frames", {0.0, ""}}}, {below}).grade, Grade::f);
  EXPECT_EQ(grade_quality({}, {heavy, light, below}).grade, Grade::a) << "unknown is no reason";
}

TEST(Grade, WhatIsAffectedIsWhatTheRulesWithTheWorstCapSay) {
  using Parts = std::vector<ResultPart>;
  QualityRule mild{"c", "hot_cells", 0.0, {}, Grade::b, "t", "e", "s", "x"};
  QualityRule bad{"c", "hot_cells", 2.0, {}, Grade::c, "t", "e", "s", "x"};
  QualityRule bad_too{"c", "dead_cells", 2.0, {}, Grade::c, "t", "e", "s", "x"};
  mild.affects = {ResultPart::movement};
  bad.affects = {ResultPart::support};
  bad_too.affects = {ResultPart::support, ResultPart::pressure};
  const std::vector<QualityRule> rules = {mild, bad, bad_too};
  const auto affected = [&](double hot, double dead) {
    return grade_quality({{"hot_cells", {hot, ""}}, {"dead_cells", {dead, ""}}}, rules)
        .reasons.at(0)
        .affects;
  };
  EXPECT_EQ(affected(1.0, 0.0), Parts{ResultPart::movement});
  EXPECT_EQ(affected(3.0, 0.0), Parts{ResultPart::support});
  EXPECT_EQ(affected(3.0, 3.0), (Parts{ResultPart::support, ResultPart::pressure}));
}

TEST(Grade, AFigureOfALaterStageLowersItAndAddsItsReasonOnly) {
  const QualityRule rule{"v", "unknown_view", 0.0, {}, Grade::b, "unknown", "e", "s", "x"};
  Quality quality;
  quality.grade = Grade::a;
  quality.reasons = {{"dead_cell", "t", "e"}};
  add_to_grade(quality, {{"unknown_view", {0.0, ""}}}, {rule});
  EXPECT_EQ(quality.grade, Grade::a);
  EXPECT_EQ(quality.reasons.size(), 1U);
  add_to_grade(quality, {{"unknown_view", {1.0, ""}}}, {rule});
  EXPECT_EQ(quality.grade, Grade::b);
  ASSERT_EQ(quality.reasons.size(), 2U);
  EXPECT_EQ(quality.reasons[1].code, "v");
  quality.grade = Grade::c;
  add_to_grade(quality, {{"unknown_view", {1.0, ""}}}, {rule});
  EXPECT_EQ(quality.grade, Grade::c) << "never better";
}

}  // namespace
}  // namespace matfit
