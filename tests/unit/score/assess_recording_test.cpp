#include "stages/score/assess.hpp"

#include "made_up_bout.hpp"
#include "stages/score/weighted_bouts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace matfit {
namespace {

using test::assessed_recording;
using test::even_back_bout;
using test::shipped_guidance;
using test::stomach_bout;
using test::straight_side_bout;

TEST(AssessRecording, OneBoutIsTheWholeRecording) {
  const RecordingResult recording = assessed_recording({straight_side_bout()}, std::nullopt);
  EXPECT_DOUBLE_EQ(recording.fit.score.value, recording.bouts[0].fit.score.value);
  EXPECT_DOUBLE_EQ(recording.fit.score.ci95_low, recording.bouts[0].fit.score.ci95_low);
  EXPECT_EQ(recording.fit.verdict, Verdict::right);
}

TEST(AssessRecording, BoutsAreWeightedByTheirTime) {
  RecordingResult recording =
      assessed_recording({straight_side_bout(), stomach_bout(70.0)}, std::nullopt);
  recording.bouts[1].bout.end_s = recording.bouts[1].bout.start_s + 1800.0;
  const FitAssessment fit = assess_recording(recording, shipped_guidance());
  const double expected =
      0.25 * recording.bouts[0].fit.support.value + 0.75 * recording.bouts[1].fit.support.value;
  EXPECT_NEAR(fit.support.value, expected, 1e-9);
  EXPECT_EQ(fit.verdict, Verdict::too_soft);
}

TEST(AssessRecording, TheUsualPositionCarriesTheStatedWeight) {
  Subject subject;
  subject.usual_position = Posture::right;  // the left side counts as the same position
  const RecordingResult recording =
      assessed_recording({straight_side_bout(), stomach_bout(70.0), stomach_bout(70.0)}, subject);
  const double usual = shipped_guidance().thresholds.value("usual_position_weight");
  EXPECT_NEAR(recording.fit.support.value,
              usual * recording.bouts[0].fit.support.value +
                  (1.0 - usual) * recording.bouts[1].fit.support.value,
              1e-9);
  EXPECT_EQ(recording.fit.verdict, Verdict::right);
}

TEST(AssessRecording, AUsualPositionThatWasNotSeenChangesNothing) {
  Subject subject;
  subject.usual_position = Posture::prone;
  const auto with = assessed_recording({straight_side_bout(), even_back_bout()}, subject);
  const auto without = assessed_recording({straight_side_bout(), even_back_bout()}, std::nullopt);
  EXPECT_DOUBLE_EQ(with.fit.score.value, without.fit.score.value);
}

TEST(AssessRecording, OppositeVerdictsOfEqualTimeStayUndecided) {
  BoutResult firm = straight_side_bout();
  for (Hotspot& spot : firm.hotspots) spot.ppi_pa = 8.0 * firm.pressure.mean_pa;
  firm.pressure.region_load_share["lumbar"] = 0.01;
  const auto recording = assessed_recording({firm, stomach_bout(70.0)}, std::nullopt);
  ASSERT_EQ(recording.bouts[0].fit.verdict, Verdict::too_firm);
  ASSERT_EQ(recording.bouts[1].fit.verdict, Verdict::too_soft);
  EXPECT_EQ(recording.fit.verdict, Verdict::undecided);
  EXPECT_EQ(recording.fit.reasons.at(0).rule, "C-recording-verdict");
}

TEST(AssessRecording, AnEmptyMatIsNotAssessed) {
  BoutResult empty;
  empty.bout.posture = Posture::empty;
  const auto recording = assessed_recording({empty}, std::nullopt);
  EXPECT_FALSE(recording.fit.score.known());
  EXPECT_EQ(recording.fit.reasons.at(0).rule, "C-no-bouts");
}

TEST(AssessRecording, AnAxisKnownForLessThanHalfOfTheTimeIsAbsent) {
  BoutResult open = even_back_bout();
  open.spine.basis = SpineBasis::none;
  const auto recording = assessed_recording({straight_side_bout(), open, open}, std::nullopt);
  EXPECT_FALSE(recording.fit.alignment.known());
  EXPECT_TRUE(recording.fit.pressure_relief.known());
}

TEST(AssessRecording, EachReasonIsGivenOnce) {
  const auto recording =
      assessed_recording({straight_side_bout(), straight_side_bout()}, std::nullopt);
  std::vector<std::string> rules;
  for (const FitReason& reason : recording.fit.reasons) rules.push_back(reason.rule);
  std::sort(rules.begin(), rules.end());
  EXPECT_EQ(std::adjacent_find(rules.begin(), rules.end()), rules.end());
  EXPECT_FALSE(rules.empty());
}

TEST(AssessRecording, ARecordingOfOneFrameHasAWeight) {
  RecordingResult recording = assessed_recording({straight_side_bout()}, std::nullopt);
  recording.bouts[0].bout.end_s = recording.bouts[0].bout.start_s;
  EXPECT_TRUE(assess_recording(recording, shipped_guidance()).score.known());
}

TEST(WeightedBouts, WeightsSumToOne) {
  const auto recording =
      assessed_recording({straight_side_bout(), even_back_bout(), stomach_bout(0.0)}, std::nullopt);
  for (const std::optional<Posture> usual :
       {std::optional<Posture>{}, std::optional<Posture>{Posture::supine}}) {
    double sum = 0.0;
    for (const WeightedBout& each :
         weighted_bouts(recording, usual, shipped_guidance().thresholds)) {
      sum += each.weight;
    }
    EXPECT_NEAR(sum, 1.0, 1e-12);
  }
}

}  // namespace
}  // namespace matfit
