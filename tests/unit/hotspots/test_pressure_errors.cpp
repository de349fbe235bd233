#include "stages/hotspots/pressure_errors.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

UnitEvidence growing_error() {
  UnitEvidence units;
  units.error = {{2000.0, 0.1}, {8000.0, 0.5}};
  return units;
}

TEST(PressureErrors, OfAPeakAreLargerThanOfTheMean) {
  PressureSummary summary;
  summary.mean_pa = 2000.0;
  summary.peak_pa = 8000.0;
  const PressureSummary stated = with_errors(summary, growing_error());
  EXPECT_DOUBLE_EQ(*stated.mean_sd_pa, 200.0);
  EXPECT_DOUBLE_EQ(*stated.peak_sd_pa, 4000.0);
  const PressureSummary repaired = with_errors(summary, growing_error(), 0.075);
  EXPECT_DOUBLE_EQ(*repaired.mean_sd_pa, 250.0);
  EXPECT_DOUBLE_EQ(*repaired.peak_sd_pa, 4000.0);
}

TEST(PressureErrors, OfHotspotsAreTheirOwn) {
  Hotspot low;
  low.peak_pa = 2000.0;
  low.ppi_pa = 1000.0;
  Hotspot high;
  high.peak_pa = 8000.0;
  high.ppi_pa = 4000.0;
  const std::vector<Hotspot> stated = with_errors({low, high}, growing_error(), 4000.0);
  EXPECT_DOUBLE_EQ(*stated[0].peak_sd_pa, 200.0);
  EXPECT_DOUBLE_EQ(*stated[0].ppi_sd_pa, 100.0);
  EXPECT_DOUBLE_EQ(*stated[1].peak_sd_pa, 4000.0);
  EXPECT_NEAR(*stated[1].ppi_sd_pa, 1200.0, 1e-9);
}

TEST(PressureErrors, OfADoseCountTheWholePressureNotWhatIsOverTheThreshold) {
  UnitEvidence units;
  units.error = {{2000.0, 0.1}};
  Hotspot steady;
  steady.dose_pa_s = 1000.0 * 60.0;  // 5000 Pa for a minute, 4000 of them under the threshold
  steady.duration_s = 60.0;
  EXPECT_DOUBLE_EQ(*with_errors({steady}, units, 4000.0).front().dose_sd_pa_s, 0.1 * 5000.0 * 60.0);
  EXPECT_FALSE(with_errors({Hotspot{}}, units, 4000.0).front().dose_sd_pa_s.has_value());
}

TEST(PressureErrors, StayAbsentWithoutEvidence) {
  EXPECT_FALSE(with_errors(PressureSummary{}, {}).mean_sd_pa.has_value());
  EXPECT_FALSE(with_errors({Hotspot{}}, {}, 4000.0).front().peak_sd_pa.has_value());
}

}  // namespace
}  // namespace matfit
