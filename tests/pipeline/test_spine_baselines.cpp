#include "pipeline/spine_baselines.hpp"
#include "pipeline/spine_regression.hpp"

#include "numeric/random.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

const Anthropometry& known() {
  static const Anthropometry anthropometry =
      load_anthropometry(test::project_folder() / "calibration" / "anthropometry.toml");
  return anthropometry;
}

Subject somebody(double mass_kg) {
  Subject subject;
  subject.sex = Sex::female;
  subject.stature_m = 1.68;
  subject.mass_kg = mass_kg;
  return subject;
}

Mattress foam(double pressure_per_m) {
  Mattress mattress;
  mattress.thickness_m = 0.2;
  mattress.curve = {{0.02, 0.02 * pressure_per_m}, {0.10, 0.10 * pressure_per_m}};
  return mattress;
}

TEST(StatedCurve, IsStraightBetweenItsPointsAndBeyondThem) {
  const StatedCurve curve(foam(50e3));
  EXPECT_DOUBLE_EQ(curve.pressure_pa(0.01), 500.0);
  EXPECT_DOUBLE_EQ(curve.pressure_pa(0.05), 2500.0);
  EXPECT_DOUBLE_EQ(curve.pressure_pa(0.15), 7500.0);
  EXPECT_DOUBLE_EQ(curve.pressure_pa(-0.01), 0.0);
  for (const double depth_m : {0.003, 0.02, 0.07, 0.14}) {
    EXPECT_NEAR(curve.indentation_m(curve.pressure_pa(depth_m)), depth_m, 1e-12);
  }
  EXPECT_THROW(StatedCurve(Mattress{}), std::invalid_argument);
}

// A spine along the middle of a mat under an even pressure.
struct EvenLoad {
  PressureField field;
  BodyFit body;
  SpineFit spine;

  explicit EvenLoad(double pressure_pa) {
    field.geometry = {40, 20, 0.05, 0.05};
    field.pressure_pa = Eigen::ArrayXXd::Constant(40, 20, pressure_pa);
    LandmarkEstimate pelvis;
    pelvis.position_m = {0.5, 1.0};
    body.at(Landmark::pelvis) = pelvis;
    for (std::size_t i = 0; i < spine_level_count; ++i) {
      SpineLevel level;
      level.x_m = 0.5;
      level.y_m = 0.4 + 0.03 * static_cast<double>(i);
      spine.levels.push_back(level);
    }
  }

  SpineValues inverted(Posture posture) const {
    return plain_inversion(field, posture, body, spine, somebody(64.0), foam(50e3), known());
  }
};

TEST(PlainInversion, SinksAsTheCurveSaysUnderThePressureThere) {
  const EvenLoad load(2000.0);
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::left}) {
    const SpineValues values = load.inverted(posture);
    for (const char* name : {"thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm"}) {
      EXPECT_NEAR(values.at(name), 40.0, 1e-9) << name;
    }
  }
}

TEST(PlainInversion, TheHeightOnTheSideIsHalfTheBreadthLessTheSinkage) {
  const SpineValues shallow = EvenLoad(1000.0).inverted(Posture::left);
  const SpineValues deep = EvenLoad(2000.0).inverted(Posture::left);
  for (const std::string& level : level_height_names()) {
    EXPECT_NEAR(shallow.at(level) - deep.at(level), 20.0, 1e-9) << level;
  }
  // The same depth everywhere neither tilts nor bends the line of half breadths.
  EXPECT_NEAR(shallow.at("tilt_deg"), deep.at("tilt_deg"), 1e-9);
  EXPECT_GT(shallow.at("height_T2_mm"), 130.0);
  EXPECT_LT(shallow.at("height_T2_mm"), 200.0);
}

TEST(PlainInversion, MorePressureUnderThePelvisTiltsTheSpineDownThere) {
  EvenLoad load(1500.0);
  const double level = load.inverted(Posture::right).at("tilt_deg");
  for (Eigen::Index r = 15; r < 40; ++r) load.field.pressure_pa.row(r) += 1500.0;
  EXPECT_GT(load.inverted(Posture::right).at("tilt_deg"), level + 2.0);
}

TEST(PlainInversion, TellsNothingWithoutASpine) {
  EvenLoad load(2000.0);
  load.spine.levels.clear();
  EXPECT_TRUE(load.inverted(Posture::supine).empty());
}

TEST(IndependentSprings, SinkMoreUnderTheHeavierAndOnTheSofter) {
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::right}) {
    const SpineValues usual = independent_springs(posture, somebody(64.0), foam(50e3), known());
    const SpineValues heavy = independent_springs(posture, somebody(90.0), foam(50e3), known());
    const SpineValues soft = independent_springs(posture, somebody(64.0), foam(30e3), known());
    for (const char* name : {"thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm"}) {
      EXPECT_GT(usual.at(name), 5.0) << name;
      EXPECT_GT(heavy.at(name), usual.at(name)) << name;
      EXPECT_GT(soft.at(name), usual.at(name)) << name;
      EXPECT_LT(soft.at(name), 250.0) << name;
    }
  }
}

// By hand: a flat strip of springs would carry the trunk's weight at this depth; the round body
// must sink deeper, but not to twice of it and its own roundness.
TEST(IndependentSprings, CarryTheWeight) {
  const Subject subject = somebody(64.0);
  const SpineValues values = independent_springs(Posture::supine, subject, foam(50e3), known());
  const double length_m = (0.820 - 0.5 * (0.719 + 0.649)) * 1.68;
  const double breadth_m = 0.2064 - 0.0129 * 1.68 + 0.001238 * 64.0;
  const double flat_mm = 1e3 * 0.1545 * 64.0 * 9.80665 / (length_m * breadth_m * 50e3);
  EXPECT_GT(values.at("thorax_sink_mm"), flat_mm);
  EXPECT_LT(values.at("thorax_sink_mm"), flat_mm + 45.0);
}

CaseWithoutMap made_case(std::size_t person, Posture posture, Random& random) {
  CaseWithoutMap one;
  one.person = person;
  one.posture = posture;
  one.predictors = Eigen::RowVector3d(random.normal(), random.normal(), random.normal(50.0, 3.0));
  return one;
}

TEST(RegressionWithoutMap, RecoversACurvedLawByPosture) {
  Random random(3);
  std::vector<CaseWithoutMap> cases;
  for (std::size_t i = 0; i < 240; ++i) {
    cases.push_back(made_case(i, i % 2 == 0 ? Posture::left : Posture::supine, random));
    const Eigen::RowVectorXd& x = cases.back().predictors;
    cases.back().truth["thorax_sink_mm"] =
        i % 2 == 0 ? 5.0 + 2.0 * x[0] * x[1] + 0.1 * x[2] : -x[0];
    if (i % 2 == 0) cases.back().truth["tilt_deg"] = x[1];
  }
  const std::vector<SpineValues> told = regression_without_map(cases);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(told[i].size(), cases[i].truth.size());
    for (const auto& [name, truth] : cases[i].truth) EXPECT_NEAR(told[i].at(name), truth, 0.01);
  }
}

TEST(RegressionWithoutMap, NeverSeesThePersonThatItSpeaksOf) {
  Random random(4);
  std::vector<CaseWithoutMap> cases;
  for (std::size_t i = 0; i < 100; ++i) {
    // Each person twice, as under two departures.
    cases.push_back(made_case(i / 2, Posture::prone, random));
    cases.back().truth["pelvis_sink_mm"] = cases.back().predictors[0] + random.normal();
  }
  const std::vector<SpineValues> before = regression_without_map(cases);
  for (const std::size_t i : {std::size_t{20}, std::size_t{21}}) {
    cases[i].truth["pelvis_sink_mm"] = 1e6;
  }
  const std::vector<SpineValues> after = regression_without_map(cases);
  int changed = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const bool same = before[i].at("pelvis_sink_mm") == after[i].at("pelvis_sink_mm");
    if (i / 2 == 10) {
      EXPECT_TRUE(same) << i;
    }
    if (!same) ++changed;
  }
  EXPECT_GT(changed, 80);  // others are told by them
}

TEST(RegressionWithoutMap, TellsNothingFromAFewPeople) {
  Random random(5);
  std::vector<CaseWithoutMap> cases;
  for (std::size_t i = 0; i < 10; ++i) {
    cases.push_back(made_case(i, Posture::prone, random));
    cases.back().truth["pelvis_sink_mm"] = 1.0;
  }
  for (const SpineValues& values : regression_without_map(cases)) EXPECT_TRUE(values.empty());
}

TEST(RegressionWithoutMap, AsksForAllThatItRestsOn) {
  Subject subject = somebody(64.0);
  EXPECT_NO_THROW(predictors_without_map(subject, foam(50e3)));
  subject.mass_kg.reset();
  EXPECT_THROW(predictors_without_map(subject, foam(50e3)), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
