#include "stages/score/assess.hpp"

#include "made_up_bout.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace matfit {
namespace {

using test::assess;
using test::cites;
using test::good_quality;
using test::raw_quality;
using test::set_metric;
using test::set_ppi;
using test::shipped_guidance;
using test::straight_side_bout;

TEST(AssessQuality, RawReadingsGiveWiderPressureReliefThanPressures) {
  BoutResult bout = straight_side_bout();
  set_ppi(bout, 2.6);
  const Estimate absolute = assess(bout, good_quality()).pressure_relief;
  Quality same_value = raw_quality();
  set_ppi(bout, std::pow(2.6, 1.0 / shipped_guidance().thresholds.value("response_exponent")));
  const Estimate raw = assess(bout, same_value).pressure_relief;
  EXPECT_NEAR(raw.value, absolute.value, 3.0);
  EXPECT_GT(raw.sd, 1.2 * absolute.sd);
}

TEST(AssessQuality, RawReadingsOfAKnownResponseAreTakenAsTheyAreWithItsError) {
  BoutResult bout = straight_side_bout();
  set_ppi(bout, 2.6);
  Quality learned = raw_quality();
  learned.units.response_known = true;
  const Estimate exact = assess(bout, learned).pressure_relief;
  EXPECT_NEAR(exact.value, assess(bout, good_quality()).pressure_relief.value, 1e-9);
  const double mean_pa = bout.pressure.mean_pa;
  learned.units.error = {{mean_pa, 0.1}, {2.6 * mean_pa, 0.3}};
  EXPECT_GT(assess(bout, learned).pressure_relief.sd, 1.2 * exact.sd);
  learned.units.error = {{mean_pa, 0.3}};  // shared by all pressures: of no account to a ratio
  EXPECT_NEAR(assess(bout, learned).pressure_relief.sd, exact.sd, 1e-9);
}

TEST(AssessQuality, GradeFRefusesAnAssessment) {
  Quality quality = good_quality();
  quality.grade = Grade::f;
  const FitAssessment fit = assess(straight_side_bout(), quality);
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_FALSE(fit.score.known());
  EXPECT_TRUE(cites(fit, "C-grade"));
}

TEST(AssessQuality, GradeCOfAnUnknownFaultLeavesTheVerdictOpenAndWidensTheErrors) {
  BoutResult bout = straight_side_bout();
  set_metric(bout, "tilt_deg", 3.0, 1.0);
  Quality quality = good_quality();
  const double sd_a = assess(bout, quality).alignment.sd;
  quality.grade = Grade::c;
  quality.reasons = {{"something_new", "", ""}};
  const FitAssessment fit = assess(bout, quality);
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_GT(fit.alignment.sd, 1.2 * sd_a);
}

using Parts = std::vector<ResultPart>;

const Parts scale = {ResultPart::pressure, ResultPart::alignment, ResultPart::support};

Quality grade_c_of(const Parts& affects) {
  Quality quality = good_quality();
  quality.grade = Grade::c;
  quality.reasons = {{"fault", "", "", Grade::c, affects},
                     {"lesser", "", "", Grade::b, {ResultPart::everything}}};
  return quality;
}

// What the sentence about the grade names.
std::string barred_axes(const FitAssessment& fit) {
  const auto rule = std::find_if(fit.reasons.begin(), fit.reasons.end(),
                                 [](const FitReason& r) { return r.rule == "C-grade"; });
  return rule == fit.reasons.end() ? "" : rule->text;
}

TEST(AssessQuality, GradeCRefusesOnlyWhatTheReasonsThatKeepItThereConcern) {
  const std::string text = barred_axes(assess(straight_side_bout(), grade_c_of(scale)));
  EXPECT_NE(text.find("alignment"), std::string::npos);
  EXPECT_NE(text.find("support"), std::string::npos);
  EXPECT_EQ(text.find("pressure"), std::string::npos);
}

TEST(AssessQuality, GradeCOfTheScaleLeavesOnlyPressureToDecide) {
  const FitAssessment fit = assess(straight_side_bout(), grade_c_of(scale));
  EXPECT_EQ(fit.verdict, Verdict::undecided);
  EXPECT_TRUE(cites(fit, "C-pressure-alone"));
}

TEST(AssessQuality, GradeCGivesAVerdictWhereNoPartOfTheFitIsConcerned) {
  const BoutResult bout = straight_side_bout();
  ASSERT_EQ(assess(bout).verdict, Verdict::right);
  EXPECT_EQ(assess(bout, grade_c_of({ResultPart::movement, ResultPart::sides})).verdict,
            Verdict::right);
}

TEST(AssessQuality, GradeCGivesNoVerdictWhereEveryPartOfTheFitIsConcerned) {
  for (const Parts& parts :
       {Parts{ResultPart::everything}, Parts{ResultPart::posture}, Parts{ResultPart::landmarks},
        Parts{ResultPart::alignment, ResultPart::pressure_relief, ResultPart::support}, Parts{}}) {
    const FitAssessment fit = assess(straight_side_bout(), grade_c_of(parts));
    EXPECT_EQ(fit.verdict, Verdict::undecided);
    const std::string text = barred_axes(fit);
    for (const char* axis : {"alignment", "pressure relief", "support"}) {
      EXPECT_NE(text.find(axis), std::string::npos) << axis;
    }
  }
}

}  // namespace
}  // namespace matfit
