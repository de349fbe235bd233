#include "synthetic/mattress_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

TEST(MattressModel, PressureGrowsWithCompressionForAnyFoam) {
  Random random(2);
  for (int i = 0; i < 50; ++i) {
    const MattressModel mattress = random_mattress(random);
    EXPECT_EQ(pressure_pa(mattress.foam, 0.0), 0.0);
    for (double e = 0.01; e < 0.95; e += 0.01) {
      EXPECT_GT(pressure_pa(mattress.foam, e), pressure_pa(mattress.foam, e - 0.01))
          << i << ' ' << e;
    }
  }
}

TEST(MattressModel, FoamHasAPlateauAndThenCloses) {
  const MattressModel mattress = typical_mattress(Firmness::medium);
  const auto slope = [&](double e) {
    return pressure_pa(mattress.foam, e + 0.01) - pressure_pa(mattress.foam, e - 0.01);
  };
  EXPECT_GT(slope(0.03), 1.4 * slope(0.4));
  EXPECT_GT(slope(0.8), 2.0 * slope(0.4));
}

TEST(MattressModel, FirmerFeelsFirmer) {
  const auto soft = typical_mattress(Firmness::soft);
  const auto medium = typical_mattress(Firmness::medium);
  const auto firm = typical_mattress(Firmness::firm);
  for (const double e : {0.1, 0.25, 0.5}) {
    EXPECT_LT(pressure_pa(soft.foam, e), pressure_pa(medium.foam, e));
    EXPECT_LT(pressure_pa(medium.foam, e), pressure_pa(firm.foam, e));
  }
  const auto firmness = [](const MattressModel& m) {
    return *measured(m, CurveKind::uniform).firmness;
  };
  EXPECT_LT(firmness(soft), 4.0);
  EXPECT_NEAR(firmness(medium), 6.0, 1.0);
  EXPECT_GT(firmness(firm), 7.5);
}

TEST(MattressModel, UniformCurveIsTheFoamItself) {
  const MattressModel mattress = typical_mattress(Firmness::firm);
  const Mattress lab = measured(mattress, CurveKind::uniform);
  ASSERT_GE(lab.curve.size(), 10U);
  for (const CurvePoint& point : lab.curve) {
    EXPECT_NEAR(point.pressure_pa,
                pressure_pa(mattress.foam, point.indentation_m / *lab.thickness_m), 1e-9);
  }
}

TEST(MattressModel, IndenterReadsStifferThanUniformPressureAndTheSmallerOneMore) {
  for (const Firmness firmness : {Firmness::soft, Firmness::medium, Firmness::firm}) {
    const MattressModel mattress = typical_mattress(firmness);
    const Mattress uniform = measured(mattress, CurveKind::uniform);
    const Mattress platen = measured(mattress, CurveKind::platen_344mm);
    const Mattress disc = measured(mattress, CurveKind::disc_203mm);
    for (std::size_t i = 1; i < uniform.curve.size(); ++i) {
      EXPECT_LT(uniform.curve[i].pressure_pa, platen.curve[i].pressure_pa);
      EXPECT_LT(platen.curve[i].pressure_pa, disc.curve[i].pressure_pa);
      EXPECT_GT(disc.curve[i].pressure_pa, disc.curve[i - 1].pressure_pa);
    }
    // Discs on foam read about 1.4 to 1.9 times the pressure of uniform compression.
    const double ratio = disc.curve[5].pressure_pa / uniform.curve[5].pressure_pa;
    EXPECT_GT(ratio, 1.3);
    EXPECT_LT(ratio, 2.2);
  }
}

TEST(MattressModel, IndenterOnAnUncoupledSlabReadsTheFoamItself) {
  MattressModel mattress = typical_mattress(Firmness::medium);
  mattress.shear_n_per_m = 1e-9;
  const Mattress disc = measured(mattress, CurveKind::disc_203mm);
  EXPECT_NEAR(disc.curve[6].pressure_pa / pressure_pa(mattress.foam, 0.30), 1.0, 1e-3);
}

TEST(MattressModel, ZonesApplyWhereTheyLie) {
  MattressModel mattress = typical_mattress(Firmness::medium);
  mattress.zones = {{0.8, 1.2, 1.4}};
  EXPECT_EQ(stiffness_factor(mattress, {0.4, 0.79}), 1.0);
  EXPECT_EQ(stiffness_factor(mattress, {0.4, 0.80}), 1.4);
  EXPECT_EQ(stiffness_factor(mattress, {0.4, 1.20}), 1.0);
}

TEST(MattressModel, ProgressiveFoamHasNoPlateauAndSpringsArePreloaded) {
  const Foam latex{FoamLaw::progressive, 0.0, 12000.0, 0.0, 0.35};
  const Foam springs{FoamLaw::springs, 800.0, 8000.0, 80.0, 4.0};
  const auto slope = [](const Foam& foam, double e) {
    return (pressure_pa(foam, e + 0.01) - pressure_pa(foam, e - 0.01)) / 0.02;
  };
  EXPECT_GT(slope(latex, 0.4), slope(latex, 0.03));
  EXPECT_GT(slope(springs, 0.02), 1.5 * slope(springs, 0.3));
  EXPECT_NEAR(slope(springs, 0.3) / slope(springs, 0.2), 1.0, 0.05);
  EXPECT_GT(slope(springs, 0.8), 3.0 * slope(springs, 0.3));
  for (const Foam& foam : {latex, springs}) EXPECT_EQ(pressure_pa(foam, 0.0), 0.0);
}

TEST(MattressModel, LayersInSeriesShareThePressureAndAddTheirCompressions) {
  MattressModel mattress = typical_mattress(Firmness::firm);
  mattress.topper = Topper{typical_mattress(Firmness::soft).foam, 0.05};
  const UniformCurve both(mattress);
  const auto depth_at = [](const auto& pressure, double thickness_m, double wanted_pa) {
    double low = 0.0;
    double high = 0.95;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (low + high);
      (pressure(middle) < wanted_pa ? low : high) = middle;
    }
    return low * thickness_m;
  };
  for (const double wanted_pa : {500.0, 2000.0, 5000.0, 12000.0}) {
    const double top_m =
        depth_at([&](double e) { return pressure_pa(mattress.topper->foam, e); }, 0.05, wanted_pa);
    const double base_m = depth_at([&](double e) { return pressure_pa(mattress.foam, e); },
                                   mattress.thickness_m - 0.05, wanted_pa);
    const double all_m =
        depth_at([&](double e) { return both.pressure_pa(e); }, mattress.thickness_m, wanted_pa);
    EXPECT_NEAR(all_m, top_m + base_m, 2e-4) << wanted_pa;
  }
}

TEST(MattressModel, HollowIsDeepestAndSoftestInItsMiddle) {
  MattressModel mattress = typical_mattress(Firmness::medium);
  EXPECT_EQ(worn_depth_m(mattress, {0.5, 1.0}), 0.0);
  mattress.hollow = WornHollow{{0.5, 1.0}, {0.2, 0.1}, 0.03, 0.25};
  EXPECT_NEAR(worn_depth_m(mattress, {0.5, 1.0}), 0.03, 1e-12);
  EXPECT_NEAR(worn_depth_m(mattress, {0.7, 1.0}), 0.03 * std::exp(-0.5), 1e-12);
  EXPECT_NEAR(worn_depth_m(mattress, {0.5, 1.1}), 0.03 * std::exp(-0.5), 1e-12);
  EXPECT_NEAR(stiffness_factor(mattress, {0.5, 1.0}), 0.75, 1e-12);
  EXPECT_NEAR(stiffness_factor(mattress, {2.5, 1.0}), 1.0, 1e-9);
}

TEST(MattressModel, ScalingItsFirmnessScalesEveryPressure) {
  MattressModel mattress = typical_mattress(Firmness::medium);
  mattress.topper = Topper{typical_mattress(Firmness::soft).foam, 0.04};
  const double before = indentation_lbf(mattress);
  scale_firmness(mattress, 1.7);
  EXPECT_NEAR(indentation_lbf(mattress), 1.7 * before, 1e-3 * before);
}

}  // namespace
}  // namespace matfit
