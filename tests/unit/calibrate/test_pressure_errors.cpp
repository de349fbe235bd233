#include "made_recording.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"
#include "types/pressure_error.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

UnitEvidence units_of(const Recording& recording) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(recording, known).quality.units;
}

Recording lying() {
  return test::made_recording(10, [](std::size_t) { return test::lying_body(); });
}

TEST(PressureErrors, OfRawReadingsGrowAwayFromTheMiddleReading) {
  const UnitEvidence units = units_of(lying());
  EXPECT_FALSE(units.response_known);
  ASSERT_GE(units.error.size(), 3U);
  const double middle_pa = units.error[5].pressure_pa;
  const double at_middle = *relative_sd_at(units, middle_pa);
  EXPECT_GT(at_middle, 0.1);
  EXPECT_LT(at_middle, 0.2);
  // Readings ten times the middle one: a response with an exponent of 0.6 or one of 1.
  EXPECT_GT(*relative_sd_at(units, 10.0 * middle_pa), 0.8);
  EXPECT_GT(*relative_sd_at(units, 0.1 * middle_pa), 0.8);
}

TEST(PressureErrors, AreLargerForAnAssumedMass) {
  Recording without_mass = lying();
  without_mass.subject.reset();
  const UnitEvidence assumed = units_of(without_mass);
  const UnitEvidence weighed = units_of(lying());
  EXPECT_GT(assumed.error[5].relative_sd, 1.4 * weighed.error[5].relative_sd);
}

TEST(PressureErrors, OfAStatedUnitAreThoseOfItsLoad) {
  Recording stated = lying();
  stated.unit = PressureUnit::kpa;
  const UnitEvidence units = units_of(stated);
  const double load_over_weight = units.error.empty() ? 0.0 : units.error.front().relative_sd;
  EXPECT_GT(load_over_weight, 1.0);
  stated.subject.reset();
  EXPECT_TRUE(units_of(stated).error.empty());
}

}  // namespace
}  // namespace matfit
