#include "sleeper_in_time.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/calibrate/load_course.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace matfit {
namespace {

using test::sleeper_in_time;
using test::SleeperInTime;

Quality quality_of(const SleeperInTime& course) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(sleeper_in_time(course), known).quality;
}

CreepFigures course_of(const SleeperInTime& course) { return quality_of(course).creep; }

const QualityReason* reason(const Quality& quality, const std::string& code) {
  const auto found = std::find_if(quality.reasons.begin(), quality.reasons.end(),
                                  [&](const QualityReason& r) { return r.code == code; });
  return found == quality.reasons.end() ? nullptr : &*found;
}

TEST(LoadCourse, ASteadySleeperOnASteadyMatIsSteady) {
  const CreepFigures found = course_of({});
  EXPECT_EQ(found.kind, LoadCourse::steady);
  EXPECT_NEAR(found.rate_per_decade.value, 0.0, 0.01);
  EXPECT_NEAR(found.spread_per_decade.value, 0.0, 0.01);
  ASSERT_TRUE(found.readable_from_s);
  EXPECT_EQ(*found.readable_from_s, 0.0);
}

TEST(LoadCourse, ACreepingSensorIsToldFromASettlingBody) {
  for (const double creep : {0.06, 0.20}) {
    SleeperInTime course;
    course.creep_per_decade = creep;
    const CreepFigures found = course_of(course);
    EXPECT_EQ(found.kind, LoadCourse::creep) << name_of(found.kind);
    EXPECT_LE(found.rate_per_decade.ci95_low, creep);
    EXPECT_GE(found.rate_per_decade.ci95_high, creep);
    EXPECT_NEAR(found.spread_per_decade.value, 0.0, 0.01);
  }
}

TEST(LoadCourse, ASettlingBodyIsToldFromACreepingSensor) {
  SleeperInTime course;
  course.softening_per_decade = 0.12;
  const CreepFigures found = course_of(course);
  EXPECT_EQ(found.kind, LoadCourse::settling) << name_of(found.kind);
  EXPECT_NEAR(found.rate_per_decade.value, 0.0, 0.01) << "the weight is constant";
  EXPECT_GT(found.spread_per_decade.value, 0.02);
}

TEST(LoadCourse, BothAtOnceAreTold) {
  SleeperInTime settling;
  settling.softening_per_decade = 0.12;
  SleeperInTime both = settling;
  both.creep_per_decade = 0.15;
  const CreepFigures found = course_of(both);
  EXPECT_EQ(found.kind, LoadCourse::creep_and_settling) << name_of(found.kind);
  EXPECT_LE(found.rate_per_decade.ci95_low, 0.15);
  EXPECT_GE(found.rate_per_decade.ci95_high, 0.15);
  EXPECT_NEAR(found.spread_per_decade.value, course_of(settling).spread_per_decade.value, 0.02)
      << "a common factor does not touch the effective contact area";
}

TEST(LoadCourse, MovementHidesBoth) {
  SleeperInTime course;
  course.fidgeting = 0.015;
  course.creep_per_decade = 0.02;
  const CreepFigures found = course_of(course);
  EXPECT_EQ(found.kind, LoadCourse::moving) << name_of(found.kind);
  EXPECT_FALSE(found.readable_from_s);
}

TEST(LoadCourse, TooShortARecordingSaysSo) {
  SleeperInTime course;
  course.creep_per_decade = 0.2;
  course.frames = 15;
  EXPECT_EQ(course_of(course).kind, LoadCourse::too_short);
  course.frames = 1;
  EXPECT_EQ(course_of(course).kind, LoadCourse::too_short);
}

TEST(LoadCourse, CountsFromATurnThatItSaw) {
  SleeperInTime course;
  course.creep_per_decade = 0.15;
  course.turn_at_frame = 40;
  course.frames = 160;
  const CreepFigures found = course_of(course);
  ASSERT_TRUE(found.lying_since_s);
  EXPECT_NEAR(*found.lying_since_s, 40.0, 1.0);
  EXPECT_NEAR(found.rate_per_decade.value, 0.15, 0.015);
  EXPECT_LT(found.rate_per_decade.sd, 0.01) << "no lead is left open";
}

TEST(LoadCourse, FromTheReadableMomentOnTheNextMinuteChangesLittle) {
  SleeperInTime course;
  course.creep_per_decade = 0.12;
  course.frames = 400;
  const Quality quality = quality_of(course);
  ASSERT_TRUE(quality.creep.readable_from_s);
  const double from_s = *quality.creep.readable_from_s;
  const double rate = course.creep_per_decade / 2.302585;
  EXPECT_NEAR(growth_in_next_minute(rate, from_s + course.lead_s), 0.02, 0.003);
  EXPECT_EQ(reason(quality, "creep"), nullptr) << "it ended later";
  EXPECT_EQ(reason(quality, "drift"), nullptr) << "creep is no other drift";
}

TEST(LoadCourse, ARecordingThatEndsBeforeTheReadableMomentSaysSo) {
  SleeperInTime course;
  course.creep_per_decade = 0.2;
  course.frames = 60;
  const Quality quality = quality_of(course);
  ASSERT_TRUE(quality.creep.readable_from_s);
  EXPECT_GT(*quality.creep.readable_from_s, 60.0);
  ASSERT_NE(reason(quality, "creep"), nullptr);
  EXPECT_EQ(reason(quality, "drift"), nullptr) << "creep counts once";
  EXPECT_EQ(reason(quality, "settling"), nullptr);
}

}  // namespace
}  // namespace matfit
