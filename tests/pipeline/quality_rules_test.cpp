#include "pipeline/finding_codes.hpp"
#include "pipeline/study_checks.hpp"
#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace matfit {
namespace {

namespace fs = std::filesystem;
using testing::UnorderedElementsAreArray;

const CalibrationKnowledge& known() {
  static const CalibrationKnowledge loaded =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return loaded;
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Names of the figures that the sources hand to the rules: `figures["NAME"]`, `set("NAME", ...)`
// and its kin, and `{"NAME", {...}}` of a list of figures.
std::set<std::string> measures_in_the_sources() {
  static const std::regex figure(
      R"rx((?:figures\[|set(?:_lines|_cells)?\(|\{\{|,\s*\{)"([a-z_]+)"(?:\]|,\s*(?:\{|[a-z*!])))rx");
  const fs::path source = test::project_folder() / "src";
  std::set<std::string> names;
  for (const char* folder : {"stages/calibrate", "pipeline"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source / folder)) {
      const std::string text = text_of(entry.path());
      if (text.find("QualityFigures") == std::string::npos &&
          text.find("add_to_grade(") == std::string::npos) {
        continue;
      }
      for (std::sregex_iterator it(text.begin(), text.end(), figure), end; it != end; ++it) {
        names.insert((*it)[1]);
      }
    }
  }
  return names;
}

TEST(QualityRules, EveryFigureThatIsMeasuredHasARuleAndEveryRuleAFigure) {
  std::set<std::string> ruled;
  for (const QualityRule& rule : known().rules) ruled.insert(rule.measure);
  const std::set<std::string> measured = measures_in_the_sources();
  EXPECT_THAT(ruled, UnorderedElementsAreArray(measured));
  EXPECT_THAT(quality_measures(), UnorderedElementsAreArray(measured));
}

TEST(QualityRules, EveryRuleIsRaisedBeyondItsLimitAndNotAtIt) {
  for (const QualityRule& rule : known().rules) {
    const double limit = rule.above ? *rule.above : *rule.below;
    const double step = (rule.above ? 1.0 : -1.0) * std::max(1e-6, 1e-6 * std::abs(limit));
    const GradedQuality at = grade_quality({{rule.measure, {limit, "list"}}}, {rule});
    EXPECT_TRUE(at.reasons.empty()) << rule.code;
    const GradedQuality beyond =
        grade_quality({{rule.measure, {limit + step, "list"}}}, known().rules);
    ASSERT_EQ(beyond.reasons.size(), 1U) << rule.code;
    EXPECT_EQ(beyond.reasons[0].code, rule.code);
    EXPECT_EQ(beyond.reasons[0].cap, rule.cap) << rule.code << ": shadowed by a stricter limit";
    EXPECT_EQ(beyond.grade, rule.cap) << rule.code;
    EXPECT_EQ(beyond.reasons[0].affects, rule.affects) << rule.code;
  }
}

TEST(QualityRules, AGradeFAffectsEverythingAndAGradeCSaysWhat) {
  for (const QualityRule& rule : known().rules) {
    if (rule.cap == Grade::f) {
      EXPECT_EQ(rule.affects, std::vector<ResultPart>{ResultPart::everything}) << rule.code;
    }
    if (rule.cap == Grade::c) {
      EXPECT_FALSE(rule.affects.empty()) << rule.code;
    }
  }
}

TEST(FindingRules, ThereIsOneForEachCodeAndNoOther) {
  std::vector<std::string_view> ruled;
  for (const FindingRule& rule : known().findings) {
    ruled.emplace_back(rule.code);
    EXPECT_FALSE(rule.affects.empty()) << rule.code;
  }
  EXPECT_THAT(ruled, UnorderedElementsAreArray(finding_code::all));
}

TEST(FindingRules, GiveEachFindingItsEffectOrRefuseACodeWithoutRule) {
  const auto said =
      with_effects({{finding_code::persons_swapped, "text", "", {"a"}, {"P"}}}, known().findings);
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said[0].text, "text");
  EXPECT_FALSE(said[0].effect.empty());
  EXPECT_FALSE(said[0].affects.empty());
  EXPECT_THROW(with_effects({{"something_new", "", "", {}, {}}}, known().findings), UsageError);
}

}  // namespace
}  // namespace matfit
