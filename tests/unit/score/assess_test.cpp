#include "stages/score/assess.hpp"

#include "made_up_bout.hpp"
#include "stages/score/measures.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace matfit {
namespace {

using test::assess;
using test::cites;
using test::even_back_bout;
using test::good_quality;
using test::raw_quality;
using test::set_metric;
using test::set_ppi;
using test::shipped_guidance;
using test::stomach_bout;
using test::straight_side_bout;
using test::thick_mattress;

void expect_same(const Estimate& a, const Estimate& b) {
  ASSERT_EQ(a.known(), b.known());
  if (!a.known()) return;
  EXPECT_DOUBLE_EQ(a.value, b.value);
  EXPECT_DOUBLE_EQ(a.ci95_low, b.ci95_low);
  EXPECT_DOUBLE_EQ(a.ci95_high, b.ci95_high);
}

TEST(AssessBout, StraightSpineWithSmallErrorScoresHighAndIsRight) {
  const FitAssessment fit = assess(straight_side_bout());
  EXPECT_GT(fit.alignment.value, 97.0);
  EXPECT_LT(fit.alignment.ci95_high - fit.alignment.ci95_low, 5.0);
  EXPECT_GT(fit.score.value, 90.0);
  EXPECT_EQ(fit.verdict, Verdict::right);
  EXPECT_TRUE(cites(fit, "M1"));
}

TEST(AssessBout, AngleOnTheGoodLineScoresAsTheScaleSays) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "tilt_deg", -3.0, 1e-6);
  set_metric(bout, "thoracolumbar_angle_deg", 0.0, 1e-6);
  EXPECT_NEAR(assess(bout).alignment.value, shipped_guidance().thresholds.score_at_good, 1e-3);
  set_metric(bout, "tilt_deg", 6.0, 1e-6);
  EXPECT_NEAR(assess(bout).alignment.value, shipped_guidance().thresholds.score_at_fair, 1e-3);
  set_metric(bout, "tilt_deg", 30.0, 1e-6);
  EXPECT_NEAR(assess(bout).alignment.value, 0.0, 1e-9);
}

TEST(AssessBout, NamesTheFiguresThatAlignmentRestsOnBesideTheirLines) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "tilt_deg", -4.0, 1.0);
  const FitAssessment fit = assess(bout);
  ASSERT_EQ(fit.alignment_figures.size(), 2u);
  const JudgedFigure& tilt = fit.alignment_figures[0];
  EXPECT_EQ(tilt.rule, "L-side-tilt");
  EXPECT_EQ(tilt.measure, "tilt_deg");
  EXPECT_TRUE(tilt.magnitude);
  EXPECT_EQ(tilt.good, 3.0);
  EXPECT_EQ(tilt.fair, 6.0);
  EXPECT_EQ(tilt.figure.value, -4.0);
  EXPECT_NEAR(tilt.figure.ci95_low, -5.96, 0.01);
  EXPECT_NEAR(tilt.figure.ci95_high, -2.04, 0.01);
}

TEST(AssessBout, NamesNoFiguresOfAnAlignmentThatItDoesNotJudge) {
  BoutResult bout = straight_side_bout();
  bout.spine.basis = SpineBasis::none;
  EXPECT_TRUE(assess(bout).alignment_figures.empty());
  bout = straight_side_bout();
  bout.bout.confidence = 0.6;
  EXPECT_TRUE(assess(bout).alignment_figures.empty());
  Quality poor = good_quality();
  poor.grade = Grade::c;
  EXPECT_TRUE(assess(straight_side_bout(), poor).alignment_figures.empty());
}

TEST(AssessBout, WideErrorOfTheSpineLeavesTheVerdictOpenAndNamesTheFigure) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "tilt_deg", 0.2, 8.0);
  const FitAssessment fit = assess(bout);
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_TRUE(cites(fit, "C-verdict-probability"));
  EXPECT_TRUE(cites(fit, "L-side-tilt"));
  EXPECT_GT(fit.alignment.ci95_high - fit.alignment.ci95_low, 40.0);
}

TEST(AssessBout, ReasonsQuoteTheSpinesOwnInterval) {
  BoutResult bout = straight_side_bout();
  bout.spine.metrics["tilt_deg"] = {5.0, 4.0, -1.5, 17.2};
  const FitAssessment fit = assess(bout);
  const auto reason =
      std::find_if(fit.reasons.begin(), fit.reasons.end(),
                   [](const FitReason& each) { return each.rule == "L-side-tilt"; });
  ASSERT_NE(reason, fit.reasons.end());
  EXPECT_NE(reason->text.find("5.0"), std::string::npos) << reason->text;
  EXPECT_NE(reason->text.find("-1.5"), std::string::npos) << reason->text;
  EXPECT_NE(reason->text.find("17.2"), std::string::npos) << reason->text;
}

TEST(Measures, DrawsHoldTheSpinesOwnInterval) {
  BoutResult bout = straight_side_bout();
  bout.spine.metrics["tilt_deg"] = {5.0, 4.0, -1.5, 17.2};
  const Measures measures =
      measures_of(bout, good_quality(), std::nullopt, true, shipped_guidance().thresholds);
  const Measure& tilt = measures.at("tilt_deg");
  EXPECT_NEAR(tilt.at(-1.959964, 0.0), -1.5, 1e-4);
  EXPECT_NEAR(tilt.at(1.959964, 0.0), 17.2, 1e-4);
  EXPECT_DOUBLE_EQ(tilt.quoted().ci95_low, -1.5);
  EXPECT_DOUBLE_EQ(tilt.quoted().ci95_high, 17.2);
}

TEST(AssessBout, PressureWithAFreeWaistIsTooFirmOnTheSide) {
  BoutResult bout = straight_side_bout();
  set_ppi(bout, 6.5);
  bout.pressure.region_load_share["lumbar"] = 0.02;
  set_metric(bout, "thoracolumbar_angle_deg", 9.0, 1.0);
  const FitAssessment fit = assess(bout);
  EXPECT_EQ(fit.verdict, Verdict::too_firm);
  EXPECT_TRUE(cites(fit, "M5"));
  EXPECT_TRUE(cites(fit, "L-side-hip-concentration"));
}

TEST(AssessBout, SameBendWithoutPressureAndWithACarriedWaistIsTooSoft) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "thoracolumbar_angle_deg", 9.0, 1.0);
  const FitAssessment fit = assess(bout);
  EXPECT_EQ(fit.verdict, Verdict::too_soft);
  EXPECT_TRUE(cites(fit, "M4"));
}

TEST(AssessBout, SignOfTheBendAloneDoesNotDecide) {
  for (const double angle : {9.0, -9.0}) {
    BoutResult bout = straight_side_bout();
    set_metric(bout, "thoracolumbar_angle_deg", angle, 1.0);
    bout.pressure.region_load_share.clear();
    bout.spine.metrics.erase("thorax_sink_mm");
    bout.spine.metrics.erase("pelvis_sink_mm");
    const FitAssessment fit = assess(bout);
    EXPECT_EQ(fit.verdict, Verdict::undecided) << angle;
    EXPECT_TRUE(cites(fit, "C-contradiction")) << angle;
  }
}

TEST(AssessBout, PressureOnAMattressPressedToItsEndIsNotTooFirm) {
  BoutResult bout = straight_side_bout();
  set_ppi(bout, 6.5);
  bout.pressure.region_load_share["lumbar"] = 0.02;
  set_metric(bout, "pelvis_sink_mm", 170.0, 4.0);  // 77 % of 0.22 m
  set_metric(bout, "tilt_deg", 10.0, 1.0);
  EXPECT_EQ(assess(bout).verdict, Verdict::too_soft);
}

TEST(AssessBout, EvenSinkingOnTheBackIsRight) {
  const FitAssessment fit = assess(even_back_bout());
  EXPECT_EQ(fit.verdict, Verdict::right);
  EXPECT_TRUE(cites(fit, "M2"));
}

TEST(AssessBout, HipsThatSinkLowOnTheStomachAreTooSoft) {
  const FitAssessment deep = assess(stomach_bout(70.0));
  EXPECT_EQ(deep.verdict, Verdict::too_soft);
  EXPECT_TRUE(cites(deep, "M3"));
  EXPECT_EQ(assess(stomach_bout(5.0)).verdict, Verdict::right);
  EXPECT_LT(deep.support.value, assess(stomach_bout(5.0)).support.value - 20.0);
}

TEST(AssessBout, PelvisHigherThanTheChestDoesNotCountAgainstTheSupport) {
  EXPECT_GE(assess(stomach_bout(-20.0)).support.value, assess(stomach_bout(0.0)).support.value);
}

TEST(AssessBout, MirroredBoutScoresTheSame) {
  for (const BoutResult& bout : {straight_side_bout(), even_back_bout(), stomach_bout(30.0)}) {
    const FitAssessment here = assess(bout);
    const FitAssessment there = assess(test::mirrored_bout(bout));
    expect_same(here.alignment, there.alignment);
    expect_same(here.pressure_relief, there.pressure_relief);
    expect_same(here.support, there.support);
    expect_same(here.score, there.score);
    EXPECT_EQ(here.verdict, there.verdict);
  }
}

TEST(AssessBout, LowerPressureByScaleAloneDoesNotWin) {
  const FitAssessment harder = assess(straight_side_bout(), raw_quality());
  const FitAssessment softer = assess(test::scaled_bout(straight_side_bout(), 0.5), raw_quality());
  ASSERT_TRUE(harder.pressure_relief.known());
  EXPECT_NEAR(harder.pressure_relief.value, softer.pressure_relief.value, 1e-9);
  EXPECT_NEAR(harder.score.value, softer.score.value, 1e-9);
}

TEST(AssessBout, SpreadingTheSameLoadWiderScoresBetter) {
  BoutResult gathered = straight_side_bout();
  set_ppi(gathered, 4.0);
  EXPECT_GT(assess(straight_side_bout()).pressure_relief.value,
            assess(gathered).pressure_relief.value + 20.0);
}

TEST(AssessBout, WithoutABasisAlignmentIsAbsentAndTheScoreIsWider) {
  BoutResult bout = straight_side_bout();
  bout.spine.basis = SpineBasis::none;
  const FitAssessment fit = assess(bout);
  EXPECT_FALSE(fit.alignment.known());
  ASSERT_TRUE(fit.score.known());
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_TRUE(cites(fit, "C-spine-basis"));
  const FitAssessment with = assess(straight_side_bout());
  EXPECT_GT(fit.score.ci95_high - fit.score.ci95_low,
            3.0 * (with.score.ci95_high - with.score.ci95_low));
}

TEST(AssessBout, ADoubtfulPlaneLeavesNoAlignmentAndOneThatMayBeDoubtfulDoes) {
  BoutResult bout = straight_side_bout();
  for (const SpineDoubt doubt : {SpineDoubt::body_rolled, SpineDoubt::load_as_raised}) {
    bout.spine.doubts = {doubt};
    const FitAssessment fit = assess(bout);
    EXPECT_FALSE(fit.alignment.known());
    EXPECT_EQ(fit.verdict, Verdict::undecided);
    EXPECT_TRUE(cites(fit, "C-spine-plane"));
  }
  bout.spine.doubts = {SpineDoubt::body_perhaps_rolled};
  EXPECT_TRUE(assess(bout).alignment.known());
}

TEST(AssessBout, WithoutABasisPressureAloneDecidesOnlyWhenItIsNearlyCertain) {
  BoutResult bout = straight_side_bout();
  bout.spine.basis = SpineBasis::none;
  set_ppi(bout, 8.0);
  bout.pressure.region_load_share["lumbar"] = 0.005;
  EXPECT_EQ(assess(bout).verdict, Verdict::too_firm);
  set_ppi(bout, 4.0);
  EXPECT_EQ(assess(bout).verdict, Verdict::undecided);
  set_ppi(bout, 8.0);
  bout.pressure.region_load_share["lumbar"] = 0.14;
  EXPECT_EQ(assess(bout).verdict, Verdict::undecided);
}

TEST(AssessBout, SpineThatDidNotConvergeIsNotUsed) {
  BoutResult bout = straight_side_bout();
  bout.spine.status = FitStatus::not_converged;
  const FitAssessment fit = assess(bout);
  EXPECT_FALSE(fit.alignment.known());
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_TRUE(cites(fit, "C-spine-status"));
}

TEST(AssessBout, UnsurePostureGetsNoVerdict) {
  BoutResult bout = straight_side_bout();
  bout.bout.confidence = 0.6;
  EXPECT_EQ(assess(bout).verdict, Verdict::undecided);
  EXPECT_TRUE(cites(assess(bout), "C-posture-confidence"));
  for (const Posture posture : {Posture::unknown, Posture::empty, Posture::sitting}) {
    bout.bout.posture = posture;
    EXPECT_FALSE(assess(bout).score.known());
    EXPECT_TRUE(cites(assess(bout), "C-posture"));
  }
}

TEST(AssessBout, SaturatedPeaksAreNotScored) {
  Quality quality = good_quality();
  quality.saturated_share = 0.05;
  const FitAssessment fit = assess(straight_side_bout(), quality);
  EXPECT_FALSE(fit.pressure_relief.known());
  EXPECT_TRUE(cites(fit, "C-saturation"));
}

TEST(AssessBout, PregnancyLeavesTheHeightsOnTheBackOpen) {
  Subject subject;
  subject.pregnant = true;
  const auto on = [&](const BoutResult& bout) {
    return assess_bout(bout, good_quality(), subject, thick_mattress(), shipped_guidance());
  };
  EXPECT_FALSE(on(even_back_bout()).alignment.known());
  EXPECT_TRUE(on(straight_side_bout()).alignment.known());
}

TEST(AssessBout, AnOldMattressMakesTheSupportLessCertainAndSaysWhy) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "pelvis_sink_mm", 100.0, 2.0);
  Mattress old_one = thick_mattress();
  old_one.age_years = 12.0;
  const FitAssessment old_fit =
      assess_bout(bout, good_quality(), std::nullopt, old_one, shipped_guidance());
  EXPECT_GT(old_fit.support.sd, 1.5 * assess(bout).support.sd);
  EXPECT_TRUE(cites(old_fit, "M9"));
}

TEST(AssessBout, MissingHotspotLeavesPressureReliefAbsentWithItsLine) {
  BoutResult bout = straight_side_bout();
  bout.hotspots.clear();
  const FitAssessment fit = assess(bout);
  EXPECT_FALSE(fit.pressure_relief.known());
  EXPECT_TRUE(cites(fit, "L-side-hip-concentration"));
  EXPECT_TRUE(cites(fit, "C-score-known"));
}

TEST(AssessBout, NothingIsRightWhileAnAxisIsNotKnown) {
  BoutResult bout = straight_side_bout();
  ASSERT_EQ(assess(bout).verdict, Verdict::right);
  std::erase_if(bout.hotspots, [](const Hotspot& spot) { return spot.site == "left_hip"; });
  const FitAssessment fit = assess(bout);
  ASSERT_FALSE(fit.pressure_relief.known());
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_TRUE(cites(fit, "C-every-axis"));
}

TEST(AssessBout, APeakUnderThePelvisCountsUnderEachOfItsNames) {
  const double as_sacrum = assess(even_back_bout()).pressure_relief.value;
  BoutResult bout = even_back_bout();
  for (const char* name : {"left_hip", "right_hip", "pelvis"}) {
    bout.hotspots[0].site = name;
    EXPECT_DOUBLE_EQ(assess(bout).pressure_relief.value, as_sacrum) << name;
  }
  bout.hotspots[0].site = "unnamed";
  EXPECT_FALSE(assess(bout).pressure_relief.known());
}

TEST(AssessBout, NothingKnownAtAllGivesNoScore) {
  BoutResult bout = straight_side_bout();
  bout.hotspots.clear();
  bout.spine = SpineFit{};
  const FitAssessment fit = assess(bout);
  EXPECT_FALSE(fit.score.known());
  EXPECT_EQ(fit.verdict, Verdict::undecided);
}

TEST(AssessBout, EveryReasonCitesAnEntryOfTheDataFiles) {
  std::set<std::string> ids = {"M9"};
  const Guidance& guidance = shipped_guidance();
  for (const GuidanceRule& rule : guidance.rules) ids.insert(rule.sentence.id);
  for (const PassLine& line : guidance.thresholds.lines) ids.insert(line.id);
  for (const auto& [name, constant] : guidance.thresholds.constants) ids.insert(constant.id);
  Quality bad = good_quality();
  bad.grade = Grade::c;
  BoutResult open_bout = straight_side_bout();
  open_bout.spine.basis = SpineBasis::none;
  for (const Quality& quality : {good_quality(), raw_quality(), bad, Quality{}}) {
    for (const BoutResult& bout :
         {straight_side_bout(), even_back_bout(), stomach_bout(70.0), open_bout, BoutResult{}}) {
      const FitAssessment fit = assess(bout, quality);
      EXPECT_FALSE(fit.reasons.empty());
      for (const FitReason& reason : fit.reasons) {
        EXPECT_TRUE(ids.contains(reason.rule)) << reason.rule;
        EXPECT_FALSE(reason.text.empty());
        EXPECT_EQ(reason.text.find('{'), std::string::npos) << reason.text;
      }
    }
  }
}

TEST(AssessBout, AnotherMeasureMoreDoesNotChangeTheOthersDraws) {
  BoutResult bout = straight_side_bout();
  const Estimate before = assess(bout).alignment;
  set_metric(bout, "aa_new_metric", 1.0, 1.0);
  expect_same(before, assess(bout).alignment);
}

}  // namespace
}  // namespace matfit
