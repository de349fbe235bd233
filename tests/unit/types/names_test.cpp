#include "types/body.hpp"
#include "types/fit_assessment.hpp"
#include "types/mat_geometry.hpp"
#include "types/mattress.hpp"
#include "types/posture.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"
#include "types/spine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace matfit {
namespace {

TEST(Postures, HaveTheNumbersAndNamesOfRecordingFiles) {
  const std::vector<std::string> names = {"unknown", "empty", "supine", "prone",
                                          "left",    "right", "sitting"};
  ASSERT_EQ(names.size(), posture_count);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto posture = static_cast<Posture>(i);
    EXPECT_EQ(name_of(posture), names[i]);
    EXPECT_EQ(posture_named(names[i]), posture);
  }
  EXPECT_FALSE(posture_named("Supine").has_value());
  EXPECT_FALSE(posture_named("").has_value());
}

TEST(Postures, MirroringSwapsTheSidesOnlyAndTwiceIsNothing) {
  EXPECT_EQ(mirrored(Posture::left), Posture::right);
  EXPECT_EQ(mirrored(Posture::supine), Posture::supine);
  for (std::size_t i = 0; i < posture_count; ++i) {
    const auto p = static_cast<Posture>(i);
    EXPECT_EQ(mirrored(mirrored(p)), p);
    EXPECT_EQ(is_lying(p), is_lying(mirrored(p)));
  }
}

TEST(Postures, LyingIsBackStomachAndSides) {
  for (const Posture p : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
    EXPECT_TRUE(is_lying(p));
  }
  for (const Posture p : {Posture::unknown, Posture::empty, Posture::sitting}) {
    EXPECT_FALSE(is_lying(p));
  }
  EXPECT_TRUE(is_side(Posture::left));
  EXPECT_FALSE(is_side(Posture::prone));
}

TEST(Grades, HaveLettersAndFallFromAToF) {
  std::string letters;
  for (const Grade grade : all_grades) {
    EXPECT_EQ(grade_named(name_of(grade)), grade);
    letters += name_of(grade);
  }
  EXPECT_EQ(letters, "ABCF");
  EXPECT_TRUE(std::is_sorted(all_grades.begin(), all_grades.end()));
  EXPECT_FALSE(grade_named("D").has_value());
  EXPECT_FALSE(grade_named("").has_value());
}

TEST(Names, OfOrientationsComeBack) {
  for (const HeadEnd h : {HeadEnd::unknown, HeadEnd::first_row, HeadEnd::last_row,
                          HeadEnd::first_col, HeadEnd::last_col}) {
    EXPECT_EQ(head_end_named(name_of(h)), h);
  }
  for (const View v : {View::unknown, View::above, View::below}) {
    EXPECT_EQ(view_named(name_of(v)), v);
  }
  EXPECT_EQ(head_end_named("first_row"), HeadEnd::first_row);
  EXPECT_EQ(view_named("below"), View::below);
  EXPECT_FALSE(head_end_named("top").has_value());
  EXPECT_FALSE(view_named("up").has_value());
}

TEST(Names, OfUnitsAndCurvesComeBack) {
  EXPECT_EQ(pressure_unit_named("mmHg"), PressureUnit::mmhg);
  EXPECT_EQ(pressure_unit_named("kPa"), PressureUnit::kpa);
  EXPECT_EQ(pressure_unit_named("raw"), PressureUnit::raw);
  EXPECT_FALSE(pressure_unit_named("psi").has_value());
  for (const CurveKind k : {CurveKind::uniform, CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    EXPECT_EQ(curve_kind_named(name_of(k)), k);
  }
  EXPECT_FALSE(curve_kind_named("disc").has_value());
}

TEST(Names, OfLandmarksAreThoseOfTheResultsAndAllDifferent) {
  std::set<std::string> names;
  for (std::size_t i = 0; i < landmark_count; ++i) {
    names.emplace(name_of(static_cast<Landmark>(i)));
  }
  EXPECT_EQ(names, (std::set<std::string>{"head", "left_shoulder", "right_shoulder", "lumbar",
                                          "pelvis", "left_hip", "right_hip", "left_knee",
                                          "right_knee", "left_heel", "right_heel"}));
  EXPECT_EQ(name_of(Landmark::left_hip), "left_hip");
  EXPECT_EQ(name_of(Landmark::right_heel), "right_heel");
}

TEST(Names, OfVerdictsAndStatesAreThoseOfTheResults) {
  EXPECT_EQ(name_of(Verdict::undecided), "undecided");
  EXPECT_EQ(name_of(Verdict::too_soft), "too_soft");
  EXPECT_EQ(name_of(Verdict::right), "right");
  EXPECT_EQ(name_of(Verdict::too_firm), "too_firm");
  EXPECT_EQ(name_of(FitStatus::not_run), "not_run");
  EXPECT_EQ(name_of(FitStatus::converged), "converged");
  EXPECT_EQ(name_of(FitStatus::too_little_contact), "too_little_contact");
  EXPECT_EQ(name_of(SpinePlane::frontal), "frontal");
  EXPECT_EQ(name_of(SpineBasis::preset), "preset");
  EXPECT_EQ(name_of(SpineBasis::none), "none");
}

TEST(Defaults, SayThatNothingWasRun) {
  EXPECT_EQ(BodyFit{}.status, FitStatus::not_run);
  EXPECT_EQ(SpineFit{}.status, FitStatus::not_run);
  EXPECT_EQ(SpineFit{}.basis, SpineBasis::none);
  EXPECT_EQ(FitAssessment{}.verdict, Verdict::undecided);
  EXPECT_FALSE(FitAssessment{}.score.known());
  EXPECT_FALSE(BodyFit{}.at(Landmark::pelvis).has_value());
}

}  // namespace
}  // namespace matfit
