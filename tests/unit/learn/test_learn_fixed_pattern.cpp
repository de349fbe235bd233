#include "made_people.hpp"
#include "stages/learn/fixed_pattern_proof.hpp"
#include "stages/learn/local_surface.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

using test::made_people;
using test::MadePeople;

double correlation_where(const CellMarks& marked, const Eigen::ArrayXXd& a,
                         const Eigen::ArrayXXd& b) {
  const double n = static_cast<double>(marked.count());
  const Eigen::ArrayXXd x = marked.select(a - marked.select(a, 0.0).sum() / n, 0.0);
  const Eigen::ArrayXXd y = marked.select(b - marked.select(b, 0.0).sum() / n, 0.0);
  return (x * y).sum() / std::sqrt(x.square().sum() * y.square().sum());
}

TEST(FixedPattern, OfTheMatIsFoundCellByCell) {
  const MadePeople made = {.gain_sd = 0.2};
  const FixedPattern pattern = fit_fixed_pattern(made_people(made));
  const CellMarks seen = pattern.people >= 6;
  ASSERT_GT(seen.count(), 200);
  EXPECT_GT(correlation_where(seen, pattern.log_gain, test::made_log_gain(made)), 0.9);
}

TEST(FixedPattern, RepeatsAndSmoothsKeptOutPeople) {
  const FixedPatternProof proof = prove_fixed_pattern(made_people({.gain_sd = 0.2}));
  EXPECT_EQ(proof.decision, PatternDecision::repeats) << proof.reason;
  EXPECT_GT(proof.halves_correlation.value, 0.8);
  EXPECT_LT(proof.roughness_after, 0.6 * proof.roughness_before);
  for (const KeptOutRoughness& row : proof.kept_out) EXPECT_LT(row.after, row.before);
}

TEST(FixedPattern, IsNotSeenInNoise) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const FixedPatternProof proof =
        prove_fixed_pattern(made_people({.gain_sd = 0.0, .passing_sd = 0.2, .seed = seed}));
    EXPECT_EQ(proof.decision, PatternDecision::does_not_repeat);
    EXPECT_LT(proof.halves_correlation.value, 0.3);
    EXPECT_FALSE(proof.reason.empty());
  }
}

TEST(FixedPattern, OfAFewPeopleIsNotJudged) {
  const FixedPatternProof proof = prove_fixed_pattern(made_people({.people = 3, .gain_sd = 0.2}));
  EXPECT_EQ(proof.decision, PatternDecision::not_enough);
  EXPECT_THAT(proof.reason, testing::HasSubstr("3 people"));
}

TEST(FixedPattern, ThatPeopleDisagreeOnIsShrunk) {
  const FixedPattern sure = fit_fixed_pattern(made_people({.gain_sd = 0.2, .passing_sd = 0.02}));
  const FixedPattern unsure = fit_fixed_pattern(made_people({.gain_sd = 0.02, .passing_sd = 0.3}));
  const auto kept = [](const FixedPattern& p) {
    return std::sqrt(p.shrunk_log_gain.square().sum() / p.log_gain.square().sum());
  };
  EXPECT_GT(kept(sure), 0.9);
  EXPECT_LT(kept(unsure), 0.7);
}

TEST(FixedPattern, LeavesTheBodysOwnShapeAlone) {
  const MadePeople made = {.gain_sd = 0.0};
  const std::vector<PersonMap> maps = made_people(made);
  const FixedPattern pattern = fit_fixed_pattern(maps);
  for (const PersonMap& map : maps) {
    const double before = map.reading.sum();
    EXPECT_NEAR((map.reading / pattern.gain()).sum(), before, 0.02 * before);
  }
  const double spread = std::sqrt(pattern.shrunk_log_gain.square().mean());
  EXPECT_LT(spread, 0.05);
}

TEST(FixedPattern, TurnsWithTheMat) {
  std::vector<PersonMap> maps = made_people({.gain_sd = 0.2});
  const FixedPattern pattern = fit_fixed_pattern(maps);
  for (PersonMap& map : maps) map.reading = Eigen::ArrayXXd(map.reading.rowwise().reverse());
  const FixedPattern mirrored = fit_fixed_pattern(maps);
  EXPECT_LT((mirrored.log_gain.rowwise().reverse() - pattern.log_gain).abs().maxCoeff(), 1e-9);
}

TEST(Roughness, OfASmoothMapIsNextToNothingAndGrowsWithTheGains) {
  const PersonMap smooth = made_people({.people = 1, .postures = 1, .passing_sd = 0.0}).front();
  EXPECT_LT(roughness(smooth.reading), 0.08);
  const Eigen::ArrayXXd gain = test::made_log_gain({.gain_sd = 0.2}).exp();
  const double rough = roughness(smooth.reading * gain);
  EXPECT_GT(rough, 0.15);
  EXPECT_NEAR(roughness(smooth.reading * gain, gain), roughness(smooth.reading), 0.02);
}

}  // namespace
}  // namespace matfit
