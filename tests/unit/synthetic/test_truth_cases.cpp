#include "synthetic/truth_cases.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace matfit {
namespace {

constexpr std::uint64_t seed = 20;

FrameBlock frames_of(const TruthRecording& lie) {
  return lie.recording.frames->read(0, lie.recording.size());
}

TEST(TruthCases, DepartureNamesReadBack) {
  for (int i = 0; i <= static_cast<int>(Departure::pose); ++i) {
    const auto departure = static_cast<Departure>(i);
    EXPECT_FALSE(name_of(departure).empty());
    EXPECT_EQ(departure_from_name(name_of(departure)), departure);
  }
  EXPECT_EQ(departure_from_name("weather"), std::nullopt);
}

TEST(TruthCases, PeopleMatsAndMattressesSpanWhatIsAsked) {
  std::map<std::string, int> mats, firmnesses;
  std::map<CurveKind, int> kinds;
  int women = 0, zoned = 0, off = 0;
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
    const double lbf = indentation_lbf(it.mattress);
    EXPECT_EQ(it.firmness, lbf < 22.5 ? "soft" : lbf < 30.0 ? "medium" : "firm") << lbf;
  }
  for (const auto& counts : {mats, firmnesses}) {
    ASSERT_EQ(counts.size(), 3U);
    for (const auto& [name, count] : counts) EXPECT_EQ(count, cases / 3) << name;
  }
  EXPECT_NEAR(women, cases / 2, 40);
  EXPECT_NEAR(zoned, cases / 4, 30);
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

}  // namespace
}  // namespace matfit
