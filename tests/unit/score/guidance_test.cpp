#include "stages/score/guidance.hpp"

#include "made_up_bout.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace matfit {
namespace {

using test::shipped_guidance;
using ::testing::HasSubstr;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The calibration folder's two files with one text replaced; what loading them says.
std::string message_after(const std::string& file, const std::string& from, const std::string& to) {
  const test::TemporaryFolder folder;
  bool replaced = false;
  for (const char* name : {"guidance.toml", "thresholds.toml"}) {
    std::string text = text_of(test::project_folder() / "calibration" / name);
    if (name == file) {
      const std::size_t at = text.find(from);
      replaced = at != std::string::npos;
      if (replaced) text.replace(at, from.size(), to);
    }
    std::ofstream(folder.path() / name) << text;
  }
  EXPECT_TRUE(replaced) << "the file has no '" << from << "'";
  try {
    load_guidance(folder.path());
  } catch (const UsageError& error) {
    return error.what();
  }
  return "loaded";
}

TEST(Guidance, HoldsEveryRuleOfTheSourceTable) {
  std::vector<std::string> wanted;
  for (int i = 1; i <= 13; ++i) wanted.push_back("M" + std::to_string(i));
  for (int i = 1; i <= 14; ++i) wanted.push_back("P" + std::to_string(i));
  for (int i = 1; i <= 5; ++i) wanted.push_back("H" + std::to_string(i));
  wanted.emplace_back("W1");
  for (const std::string& id : wanted) {
    const GuidanceRule& rule = shipped_guidance().rule(id);
    EXPECT_FALSE(rule.sentence.text.empty()) << id;
    EXPECT_FALSE(rule.sentence.sources.empty()) << id;
    EXPECT_FALSE(rule.sentence.evidence.empty()) << id;
  }
}

TEST(Guidance, LinesForTheAnglesAreThreeAndSixDegrees) {
  int seen = 0;
  for (const PassLine& line : shipped_guidance().thresholds.lines) {
    if (line.id != "L-side-tilt" && line.id != "L-side-thoracolumbar") continue;
    ++seen;
    EXPECT_DOUBLE_EQ(line.good, 3.0);
    EXPECT_DOUBLE_EQ(line.fair, 6.0);
    EXPECT_TRUE(line.magnitude);
  }
  EXPECT_EQ(seen, 2);
}

TEST(Guidance, FilesAsShippedLoad) {
  EXPECT_EQ(message_after("guidance.toml", "matfit-guidance", "matfit-guidance"), "loaded");
}

TEST(Guidance, AnUnknownKeyIsNamedWithFileAndLine) {
  const std::string message = message_after("guidance.toml", "id = \"M1\"\norder = 20",
                                            "id = \"M1\"\nordre = 3\norder = 20");
  EXPECT_THAT(message, HasSubstr("guidance.toml"));
  EXPECT_THAT(message, HasSubstr("line "));
  EXPECT_THAT(message, HasSubstr("'M1'"));
  EXPECT_THAT(message, HasSubstr("ordre"));
}

TEST(Guidance, AMissingSourceIsRefused) {
  EXPECT_THAT(message_after("guidance.toml", "sources = [\"NBP\"]", "sources = [\"XYZ\"]"),
              HasSubstr("one of the sources"));
  EXPECT_THAT(message_after("guidance.toml", "sources = [\"NBP\"]\n", ""), HasSubstr("source"));
  EXPECT_THAT(message_after("thresholds.toml", "source = \"VIT\"\n", ""), HasSubstr("source"));
}

TEST(Guidance, AnIdGivenTwiceIsRefused) {
  EXPECT_THAT(message_after("guidance.toml", "id = \"M2\"", "id = \"M1\""),
              HasSubstr("an id that is not taken yet"));
  EXPECT_THAT(message_after("thresholds.toml", "id = \"L-strain\"", "id = \"M1\""),
              HasSubstr("an id that is not taken yet"));
}

TEST(Guidance, AnUnknownEvidenceGradeIsRefused) {
  EXPECT_THAT(message_after("thresholds.toml", "evidence = \"C\"", "evidence = \"Z\""),
              HasSubstr("one of the grades"));
}

TEST(Guidance, AnchorsOutOfOrderAreRefused) {
  EXPECT_THAT(message_after("thresholds.toml", "good = 3.0\nfair = 6.0", "good = 7.0\nfair = 6.0"),
              HasSubstr("in order"));
}

TEST(Guidance, AMissingConstantIsNamed) {
  EXPECT_THAT(
      message_after("thresholds.toml", "name = \"advice_limit\"", "name = \"advise_limit\""),
      HasSubstr("advise_limit"));
}

TEST(Guidance, AFigureThatASentenceCannotHaveIsRefused) {
  EXPECT_THAT(message_after("guidance.toml", "Yours is {age_years}", "Yours is {age_weeks}"),
              HasSubstr("age_weeks"));
}

TEST(Guidance, WeightsThatDoNotSumToOneAreRefused) {
  EXPECT_THAT(message_after("thresholds.toml", "weight = 0.40", "weight = 0.50"),
              HasSubstr("sum to 1"));
}

TEST(Guidance, AnEmptyConditionIsRefused) {
  EXPECT_THAT(message_after("guidance.toml", "when = [{pregnant = true}]", "when = [{}]"),
              HasSubstr("at least one key"));
}

TEST(Guidance, AVerdictWithoutAReasonIsRefused) {
  EXPECT_THAT(message_after("guidance.toml", "posture = [\"prone\"]\nverdict = \"too_firm\"",
                            "posture = [\"prone\"]\nverdict = \"right\""),
              HasSubstr("a reason for too_firm lying prone"));
}

TEST(Guidance, ALanguageThatTheFileDoesNotHaveIsRefused) {
  EXPECT_THROW(load_guidance(test::project_folder() / "calibration", "xx"), UsageError);
}

TEST(Guidance, AnotherLanguageMustBeThereInEveryText) {
  EXPECT_THAT(
      message_after("guidance.toml", "languages = [\"en\"]", "languages = [\"en\", \"de\"]"),
      HasSubstr("'de'"));
}

TEST(Guidance, AMissingOrBrokenFileIsNamed) {
  const test::TemporaryFolder folder;
  try {
    load_guidance(folder.path());
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("guidance.toml"));
  }
  EXPECT_THAT(message_after("guidance.toml", "format =", "format ]"), HasSubstr("line "));
}

TEST(Thresholds, ScoreFallsStraightBetweenTheAnchors) {
  Thresholds t;
  t.score_at_good = 80.0;
  t.score_at_fair = 50.0;
  PassLine rising;
  rising.full = 1.0, rising.good = 3.0, rising.fair = 6.0, rising.zero = 11.0;
  EXPECT_DOUBLE_EQ(t.score(rising, 0.0), 100.0);
  EXPECT_DOUBLE_EQ(t.score(rising, 2.0), 90.0);
  EXPECT_DOUBLE_EQ(t.score(rising, 4.5), 65.0);
  EXPECT_DOUBLE_EQ(t.score(rising, 8.5), 25.0);
  EXPECT_DOUBLE_EQ(t.score(rising, 99.0), 0.0);
  EXPECT_DOUBLE_EQ(t.score(rising, -4.5), 100.0);
  rising.magnitude = true;
  EXPECT_DOUBLE_EQ(t.score(rising, -4.5), 65.0);
  EXPECT_TRUE(rising.beyond_fair(-6.5));
  EXPECT_FALSE(rising.beyond_fair(6.0));
  PassLine falling;
  falling.full = 14.0, falling.good = 10.0, falling.fair = 6.0, falling.zero = 1.0;
  EXPECT_DOUBLE_EQ(t.score(falling, 20.0), 100.0);
  EXPECT_DOUBLE_EQ(t.score(falling, 8.0), 65.0);
  EXPECT_DOUBLE_EQ(t.score(falling, 0.0), 0.0);
  EXPECT_TRUE(falling.beyond_fair(5.0));
  EXPECT_FALSE(falling.beyond_fair(7.0));
}

}  // namespace
}  // namespace matfit
