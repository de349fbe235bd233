#include "types/pressure_error.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

TEST(PressureError, IsAbsentWhereNothingIsKnown) {
  EXPECT_FALSE(relative_sd_at({}, 1000.0).has_value());
  EXPECT_FALSE(sd_at({}, 1000.0).has_value());
}

TEST(PressureError, IsInterpolatedOverTheLogarithmAndConstantBeyond) {
  UnitEvidence units;
  units.error = {{1000.0, 0.1}, {4000.0, 0.3}};
  EXPECT_DOUBLE_EQ(*relative_sd_at(units, 100.0), 0.1);
  EXPECT_NEAR(*relative_sd_at(units, 2000.0), 0.2, 1e-12);
  EXPECT_DOUBLE_EQ(*relative_sd_at(units, 9000.0), 0.3);
  EXPECT_NEAR(*sd_at(units, 2000.0), 400.0, 1e-9);
}

}  // namespace
}  // namespace matfit
