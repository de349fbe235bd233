#include "stages/fit/fit_spine.hpp"

#include "drawn_body.hpp"
#include "knowledge_for_tests.hpp"
#include "stages/fit/fit_body.hpp"
#include "stages/fit/spine_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

Mattress measured_medium() {
  return measured(typical_mattress(Firmness::medium), CurveKind::uniform);
}

Subject average_man() { return subject_of(average_body(Sex::male, 1.76, 76.0), "man"); }

SpineFit fitted(const PressureField& field, Posture posture,
                const std::optional<Mattress>& mattress,
                const std::optional<Subject>& subject = average_man(),
                const UnitEvidence& units = {}) {
  const BodyFit body = fit_body(field, posture, subject, test::anthropometry());
  return fit_spine(field, posture, body, subject, mattress, units, test::anthropometry(),
                   test::mattress_presets());
}

double width(const Estimate& e) { return e.ci95_high - e.ci95_low; }

TEST(FitSpine, GivesNineteenLevelsFromHeadToFeet) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  const SpineFit fit = fitted(field, Posture::supine, measured_medium());
  EXPECT_EQ(fit.status, FitStatus::converged);
  EXPECT_EQ(fit.basis, SpineBasis::curve);
  EXPECT_EQ(fit.plane, SpinePlane::sagittal);
  ASSERT_EQ(fit.levels.size(), 19u);
  EXPECT_EQ(fit.levels.front().level, "C7");
  EXPECT_EQ(fit.levels[13].level, "L1");
  EXPECT_EQ(fit.levels.back().level, "S1");
  for (std::size_t i = 1; i < 19; ++i) {
    EXPECT_GT(fit.levels[i].y_m, fit.levels[i - 1].y_m);
    EXPECT_TRUE(std::isfinite(fit.levels[i].z_m));
    EXPECT_GT(fit.levels[i].sd_m, 0.0);
  }
}

TEST(FitSpine, TheNeutralLineIsStraightOnTheSideAndCurvedOnTheBack) {
  const auto bend_of_neutral_m = [](Posture posture) {
    const SpineFit fit =
        fitted(test::mat_view(test::plain_lie(posture), 1), posture, measured_medium());
    const SpineLevel& top = fit.levels.front();
    const SpineLevel& end = fit.levels.back();
    double bend = 0.0;
    for (const SpineLevel& level : fit.levels) {
      const double u = (level.y_m - top.y_m) / (end.y_m - top.y_m);
      const double chord = (1.0 - u) * top.neutral_z_m + u * end.neutral_z_m;
      bend = std::max(bend, std::abs(level.neutral_z_m - chord));
    }
    return bend;
  };
  EXPECT_LT(bend_of_neutral_m(Posture::left), 0.002);
  // The usual person's own curves, from the chord C7-S1; this one's come near.
  const Anthropometry& known = test::anthropometry();
  double usual = 0.0;
  for (double share = 0.0; share <= 1.0; share += 0.01) {
    const double curve = known.lordosis_depth_m.mean * lordosis_shape(share) +
                         known.kyphosis_depth_m.mean * kyphosis_shape(share);
    const double chord = (1.0 - share) * known.kyphosis_depth_m.mean * kyphosis_shape(0.0);
    usual = std::max(usual, std::abs(curve - chord));
  }
  ASSERT_GT(usual, 0.015);
  for (const Posture posture : {Posture::supine, Posture::prone}) {
    EXPECT_NEAR(bend_of_neutral_m(posture) / usual, 1.0, 0.5);
  }
}

TEST(FitSpine, MetricsAreThoseOfThePosture) {
  const SpineFit side =
      fitted(test::mat_view(test::plain_lie(Posture::left), 1), Posture::left, measured_medium());
  EXPECT_EQ(side.plane, SpinePlane::frontal);
  for (const char* name : {"tilt_deg", "rms_deviation_mm", "max_deviation_mm",
                           "thoracolumbar_angle_deg", "midline_bend_mm"}) {
    ASSERT_TRUE(side.metrics.contains(name)) << name;
    EXPECT_TRUE(side.metrics.at(name).known()) << name;
    EXPECT_GT(width(side.metrics.at(name)), 0.0) << name;
  }
  EXPECT_FALSE(side.metrics.contains("lordosis_depth_change_mm"));
  EXPECT_GE(side.metrics.at("rms_deviation_mm").ci95_low, 0.0);
  for (const Posture posture : {Posture::supine, Posture::prone}) {
    const SpineFit flat =
        fitted(test::mat_view(test::plain_lie(posture), 1), posture, measured_medium());
    for (const char* name :
         {"thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm", "lordosis_depth_change_mm",
          "lordosis_angle_change_deg", "midline_bend_mm", "shoulder_hip_twist_deg"}) {
      ASSERT_TRUE(flat.metrics.contains(name)) << name;
      EXPECT_TRUE(flat.metrics.at(name).known()) << name;
    }
    EXPECT_FALSE(flat.metrics.contains("tilt_deg"));
  }
}

TEST(FitSpine, WithoutAMattressHeightsStayUnknown) {
  const SpineFit fit =
      fitted(test::mat_view(test::plain_lie(Posture::left), 1), Posture::left, std::nullopt);
  EXPECT_EQ(fit.basis, SpineBasis::none);
  EXPECT_TRUE(fit.metrics.contains("midline_bend_mm"));
  EXPECT_FALSE(fit.metrics.contains("tilt_deg"));
  ASSERT_EQ(fit.levels.size(), 19u);
  EXPECT_TRUE(std::isnan(fit.levels[5].z_m));
  EXPECT_GT(fit.levels[5].sd_m, 0.0);
}

TEST(FitSpine, NobodyLyingGivesNoNumbers) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  for (const Posture p : {Posture::unknown, Posture::empty, Posture::sitting}) {
    const SpineFit fit = fitted(field, p, measured_medium());
    EXPECT_EQ(fit.status, FitStatus::unknown_posture);
    EXPECT_TRUE(fit.metrics.empty());
    EXPECT_TRUE(fit.levels.empty());
  }
}

TEST(FitSpine, ABodyThatWasNotFoundGivesNoNumbers) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  const SpineFit fit = fit_spine(field, Posture::supine, BodyFit{}, std::nullopt, measured_medium(),
                                 UnitEvidence{}, test::anthropometry(), test::mattress_presets());
  EXPECT_EQ(fit.status, FitStatus::too_little_contact);
  EXPECT_TRUE(fit.metrics.empty());
}

TEST(FitSpine, MirroringKeepsHeightsAndTurnsTheTwist) {
  for (const Posture posture : {Posture::left, Posture::supine}) {
    const PressureField field = test::mat_view(test::plain_lie(posture), 5);
    const SpineFit a = fitted(field, posture, measured_medium());
    const SpineFit b = fitted(test::mirrored(field), mirrored(posture), measured_medium());
    for (std::size_t i = 0; i < 19; ++i) {
      EXPECT_NEAR(a.levels[i].z_m, b.levels[i].z_m, 0.001);
      EXPECT_NEAR(a.levels[i].x_m, field.geometry.width_m() - b.levels[i].x_m, 0.003);
    }
    if (posture == Posture::supine) {
      EXPECT_NEAR(a.metrics.at("shoulder_hip_twist_deg").value,
                  -b.metrics.at("shoulder_hip_twist_deg").value, 0.2);
    } else {
      EXPECT_NEAR(a.metrics.at("tilt_deg").value, b.metrics.at("tilt_deg").value, 0.2);
    }
  }
}

TEST(FitSpine, TheSameCallGivesTheSameNumbers) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::right), 2);
  const SpineFit a = fitted(field, Posture::right, measured_medium());
  const SpineFit b = fitted(field, Posture::right, measured_medium());
  for (const auto& [name, e] : a.metrics) {
    EXPECT_EQ(e.value, b.metrics.at(name).value) << name;
    EXPECT_EQ(e.ci95_low, b.metrics.at(name).ci95_low) << name;
  }
}

TEST(FitSpine, ASofterMattressSinksMoreUnderTheSameMap) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::supine), 3);
  double before = 0.0;
  for (const double firmness : {9.0, 6.0, 3.0}) {
    Mattress m;
    m.firmness = firmness;
    m.thickness_m = 0.2;
    const SpineFit fit = fitted(field, Posture::supine, m);
    EXPECT_EQ(fit.basis, SpineBasis::preset);
    EXPECT_GT(fit.metrics.at("pelvis_sink_mm").value, before);
    before = fit.metrics.at("pelvis_sink_mm").value;
  }
}

TEST(FitSpine, KnowingLessMakesTheIntervalsWider) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::left), 4);
  Mattress preset;
  preset.firmness = 5.0;
  const Subject stated = average_man();
  Subject measured_subject = stated;
  measured_subject.shoulder_breadth_m = 0.41;
  measured_subject.waist_breadth_m = 0.30;
  measured_subject.hip_breadth_m = 0.33;
  Subject bare = stated;
  bare.shoulder_breadth_m.reset();
  bare.waist_breadth_m.reset();
  bare.hip_breadth_m.reset();
  const auto tilt = [&](const Mattress& m, const std::optional<Subject>& s) {
    return width(fitted(field, Posture::left, m, s).metrics.at("tilt_deg"));
  };
  const double best = tilt(measured_medium(), measured_subject);
  EXPECT_LT(best, tilt(measured_medium(), bare));
  EXPECT_LT(tilt(measured_medium(), bare), tilt(measured_medium(), std::nullopt));

  const PressureField flat = test::mat_view(test::plain_lie(Posture::supine), 4);
  const auto relative_width = [&](const Mattress& m) {
    const Estimate e = fitted(flat, Posture::supine, m, bare).metrics.at("pelvis_sink_mm");
    return width(e) / e.value;
  };
  EXPECT_LT(relative_width(measured_medium()), relative_width(preset));
}

TEST(FitSpine, WhatTheEvidenceLeavesOpenOfThePressureWidensTheSinkage) {
  PressureField field = test::mat_view(test::plain_lie(Posture::supine), 6);
  field.absolute = false;
  const auto relative_width = [&](const std::vector<PressureError>& errors) {
    UnitEvidence units;
    units.error = errors;
    const Estimate e = fitted(field, Posture::supine, measured_medium(), average_man(), units)
                           .metrics.at("pelvis_sink_mm");
    return width(e) / e.value;
  };
  const double sure = relative_width({{3000.0, 0.05}});
  const double less_sure = relative_width({{3000.0, 0.3}});
  const double bend_open = relative_width({{750.0, 1.0}, {3000.0, 0.05}, {12000.0, 1.0}});
  EXPECT_LT(1.05 * sure, less_sure);
  EXPECT_LT(1.02 * sure, bend_open);
}

TEST(FitSpine, AnyMapGivesFiniteNumbersOrNothing) {
  Random random(8);
  const Mattress mattress = measured_medium();
  for (int i = 0; i < 8; ++i) {
    PressureField field;
    const bool coarse = random.chance(0.5);
    field.geometry = coarse ? MatGeometry{30, 11, 0.065, 0.075} : MatGeometry{64, 27, 0.03, 0.03};
    field.orientation = {random.chance(0.5) ? HeadEnd::first_row : HeadEnd::last_row,
                         random.chance(0.5) ? View::above : View::below, false, 1.0};
    field.pressure_pa.setZero(field.geometry.rows, field.geometry.cols);
    const double filled = random.uniform();
    for (double& p : field.pressure_pa.reshaped()) {
      if (random.chance(filled)) p = random.uniform(0.0, random.chance(0.01) ? 1e6 : 5000.0);
    }
    field.sd_pa.setZero(field.geometry.rows, field.geometry.cols);
    field.repaired.setConstant(field.geometry.rows, field.geometry.cols, false);
    for (const Posture posture : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
      const BodyFit body = fit_body(field, posture, std::nullopt, test::anthropometry());
      for (const auto& mark : body.landmarks) {
        if (!mark) continue;
        EXPECT_TRUE(mark->position_m.allFinite());
        EXPECT_GT(mark->sd_m(), 0.0);
        EXPECT_TRUE(std::isfinite(mark->sd_m()));
      }
      const SpineFit spine = fit_spine(field, posture, body, std::nullopt, mattress, UnitEvidence{},
                                       test::anthropometry(), test::mattress_presets());
      for (const auto& [name, e] : spine.metrics) {
        if (!e.known()) continue;
        EXPECT_TRUE(std::isfinite(e.value) && std::isfinite(e.sd)) << name;
        EXPECT_LE(e.ci95_low, e.value) << name;
        EXPECT_GE(e.ci95_high, e.value) << name;
      }
    }
  }
}

}  // namespace
}  // namespace matfit
