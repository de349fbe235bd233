#include "types/estimate.hpp"

#include "types/body.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

TEST(Estimate, IsNotKnownByDefault) {
  const Estimate estimate;
  EXPECT_FALSE(estimate.known());
  EXPECT_NE(estimate.ci95_low, estimate.ci95_low);
}

TEST(Estimate, OfAGaussianHoldsNineteenOfTwenty) {
  const Estimate estimate = gaussian_estimate(10.0, 2.0);
  EXPECT_TRUE(estimate.known());
  EXPECT_NEAR(estimate.ci95_low, 10.0 - 3.92, 1e-3);
  EXPECT_NEAR(estimate.ci95_high, 10.0 + 3.92, 1e-3);
  EXPECT_DOUBLE_EQ(estimate.sd, 2.0);
}

TEST(LandmarkEstimate, SpreadIsThatOfOneAxis) {
  LandmarkEstimate landmark;
  landmark.covariance_m2 << 0.0009, 0.0, 0.0, 0.0016;
  EXPECT_NEAR(landmark.sd_m() * landmark.sd_m(), 0.00125, 1e-15);
}

TEST(Units, ConvertAsDefined) {
  EXPECT_NEAR(760.0 * pa_per_mmhg, 101325.0, 0.05);  // one atmosphere
  EXPECT_NEAR(pa_per_psi, 0.45359237 * standard_gravity_m_per_s2 / (m_per_inch * m_per_inch), 1e-6);
  EXPECT_NEAR(pi * deg_per_rad, 180.0, 1e-12);
}

}  // namespace
}  // namespace matfit
