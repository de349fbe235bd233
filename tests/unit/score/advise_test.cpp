#include "stages/score/advise.hpp"

#include "made_up_bout.hpp"
#include "stages/score/pillow.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace matfit {
namespace {

using test::assessed_recording;
using test::even_back_bout;
using test::shipped_guidance;
using test::stomach_bout;
using test::straight_side_bout;
using ::testing::HasSubstr;

std::vector<Advice> advice(const RecordingResult& recording) {
  return advice_for(recording, shipped_guidance());
}

const Advice* given(const std::vector<Advice>& list, std::string_view rule) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [rule](const Advice& each) { return each.rule == rule; });
  return found == list.end() ? nullptr : &*found;
}

Subject man() {
  Subject subject;
  subject.sex = Sex::male;
  subject.stature_m = 1.78;
  subject.mass_kg = 80.0;
  return subject;
}

RecordingResult prone_with_angle(double degrees, double sd) {
  BoutResult bout = stomach_bout(0.0);
  bout.spine.metrics["lordosis_angle_change_deg"] = gaussian_estimate(degrees, sd);
  return assessed_recording({bout}, std::nullopt);
}

TEST(AdviceFor, SideSleepersGetAPillowBetweenTheKnees) {
  const auto list = advice(assessed_recording({straight_side_bout()}, std::nullopt));
  ASSERT_NE(given(list, "P4"), nullptr);
  EXPECT_THAT(given(list, "P4")->source, HasSubstr("Advanced Spine Center"));
  EXPECT_EQ(given(list, "P4")->evidence.front(), 'D');
  EXPECT_EQ(given(list, "P1"), nullptr);
}

TEST(AdviceFor, BackSleepersGetAPillowUnderTheKnees) {
  const auto list = advice(assessed_recording({even_back_bout()}, std::nullopt));
  EXPECT_NE(given(list, "P1"), nullptr);
  EXPECT_EQ(given(list, "P4"), nullptr);
  EXPECT_EQ(given(list, "P2"), nullptr);  // the lower back is carried
}

TEST(AdviceFor, ALowerBackThatCarriesNothingGetsACushion) {
  BoutResult bout = even_back_bout();
  bout.pressure.region_load_share["lumbar"] = 0.01;
  EXPECT_NE(given(advice(assessed_recording({bout}, std::nullopt)), "P2"), nullptr);
}

TEST(AdviceFor, StomachSleepersAreToldTheMeasuredDirection) {
  const auto arched = advice(prone_with_angle(6.0, 1.0));
  EXPECT_THAT(given(arched, "P6")->text, HasSubstr("arched your lower back by 6.0 degrees"));
  const auto flattened = advice(prone_with_angle(-6.0, 1.0));
  EXPECT_THAT(given(flattened, "P6")->text,
              HasSubstr("flattened your lower back by 6.0 degrees (95 % interval 4.0 to 8.0)"));
  const auto unclear = advice(prone_with_angle(1.0, 3.0));
  EXPECT_THAT(given(unclear, "P6")->text, HasSubstr("cannot tell"));
  BoutResult unmeasured = stomach_bout(0.0);
  unmeasured.spine.basis = SpineBasis::none;
  const auto without = advice(assessed_recording({unmeasured}, std::nullopt));
  EXPECT_THAT(given(without, "P6")->text, HasSubstr("was not measured"));
}

TEST(AdviceFor, PregnancyReplacesThePillowRules) {
  Subject subject;
  subject.pregnant = true;
  const auto list = advice(assessed_recording({straight_side_bout(), stomach_bout(0.0)}, subject));
  ASSERT_FALSE(list.empty());
  EXPECT_EQ(list.front().rule, "P10");
  EXPECT_EQ(given(list, "P4"), nullptr);
  EXPECT_EQ(given(list, "P7"), nullptr);
}

TEST(AdviceFor, AnOldMattressIsDueForReplacement) {
  RecordingResult recording = assessed_recording({straight_side_bout()}, std::nullopt);
  EXPECT_EQ(given(advice(recording), "M9"), nullptr);
  recording.mattress->age_years = 8.0;
  EXPECT_THAT(given(advice(recording), "M9")->text, HasSubstr("8 years old: look for hollows"));
  recording.mattress->age_years = 10.0;
  EXPECT_THAT(given(advice(recording), "M9")->text, HasSubstr("time for a new one"));
}

TEST(AdviceFor, TossingAndLyingStillAreReportedOnlyWhereTheyWereMeasured) {
  RecordingResult recording = assessed_recording({straight_side_bout()}, std::nullopt);
  recording.movement.longest_still_s = 3.0 * 3600.0;
  EXPECT_EQ(given(advice(recording), "P14"), nullptr);
  EXPECT_EQ(given(advice(recording), "P13"), nullptr);  // ten minutes long
  recording.duration_s = 8.0 * 3600.0;
  recording.movement.shifts_per_h = 4.26;
  EXPECT_THAT(given(advice(recording), "P14")->text, HasSubstr("4.3 times an hour"));
  EXPECT_THAT(given(advice(recording), "P13")->text, HasSubstr("180 minutes"));
}

TEST(AdviceFor, OneSideAllNightGetsTheAdviceToChange) {
  RecordingResult recording =
      assessed_recording({straight_side_bout(), straight_side_bout()}, std::nullopt);
  EXPECT_EQ(given(advice(recording), "P5"), nullptr);  // a trial of twenty minutes
  recording.duration_s = 8.0 * 3600.0;
  EXPECT_NE(given(advice(recording), "P5"), nullptr);
  recording.movement.share_left = recording.movement.share_right = 0.5;
  EXPECT_EQ(given(advice(recording), "P5"), nullptr);
}

TEST(AdviceFor, TwistCountsWhicheverWayItGoes) {
  for (const double degrees : {25.0, -25.0}) {
    BoutResult bout = even_back_bout();
    bout.spine.metrics["shoulder_hip_twist_deg"] = gaussian_estimate(degrees, 3.0);
    EXPECT_NE(given(advice(assessed_recording({bout}, std::nullopt)), "P9"), nullptr);
  }
  BoutResult unsure = even_back_bout();
  unsure.spine.metrics["shoulder_hip_twist_deg"] = gaussian_estimate(11.0, 6.0);
  EXPECT_EQ(given(advice(assessed_recording({unsure}, std::nullopt)), "P9"), nullptr);
}

TEST(AdviceFor, PillowHeightComesAsAnIntervalForTheBuild) {
  Subject subject = man();
  const auto list = advice(assessed_recording({straight_side_bout()}, subject));
  EXPECT_THAT(given(list, "P8")->text, HasSubstr("cm under the loaded head"));
  subject.pillow_height_m = 0.03;
  EXPECT_THAT(given(advice(assessed_recording({straight_side_bout()}, subject)), "P8")->text,
              HasSubstr("take a higher one"));
  subject.pillow_height_m = 0.18;
  EXPECT_THAT(given(advice(assessed_recording({straight_side_bout()}, subject)), "P8")->text,
              HasSubstr("take a lower one"));
  subject.pillow_height_m = 0.10;
  EXPECT_THAT(given(advice(assessed_recording({straight_side_bout()}, subject)), "P8")->text,
              HasSubstr("lies within"));
}

TEST(AdviceFor, APillowThatRoundsIntoTheIntervalIsNotCalledWrong) {
  Subject subject = man();
  const Estimate likely = *pillow_height(subject, shipped_guidance().thresholds.pillow);
  const auto text_at = [&](double height_m) {
    subject.pillow_height_m = height_m;
    return given(advice(assessed_recording({straight_side_bout()}, subject)), "P8")->text;
  };
  EXPECT_THAT(text_at(likely.ci95_low - 0.004), HasSubstr("lies within"));
  EXPECT_THAT(text_at(likely.ci95_low - 0.011), HasSubstr("take a higher one"));
  EXPECT_THAT(text_at(likely.ci95_high + 0.004), HasSubstr("lies within"));
  EXPECT_THAT(text_at(likely.ci95_high + 0.011), HasSubstr("take a lower one"));
}

TEST(AdviceFor, WhatHurtsBringsItsOwnAdvice) {
  Subject subject;
  subject.pain_sites = {"lower back"};
  subject.pain_pattern = "eases with movement";
  const auto list = advice(assessed_recording({even_back_bout()}, subject));
  EXPECT_NE(given(list, "H2"), nullptr);
  EXPECT_EQ(given(list, "H1"), nullptr);
  EXPECT_NE(given(list, "P12"), nullptr);
}

TEST(AdviceFor, FirmnessIsAdvisedOnlyWithAVerdict) {
  const auto right = advice(assessed_recording({straight_side_bout()}, std::nullopt));
  EXPECT_EQ(given(right, "M1"), nullptr);
  BoutResult firm = straight_side_bout();
  for (Hotspot& spot : firm.hotspots) spot.ppi_pa = 8.0 * firm.pressure.mean_pa;
  firm.pressure.region_load_share["lumbar"] = 0.01;
  EXPECT_NE(given(advice(assessed_recording({firm}, std::nullopt)), "M1"), nullptr);
  EXPECT_NE(given(advice(assessed_recording({stomach_bout(70.0)}, std::nullopt)), "M3"), nullptr);
}

TEST(AdviceFor, TheUsualPositionIsWhatATrialIsAdvisedOn) {
  Subject subject;
  subject.usual_position = Posture::prone;
  const auto list = advice(assessed_recording({straight_side_bout(), stomach_bout(0.0)}, subject));
  EXPECT_NE(given(list, "P6"), nullptr);
  EXPECT_EQ(given(list, "P4"), nullptr);
}

TEST(AdviceFor, UnknownWordsAreHandedBack) {
  Subject subject;
  subject.symptoms = {"zinging", "no fever"};
  const auto list = advice(assessed_recording({straight_side_bout()}, subject));
  EXPECT_THAT(given(list, "N1")->text, HasSubstr("zinging"));
  EXPECT_THAT(given(list, "N2")->text, HasSubstr("no fever"));
}

TEST(AdviceFor, IsLimitedOrderedAndWithoutDoubles) {
  Subject subject = man();
  subject.pain_sites = {"lower back", "neck", "upper back", "hip", "muscles"};
  subject.pain_pattern = "on waking; on movement; after exertion; eases with movement";
  subject.symptoms = {"kyphosis"};
  RecordingResult recording =
      assessed_recording({straight_side_bout(), even_back_bout(), stomach_bout(70.0)}, subject);
  recording.mattress->age_years = 12.0;
  recording.duration_s = 8.0 * 3600.0;
  recording.movement.shifts_per_h = 6.0;
  recording.movement.longest_still_s = 3.0 * 3600.0;
  const auto list = advice(recording);
  EXPECT_EQ(list.size(),
            static_cast<std::size_t>(shipped_guidance().thresholds.value("advice_limit")));
  double order = 0.0;
  std::vector<std::string> rules;
  for (const Advice& each : list) {
    const GuidanceRule& rule = shipped_guidance().rule(each.rule);  // throws for an unknown rule
    EXPECT_GE(rule.order, order);
    order = rule.order;
    rules.push_back(each.rule);
    EXPECT_FALSE(each.source.empty());
    EXPECT_EQ(each.text.find('{'), std::string::npos);
  }
  std::sort(rules.begin(), rules.end());
  EXPECT_EQ(std::adjacent_find(rules.begin(), rules.end()), rules.end());
}

TEST(AdviceFor, EveryRuleWithAConditionCanBeReached) {
  // A rule whose condition can never hold would be dead text: each must hold in a situation that
  // has everything but excludes nothing.
  for (const GuidanceRule& rule : shipped_guidance().rules) {
    if (rule.sentence.id == "M5") continue;  // cited by verdicts only
    EXPECT_FALSE(rule.when.empty()) << rule.sentence.id;
  }
}

TEST(PillowHeight, LiesWhereTheBuildPutsIt) {
  const PillowGeometry& geometry = shipped_guidance().thresholds.pillow;
  Subject subject = man();
  const auto male = pillow_height(subject, geometry);
  ASSERT_TRUE(male.has_value());
  EXPECT_GT(male->value, 0.09);
  EXPECT_LT(male->value, 0.11);
  subject.sex = Sex::female;
  subject.stature_m = 1.65;
  subject.mass_kg = 65.0;
  const auto female = pillow_height(subject, geometry);
  EXPECT_GT(female->value, 0.07);
  EXPECT_LT(female->value, 0.09);
  subject.shoulder_breadth_m = 0.42;
  EXPECT_GT(pillow_height(subject, geometry)->value, female->value + 0.015);
  EXPECT_LT(pillow_height(subject, geometry)->sd, female->sd);
  subject.sex.reset();
  EXPECT_FALSE(pillow_height(subject, geometry).has_value());
}

}  // namespace
}  // namespace matfit
