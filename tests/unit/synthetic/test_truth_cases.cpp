#include "synthetic/truth_cases.hpp"

#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

namespace matfit {
namespace {

constexpr std::uint64_t seed = 20;

FrameBlock frames_of(const TruthRecording& lie) {
  return lie.recording.frames->read(0, lie.recording.size());
}

TEST(TruthCases, PeopleMatsAndMattressesSpanWhatIsAsked) {
  std::map<std::string, int> mats, firmnesses;
  std::map<CurveKind, int> kinds;
  int women = 0, zoned = 0, off = 0, sagging = 0, layered = 0;
  constexpr int cases = 360;
  for (std::size_t i = 0; i < cases; ++i) {
    const TruthCase it = truth_case(i, seed);
    EXPECT_GE(it.body.stature_m, 1.50);
    EXPECT_LE(it.body.stature_m, 2.00);
    EXPECT_GE(it.body.mass_kg, 45.0);
    EXPECT_LE(it.body.mass_kg, 140.0);
    EXPECT_FALSE(it.pose.wedge);
    ++mats[it.mat];
    ++firmnesses[it.firmness];
    ++kinds[it.curve_kind];
    women += it.body.sex == Sex::female ? 1 : 0;
    zoned += it.zoned ? 1 : 0;
    off += it.off_average ? 1 : 0;
    sagging += it.sagging ? 1 : 0;
    layered += it.mattress.topper ? 1 : 0;
    const double lbf = indentation_lbf(it.mattress);
    EXPECT_EQ(it.firmness, lbf < 22.5 ? "soft" : lbf < 30.0 ? "medium" : "firm") << lbf;
  }
  for (const auto& counts : {mats, firmnesses}) {
    ASSERT_EQ(counts.size(), 3U);
    for (const auto& [name, count] : counts) EXPECT_EQ(count, cases / 3) << name;
  }
  EXPECT_NEAR(women, cases / 2, 40);
  EXPECT_NEAR(zoned, cases / 4, 30);
  EXPECT_NEAR(sagging, cases / 4, 30);
  EXPECT_GT(layered, cases / 5);
  EXPECT_EQ(off, cases / 5);
  EXPECT_GT(kinds[CurveKind::uniform], cases / 3);
  EXPECT_GT(kinds[CurveKind::disc_203mm], cases / 3);
}

TEST(TruthCases, SameCaseTwiceGivesTheSameBytes) {
  const TruthRecording a = recorded(truth_case(7, seed), 3);
  const TruthRecording b = recorded(truth_case(7, seed), 3);
  EXPECT_TRUE((frames_of(a) == frames_of(b)).all());
  EXPECT_EQ(a.truth.metrics, b.truth.metrics);
  EXPECT_EQ(a.mattress.curve.back().pressure_pa, b.mattress.curve.back().pressure_pa);
  EXPECT_EQ(a.measured_subject.hip_breadth_m, b.measured_subject.hip_breadth_m);
  const TruthRecording c = recorded(truth_case(7, seed), 4);
  EXPECT_FALSE((frames_of(a) == frames_of(c)).all());
}

TEST(TruthCases, SubjectCarriesBreadthsOnlyWhereTheyWereTaped) {
  const TruthRecording lie = recorded(truth_case(2, seed), 1);
  EXPECT_FALSE(lie.subject.hip_breadth_m);
  ASSERT_TRUE(lie.measured_subject.hip_breadth_m);
  EXPECT_TRUE(lie.measured_subject.waist_breadth_m);
  EXPECT_TRUE(lie.measured_subject.shoulder_breadth_m);
  EXPECT_EQ(lie.subject.stature_m, lie.measured_subject.stature_m);
  EXPECT_FALSE(lie.subject.age_years);
}

TEST(TruthCases, ReadingsCarryTheLoadWithinACalibrationsError) {
  double squares = 0.0;
  constexpr std::size_t cases = 36;
  for (std::size_t i = 0; i < cases; ++i) {
    const TruthCase it = truth_case(i, seed);
    const TruthRecording lie = recorded(it, 1);
    ASSERT_EQ(lie.recording.unit, PressureUnit::mmhg);
    const double read_n = static_cast<double>(frames_of(lie).row(0).sum()) * pa_per_mmhg *
                          it.sensor.geometry.cell_area_m2();
    EXPECT_NEAR(read_n / lie.truth.load_on_mat_n, 1.0, 0.20) << i;
    squares += std::pow(read_n / lie.truth.load_on_mat_n - 1.0, 2);
  }
  EXPECT_LT(std::sqrt(squares / cases), 0.075);
}

TEST(TruthCases, LaboratoryStatesTheNewMattressWithItsError) {
  for (std::size_t i = 0; i < 12; ++i) {
    const TruthCase it = truth_case(i, seed);
    const Mattress stated = recorded(it, 1).mattress;
    const Mattress exact = measured(it.mattress, it.curve_kind);
    EXPECT_EQ(stated.curve_kind, it.curve_kind);
    EXPECT_FALSE(stated.shear_n_per_m);
    ASSERT_EQ(stated.curve.size(), exact.curve.size());
    for (std::size_t k = 1; k < stated.curve.size(); ++k) {
      EXPECT_NEAR(stated.curve[k].pressure_pa / exact.curve[k].pressure_pa, 1.0, 0.15);
      EXPECT_NE(stated.curve[k].pressure_pa, exact.curve[k].pressure_pa);
      EXPECT_GT(stated.curve[k].pressure_pa, stated.curve[k - 1].pressure_pa);
    }
    EXPECT_NEAR(*stated.thickness_m, *exact.thickness_m, 0.008);
  }
}

// Every fifth person differs from the average by two standard deviations in one trait.
TEST(TruthCases, TraitsOffTheAverageTakeTurns) {
  const auto at = [](std::size_t turn) { return truth_case(5 * turn + 4, seed).body; };
  EXPECT_EQ(std::abs(at(0).deviations.hip_breadth), 2.0);
  EXPECT_EQ(std::abs(at(1).deviations.biacromial_breadth), 2.0);
  EXPECT_NEAR(std::abs(at(2).upper_mass_share), 0.017, 1e-12);
  EXPECT_NEAR(std::abs(std::log(at(3).tissue_softness)), 0.6, 1e-12);
  const SleeperBody body = at(4);
  const SleeperBody average = average_body(body.sex, body.stature_m, body.mass_kg);
  EXPECT_NEAR(std::abs(body.lordosis_depth_m - average.lordosis_depth_m), 0.014, 1e-12);
  EXPECT_EQ(std::abs(at(5).deviations.hip_breadth), 2.0);
}

}  // namespace
}  // namespace matfit
