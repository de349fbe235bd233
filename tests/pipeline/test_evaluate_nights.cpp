#include "pipeline/evaluate_nights.hpp"

#include "pipeline/knowledge.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

const Knowledge& known() {
  static const Knowledge knowledge = load_knowledge(test::project_folder() / "calibration");
  return knowledge;
}

TEST(MatchTransitions, CountsEachTrueOneOnce) {
  const std::vector<Transition> truth = {{100.0, true}, {200.0, true}, {300.0, true}};
  const std::vector<Transition> seen = {
      {99.0, true}, {101.0, true}, {201.5, true}, {250.0, false}, {303.0, true}};
  const TransitionMatch match = match_transitions(truth, seen, 2.0);
  EXPECT_EQ(match.true_count, 3U);
  EXPECT_EQ(match.true_shifts, 3U);
  EXPECT_EQ(match.found, 2U);
  EXPECT_EQ(match.found_shifts, 2U);
  EXPECT_EQ(match.false_count, 3U);
  EXPECT_EQ(match.false_shifts, 2U);
  EXPECT_EQ(match.error_s, (std::vector<double>{-1.0, 1.5}));
  EXPECT_DOUBLE_EQ(match.f1(), 2.0 * 2.0 / (2.0 * 2.0 + 1.0 + 3.0));
}

TEST(MatchTransitions, NothingToFindAndNothingFoundIsRight) {
  EXPECT_DOUBLE_EQ(match_transitions({}, {}, 2.0).f1(), 1.0);
  EXPECT_DOUBLE_EQ(match_transitions({}, {{1.0, true}}, 2.0).f1(), 0.0);
}

PostureBout bout(double start_s, double end_s, Posture posture) {
  PostureBout b;
  b.start_s = start_s;
  b.end_s = end_s;
  b.posture = posture;
  return b;
}

TEST(TransitionsOf, ATimelineAreShiftsAndWaysToAndFromTheBedAndNoneAcrossAGap) {
  const std::vector<Transition> seen = transitions_of(
      {bout(0, 10, Posture::left), bout(10, 20, Posture::left), bout(20, 25, Posture::sitting),
       bout(25, 40, Posture::empty), bout(60, 90, Posture::supine)});
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_DOUBLE_EQ(seen[0].time_s, 10.0);
  EXPECT_TRUE(seen[0].shift);
  EXPECT_DOUBLE_EQ(seen[1].time_s, 20.0);
  EXPECT_FALSE(seen[1].shift);
  EXPECT_DOUBLE_EQ(seen[2].time_s, 25.0);
  EXPECT_FALSE(seen[2].shift);
}

TEST(EvaluateNights, TurnsOfMadeUpSleepersAreFoundAtEveryRateAlikeOnOneThreadAndTwo) {
  EvaluateNightsOptions options;
  options.nights = 3;
  options.hours = 2.0;
  options.seed = 77;
  const auto model = [](const std::string&) -> const PostureModel& { return known().postures; };
  const NightEvaluation one = evaluate_nights({}, known().calibration, model, options);
  ASSERT_TRUE(one.failures.empty());
  ASSERT_EQ(one.nights.size(), 3U);
  TransitionMatch all;
  TransitionMatch movements;
  double lying_h = 0.0;
  for (const EvaluatedNight& night : one.nights) {
    all.add(night.transitions);
    lying_h += night.lying_s / 3600.0;
    EXPECT_GT(night.transitions.true_count, 1U);
    EXPECT_NEAR(night.longest_still_s, night.true_longest_still_s, 10.0);
    EXPECT_GT(night.true_restlessness, 0.001);
    EXPECT_NEAR(night.restlessness, night.true_restlessness, 0.5 * night.true_restlessness);
    movements.add(night.movements);
  }
  EXPECT_GE(all.f1(), 0.97);
  EXPECT_GE(movements.f1(), 0.75);
  EXPECT_LE(static_cast<double>(all.false_shifts), 0.1 * lying_h);
  options.jobs = 2;
  const NightEvaluation two = evaluate_nights({}, known().calibration, model, options);
  ASSERT_EQ(two.nights.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(two.nights[i].transitions.error_s, one.nights[i].transitions.error_s);
    EXPECT_EQ(two.nights[i].share, one.nights[i].share);
  }
}

}  // namespace
}  // namespace matfit
