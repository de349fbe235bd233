#include "stages/acquire/unit_text.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace matfit {
namespace {

double pascals(const PressureScale& scale) {
  return scale.factor * (scale.unit == PressureUnit::mmhg ? pa_per_mmhg : pa_per_kpa);
}

TEST(UnitText, turns_every_unit_of_pressure_into_the_same_pascals) {
  const std::vector<std::pair<std::string, double>> cases = {
      {"mmHg", 133.322387415},
      {"KPa", 1000.0},
      {"kPa", 1000.0},
      {"MPa", 1e6},
      {"PSI", 6894.757293},
      {"psi", 6894.757293},
      {"N/cm2", 1e4},
      {"N/cm\u00b2", 1e4},
      {"N/cm\xb2", 1e4},
      {"N/cm^2", 1e4},
      {"kg/cm2", 98066.5},
      {"kgf/cm\u00b2", 98066.5},
      {"g/cm2", 98.0665},
      {"g / cm^2", 98.0665},
      {"mbar", 100.0},
      {"bar", 1e5},
      {"inHg", 3386.388640},
      {"Pa", 1.0},
      {"N/mm2", 1e6},
      {"cmH2O", 98.0665},
      {" mmhg ", 133.322387415},
  };
  for (const auto& [name, expected] : cases) {
    const auto scale = pressure_scale_of(name);
    ASSERT_TRUE(scale) << name;
    EXPECT_NEAR(pascals(*scale) / expected, 1.0, 1e-9) << name;
    EXPECT_EQ(scale->unit, name.find('H') != std::string::npos && expected == 133.322387415
                               ? PressureUnit::mmhg
                               : scale->unit);
  }
  EXPECT_EQ(pressure_scale_of("mmHg")->unit, PressureUnit::mmhg);
  EXPECT_EQ(pressure_scale_of("mmHg")->factor, 1.0);
}

TEST(UnitText, keeps_counts_as_they_are) {
  for (const char* name : {"raw", "RAW", "Raw counts", "counts"}) {
    ASSERT_TRUE(pressure_scale_of(name)) << name;
    EXPECT_EQ(pressure_scale_of(name)->unit, PressureUnit::raw);
    EXPECT_EQ(pressure_scale_of(name)->factor, 1.0);
  }
}

TEST(UnitText, knows_no_unit_that_it_would_have_to_guess) {
  for (const char* name : {"", "mPa", "furlong", "N", "%", "cm2", "mm Hg x 10"}) {
    EXPECT_FALSE(pressure_scale_of(name)) << name;
  }
  EXPECT_TRUE(pressure_scale_of("mm Hg"));
}

TEST(UnitText, knows_lengths_areas_and_forces) {
  EXPECT_DOUBLE_EQ(metres_in("mm").value(), 1e-3);
  EXPECT_DOUBLE_EQ(metres_in("centimeters").value(), 1e-2);
  EXPECT_DOUBLE_EQ(metres_in("Inches").value(), 0.0254);
  EXPECT_DOUBLE_EQ(metres_in("in").value(), 0.0254);
  EXPECT_DOUBLE_EQ(metres_in("meters").value(), 1.0);
  EXPECT_FALSE(metres_in("cm2"));
  EXPECT_DOUBLE_EQ(square_metres_in("cm\u00b2").value(), 1e-4);
  EXPECT_DOUBLE_EQ(square_metres_in("in^2").value(), 0.0254 * 0.0254);
  EXPECT_DOUBLE_EQ(square_metres_in("mm2").value(), 1e-6);
  EXPECT_FALSE(square_metres_in("cm"));
  EXPECT_DOUBLE_EQ(newtons_in("N").value(), 1.0);
  EXPECT_NEAR(newtons_in("lbf").value(), 4.4482216, 1e-6);
  EXPECT_NEAR(newtons_in("kg").value(), 9.80665, 1e-9);
  EXPECT_FALSE(newtons_in("mmHg"));
}

}  // namespace
}  // namespace matfit
