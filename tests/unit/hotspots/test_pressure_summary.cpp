#include "made_field.hpp"

#include "stages/hotspots/pressure_summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

// Two levels of pressure: 6 rows x 10 columns at 2 kPa, 6 x 10 at 4 kPa, cells of 25 mm.
PressureField two_levels() {
  PressureField field = test::made_field({});
  field.pressure_pa.block(10, 5, 6, 10).setConstant(2000.0);
  field.pressure_pa.block(40, 5, 6, 10).setConstant(4000.0);
  return field;
}

TEST(PressureSummary, GivesTheFiguresOfAMapDoneByHand) {
  const PressureSummary s = summarise_pressure(two_levels(), {}, Posture::supine);
  const double cell_m2 = 0.025 * 0.025;
  EXPECT_NEAR(s.mean_pa, 3000.0, 1e-9);
  EXPECT_NEAR(s.peak_pa, 4000.0, 1e-9);
  EXPECT_NEAR(s.contact_m2, 120 * cell_m2, 1e-12);
  EXPECT_NEAR(s.load_n, 60 * 6000.0 * cell_m2, 1e-9);
  EXPECT_NEAR(s.cv, 1000.0 * std::sqrt(120.0 / 119.0) / 3000.0, 1e-9);
  EXPECT_TRUE(s.region_load_share.empty()) << "no body, no regions";
}

TEST(PressureSummary, ASmallPressureIsLoadButNotContact) {
  PressureField field = two_levels();
  field.pressure_pa(0, 0) = 300.0;
  const PressureSummary s = summarise_pressure(field, {}, Posture::supine);
  EXPECT_NEAR(s.threshold_pa, 5.0 * 133.322387415, 1e-6);
  EXPECT_NEAR(s.contact_m2, 120 * 0.025 * 0.025, 1e-12);
  EXPECT_NEAR(s.load_n, (60 * 6000.0 + 300.0) * 0.025 * 0.025, 1e-9);
}

TEST(PressureSummary, ANoisyMatRaisesTheContactThreshold) {
  PressureField field = two_levels();
  field.sd_pa.setConstant(500.0);
  EXPECT_NEAR(summarise_pressure(field, {}, Posture::supine).threshold_pa, 1500.0, 1e-9);
}

TEST(PressureSummary, ARepairedCellCountsButIsNoPeak) {
  PressureField field = two_levels();
  field.pressure_pa(42, 8) = 9000.0;
  field.repaired(42, 8) = true;
  const PressureSummary s = summarise_pressure(field, {}, Posture::supine);
  EXPECT_NEAR(s.peak_pa, 4000.0, 1e-9);
  EXPECT_NEAR(s.contact_m2, 120 * 0.025 * 0.025, 1e-12);
}

TEST(PressureSummary, AnEmptyMatHasNothing) {
  const PressureSummary s = summarise_pressure(test::made_field({}), {}, Posture::empty);
  EXPECT_EQ(s.mean_pa, 0.0);
  EXPECT_EQ(s.contact_m2, 0.0);
  EXPECT_EQ(s.cv, 0.0);
}

}  // namespace
}  // namespace matfit
