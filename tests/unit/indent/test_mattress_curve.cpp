#include "stages/indent/mattress_curve.hpp"

#include "numeric/random.hpp"
#include "stages/indent/indenter_cycles.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace matfit::test {
namespace {

constexpr double area_m2 = 0.0324;  // of the 203 mm disc
constexpr double lbf = 4.4482216;

// Foam of 25 lbf ILD and a support factor of 2.4 on 150 mm; pressure over strain.
double foam_pa(double strain) {
  return 25.0 * 137.9 * std::pow(strain / 0.25, std::log(2.4) / std::log(2.6));
}

struct MadeTest {
  double thickness_m = 0.15;
  double deepest = 0.68;      // strain
  double approach_m = 0.006;  // travel before contact
  double zero_force_n = 0.0;
  double depth_zero_m = 0.0;  // reading of depth at contact
  double noise_n = 0.0;
  double between_sd = 0.0;    // relative, from loading to loading
  double first_excess = 0.0;  // relative, of the first loading
  double loss = 0.25;
  int loadings = 3;
  unsigned seed = 1;
};

IndenterTest made_test(const MadeTest& made, double (*law)(double) = foam_pa) {
  Random random(made.seed);
  IndenterTest test;
  test.file = "test.csv";
  test.force_unit = "N";
  test.area_m2 = area_m2;
  test.kind = CurveKind::disc_203mm;
  test.specimens.emplace_back();
  test.specimens[0].thickness_m = made.thickness_m;
  test.specimens[0].place = "line 2";
  const double step = 0.0005;
  for (int k = 0; k < made.loadings; ++k) {
    const double factor =
        (1.0 + random.normal(0.0, made.between_sd)) * (k == 0 ? 1.0 + made.first_excess : 1.0);
    const auto add = [&](double depth, double share) {
      const double pressure = depth > 0.0 ? law(depth / made.thickness_m) : 0.0;
      test.specimens[0].readings.push_back({made.zero_force_n +
                                                share * factor * pressure * area_m2 +
                                                random.normal(0.0, made.noise_n),
                                            depth + made.depth_zero_m, 0});
    };
    const double deepest = made.deepest * made.thickness_m;
    for (double d = -made.approach_m; d <= deepest; d += step) add(d, 1.0);
    for (double d = deepest; d >= -made.approach_m; d -= step) add(d, 1.0 - made.loss);
  }
  return test;
}

IndentationKnowledge known() {
  return load_indentation_knowledge(project_folder() / "calibration");
}

// Largest difference from the law, relative to the pressure at 25 %, beyond a tenth of the depth.
double worst_error(const MeasuredCurve& curve, double thickness_m) {
  double worst = 0.0;
  for (const MeasuredCurvePoint& p : curve.points) {
    if (p.indentation_m < 0.07 * thickness_m) continue;
    worst = std::max(worst, std::abs(p.pressure_pa - foam_pa(p.indentation_m / thickness_m)));
  }
  return worst / foam_pa(0.25);
}

TEST(IndenterCycles, AreFoundByTheTurnsOfTheDepth) {
  const IndenterTest test = made_test({});
  const std::vector<IndenterCycle> cycles = indenter_cycles(test.specimens[0].readings);
  ASSERT_EQ(cycles.size(), 3U);
  for (const IndenterCycle& cycle : cycles) {
    EXPECT_GT(cycle.loading.back().depth_m, cycle.loading.front().depth_m);
    EXPECT_LT(cycle.unloading.back().depth_m, cycle.unloading.front().depth_m);
  }
}

TEST(IndenterCycles, EndWhereTheForceIsHighest) {
  std::vector<IndenterReading> readings;
  for (int i = 0; i <= 50; ++i) readings.push_back({2.0 * i, 0.001 * i, 0});
  for (int i = 0; i < 20; ++i) readings.push_back({100.0 - i, 0.05 + 1e-6 * i, 0});
  for (int i = 50; i >= 0; --i) readings.push_back({1.5 * i, 0.001 * i, 0});
  const std::vector<IndenterCycle> cycles = indenter_cycles(readings);
  ASSERT_EQ(cycles.size(), 1U);
  EXPECT_EQ(cycles[0].loading.back().force_n, 100.0);
  EXPECT_EQ(cycles[0].loading.size(), 51U);
}

TEST(IndenterContact, IsFoundWithTheForceBefore) {
  MadeTest made;
  made.zero_force_n = 3.5;
  made.depth_zero_m = 0.042;
  made.noise_n = 0.2;
  const auto cycles = indenter_cycles(made_test(made).specimens[0].readings);
  const auto contact = find_contact(cycles[0].loading);
  ASSERT_TRUE(contact);
  EXPECT_NEAR(contact->zero_force_n, 3.5, 0.2);
  EXPECT_NEAR(contact->depth_m, 0.042, 0.0008);
}

TEST(MattressCurve, FollowsTheFoamThatWasPressed) {
  const MeasuredCurve curve = measure_mattress(made_test({}), known()).zones.at(0);
  EXPECT_LT(worst_error(curve, 0.15), 0.03);
  ASSERT_TRUE(curve.force_25_n);
  EXPECT_NEAR(*curve.force_25_n / lbf, 25.0 * area_m2 * 137.9 / lbf, 0.6);
  EXPECT_NEAR(curve.support_factor.value(), 2.4, 0.05);
  EXPECT_NEAR(curve.hysteresis_loss.value(), 0.25, 0.02);
  EXPECT_EQ(curve.loadings, 3);
  EXPECT_EQ(curve.loadings_used, 2);
}

TEST(MattressCurve, RisesStrictlyWhateverTheNoise) {
  MadeTest made;
  made.noise_n = 2.0;
  const MeasuredCurve curve = measure_mattress(made_test(made), known()).zones.at(0);
  ASSERT_GE(curve.points.size(), 10U);
  for (std::size_t i = 1; i < curve.points.size(); ++i) {
    EXPECT_GT(curve.points[i].indentation_m, curve.points[i - 1].indentation_m);
    EXPECT_GT(curve.points[i].pressure_pa, curve.points[i - 1].pressure_pa);
  }
  EXPECT_LT(worst_error(curve, 0.15), 0.06);
}

TEST(MattressCurve, LeavesOutAFreshFirstLoading) {
  MadeTest made;
  made.first_excess = 0.3;
  const MeasuredCurve settled = measure_mattress(made_test(made), known()).zones.at(0);
  EXPECT_LT(worst_error(settled, 0.15), 0.03);
  made.loadings = 2;
  const MeasuredCurve fresh = measure_mattress(made_test(made), known()).zones.at(0);
  EXPECT_GT(worst_error(fresh, 0.15), 0.1);
}

TEST(MattressCurve, StatesTheScatterBetweenLoadings) {
  MadeTest made;
  made.loadings = 25;
  made.between_sd = 0.06;
  const MeasuredCurve curve = measure_mattress(made_test(made), known()).zones.at(0);
  const MeasuredCurvePoint& middle = curve.points[curve.points.size() / 2];
  EXPECT_NEAR(middle.sd_pa / middle.pressure_pa, 0.06, 0.02);
  made.between_sd = 0.0;
  const MeasuredCurve calm = measure_mattress(made_test(made), known()).zones.at(0);
  const MeasuredCurvePoint& same = calm.points[calm.points.size() / 2];
  EXPECT_LT(same.sd_pa / same.pressure_pa, 0.005);
}

TEST(MattressCurve, CarriesContactBackFromAPreload) {
  MadeTest made;
  made.approach_m = -0.002;  // begins 2 mm under the surface
  const MeasuredCurve curve = measure_mattress(made_test(made), known()).zones.at(0);
  EXPECT_LT(worst_error(curve, 0.15), 0.08);
  EXPECT_THAT(curve.notes, testing::Contains(testing::HasSubstr("contact was carried back")));
}

TEST(MattressCurve, PutsLayersInSeries) {
  // Two equal layers under equal pressure sink twice as far.
  IndenterTest test = made_test({});
  test.specimens[0].layer = "top";
  test.specimens.push_back(test.specimens[0]);
  test.specimens[1].layer = "base";
  const MeasuredCurve curve = measure_mattress(test, known()).zones.at(0);
  EXPECT_THAT(curve.layers, testing::ElementsAre("top", "base"));
  EXPECT_DOUBLE_EQ(curve.thickness_m.value(), 0.30);
  EXPECT_LT(worst_error(curve, 0.30), 0.03);
}

TEST(MattressCurve, KeepsZonesApart) {
  IndenterTest test = made_test({});
  test.specimens[0].zone = "shoulder";
  test.specimens[0].y_from_m = 0.3;
  test.specimens[0].y_to_m = 0.6;
  test.specimens.push_back(test.specimens[0]);
  test.specimens[1].zone = "pelvis";
  for (IndenterReading& r : test.specimens[1].readings) r.force_n *= 1.5;
  const MattressCurves curves = measure_mattress(test, known());
  ASSERT_EQ(curves.zones.size(), 2U);
  EXPECT_EQ(curves.zones[0].zone, "shoulder");
  EXPECT_NEAR(*curves.zones[1].force_25_n / *curves.zones[0].force_25_n, 1.5, 1e-6);
  EXPECT_EQ(curves.zones[0].y_to_m, 0.6);
}

TEST(MattressCurve, DoubtsAForceInAnotherUnit) {
  const auto refusal = [](double factor, const char* unit) -> std::string {
    IndenterTest test = made_test({});
    test.force_unit = unit;
    for (IndenterReading& r : test.specimens[0].readings) r.force_n *= factor;
    try {
      measure_mattress(test, known());
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  // Newton taken for lbf and for kg, lbf and kg taken for newton.
  EXPECT_THAT(refusal(lbf, "lbf"), testing::HasSubstr("in N it would be usual"));
  EXPECT_THAT(refusal(9.80665, "kg"), testing::HasSubstr("in N"));
  EXPECT_THAT(refusal(1.0 / lbf, "N"), testing::HasSubstr("lbf it would be usual"));
  EXPECT_THAT(refusal(1.0 / 9.80665, "N"), testing::HasSubstr("kg"));
  EXPECT_EQ(refusal(1.0, "N"), "");

  IndenterTest test = made_test({});
  for (IndenterReading& r : test.specimens[0].readings) r.force_n *= lbf;
  EXPECT_NO_THROW(measure_mattress(test, known(), {true}));
}

TEST(MattressCurve, RefusesATestWithoutALoading) {
  IndenterTest test = made_test({});
  for (IndenterReading& r : test.specimens[0].readings) r.force_n = 7.0;
  EXPECT_THROW(measure_mattress(test, known()), InputError);
}

}  // namespace
}  // namespace matfit::test
