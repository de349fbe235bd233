#include "pipeline/evaluate_spines.hpp"
#include "pipeline/spine_scores.hpp"

#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

const Knowledge& known() {
  static const Knowledge knowledge = load_knowledge(test::project_folder() / "calibration");
  return knowledge;
}

SpineEvaluation evaluated(const EvaluateSpinesOptions& options) {
  return evaluate_spines(known(), options);
}

Spines all_of(const SpineEvaluation& evaluation) {
  Spines spines;
  for (const JudgedSpine& s : evaluation.spines) spines.push_back(&s);
  return spines;
}

TEST(EvaluateSpines, TellsEveryMetricOfThePostureBesideItsTruth) {
  const SpineEvaluation evaluation = evaluated({.cases = 8, .progress = {}});
  ASSERT_TRUE(evaluation.failures.empty()) << evaluation.failures.front();
  ASSERT_EQ(evaluation.spines.size(), 8U);
  for (const JudgedSpine& s : evaluation.spines) {
    SCOPED_TRACE(s.index);
    EXPECT_EQ(s.truth.contains("tilt_deg"), is_side(s.posture));
    EXPECT_EQ(s.truth.contains("lordosis_angle_change_deg"), !is_side(s.posture));
    for (const auto& [name, value] : s.truth) {
      EXPECT_TRUE(std::isfinite(value)) << name;
      // Twist needs both shoulders and both hips on the mat.
      if (name == "shoulder_hip_twist_deg") continue;
      ASSERT_TRUE(s.of(SpineBasis::curve).contains(name)) << name;
      const Estimate& told = s.of(SpineBasis::curve).at(name);
      EXPECT_LT(told.ci95_low, told.ci95_high) << name;
      const bool in_plane = name == "midline_bend_mm";
      EXPECT_EQ(s.of(SpineBasis::none).contains(name), in_plane) << name;
      EXPECT_EQ(s.of(SpineBasis::preset).contains(name), true) << name;
      EXPECT_EQ(s.inversion.contains(name), !in_plane) << name;
      EXPECT_EQ(s.springs.contains(name), !in_plane) << name;
    }
  }
}

// Far weaker than the limits that are set: here only that estimate and truth mean the same.
TEST(EvaluateSpines, WhatIsToldGoesWithWhatIsTrue) {
  const SpineEvaluation evaluation = evaluated({.cases = 40, .seed = 5, .jobs = 2, .progress = {}});
  for (const char* name : {"thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm"}) {
    const SpineScore score = score_of(all_of(evaluation), name, SpineBasis::curve);
    EXPECT_EQ(score.told, 40U);
    EXPECT_GT(score.correlation, 0.8) << name;
    EXPECT_GT(score.coverage, 0.7) << name;
    EXPECT_LT(score.rmse, score.inversion_rmse) << name;
  }
  const SpineScore tilt = score_of(all_of(evaluation), "tilt_deg", SpineBasis::curve);
  EXPECT_GT(tilt.correlation, 0.4);
  EXPECT_LT(tilt.rmse, 5.0);
}

TEST(EvaluateSpines, IsTheSameForAnyNumberOfJobs) {
  EvaluateSpinesOptions options{.cases = 6, .seed = 3, .progress = {}};
  options.departures = {Departure::none, Departure::tissue};
  const SpineEvaluation one = evaluated(options);
  options.jobs = 2;
  const SpineEvaluation two = evaluated(options);
  ASSERT_EQ(one.spines.size(), 12U);
  ASSERT_EQ(two.spines.size(), 12U);
  for (std::size_t i = 0; i < one.spines.size(); ++i) {
    EXPECT_EQ(one.spines[i].index, i % 6);
    EXPECT_EQ(one.spines[i].departure, i < 6 ? Departure::none : Departure::tissue);
    EXPECT_EQ(one.spines[i].truth, two.spines[i].truth);
    EXPECT_EQ(one.spines[i].inversion, two.spines[i].inversion);
    for (const auto& [name, told] : one.spines[i].of(SpineBasis::curve)) {
      EXPECT_EQ(told.value, two.spines[i].of(SpineBasis::curve).at(name).value) << name;
      EXPECT_EQ(told.ci95_low, two.spines[i].of(SpineBasis::curve).at(name).ci95_low) << name;
    }
  }
}

TEST(EvaluateSpines, MeasuredBreadthsChangeWhatIsToldAndNotWhatIsTrue) {
  EvaluateSpinesOptions options{.cases = 4, .seed = 3, .progress = {}};
  const SpineEvaluation without = evaluated(options);
  options.measured_breadths = true;
  const SpineEvaluation with = evaluated(options);
  ASSERT_EQ(with.spines.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(with.spines[i].truth, without.spines[i].truth);
    EXPECT_EQ(with.spines[i].springs, without.spines[i].springs);
    if (!is_side(with.spines[i].posture)) continue;
    EXPECT_NE(with.spines[i].of(SpineBasis::curve).at("tilt_deg").value,
              without.spines[i].of(SpineBasis::curve).at("tilt_deg").value);
  }
}

}  // namespace
}  // namespace matfit
