#include "stages/learn/learn_response_from_loads.hpp"

#include "made_levels.hpp"
#include "numeric/random.hpp"
#include "types/error.hpp"
#include "types/response_curve.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace matfit::test {
namespace {

const std::vector<double> ten_levels = {700,  1300, 2000,  3300,  4700,
                                        6700, 9300, 12000, 16000, 20000};

double linear_law(double p) { return 0.05 * p; }
double power_law(double p) { return 2.2 * std::pow(p, 0.62); }
// A sigmoid in the logarithm of pressure: neither straight nor a power.
double bent_law(double p) { return 3000.0 * std::pow(p, 1.6) / (std::pow(p, 1.6) + 3.0e6); }

LearnedProfile learn(const std::vector<LoadedRecording>& levels) {
  return learn_response_from_loads(levels, {"mat", "levels.csv", 0.0});
}

const CurveTrial& chosen(const LearnedProfile& learned) {
  return learned.certificate.trials[learned.certificate.chosen];
}

std::string refusal(const std::vector<LoadedRecording>& levels) {
  try {
    learn(levels);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

// Pressure that the profile tells of one frame's cell.
double told_pa(const MatProfile& profile, const Recording& recording, Eigen::Index cell) {
  const FrameBlock frames = recording.frames->read(0, recording.size());
  const double reading = frames.col(cell).cast<double>().mean() -
                         profile.background(cell / profile.cols, cell % profile.cols);
  return response_of_cell(profile, cell).pressure_pa(reading / gain_of_cell(profile, cell));
}

TEST(LearnResponseFromLoads, TakesAStraightLineForALinearMat) {
  const LearnedProfile learned = learn(levels_of(made_mat(linear_law), ten_levels));
  EXPECT_EQ(chosen(learned).kind, "linear");
  EXPECT_FALSE(chosen(learned).own_curves);
  EXPECT_NEAR(learned.profile.response.factor, 20.0, 0.5);
  EXPECT_LT(chosen(learned).left_out_rms, 0.01);
}

TEST(LearnResponseFromLoads, TakesAPowerLawForAPowerLawMat) {
  const LearnedProfile learned = learn(levels_of(made_mat(power_law), ten_levels));
  EXPECT_EQ(chosen(learned).kind, "power");
  EXPECT_NEAR(learned.profile.response.exponent, 1.0 / 0.62, 0.03);
  EXPECT_LT(chosen(learned).left_out_rms, 0.01);
}

TEST(LearnResponseFromLoads, TakesACubicForAMatThatIsNeither) {
  const LearnedProfile learned = learn(levels_of(made_mat(bent_law), ten_levels));
  EXPECT_EQ(chosen(learned).kind, "monotone_cubic");
  for (const CurveTrial& trial : learned.certificate.trials) {
    if (trial.kind != "monotone_cubic") {
      EXPECT_GT(trial.left_out_rms, 2.0 * chosen(learned).left_out_rms) << trial.kind;
    }
  }
}

TEST(LearnResponseFromLoads, GivesCellsCurvesOfTheirOwnOnlyWhereTheyBendDifferently) {
  MadeMat mat = made_mat(power_law);
  EXPECT_FALSE(chosen(learn(levels_of(mat, ten_levels))).own_curves);
  Random random(5);
  for (double& bend : mat.bend) bend = random.normal(1.0, 0.12);
  const LearnedProfile learned = learn(levels_of(mat, ten_levels));
  EXPECT_TRUE(chosen(learned).own_curves);
  EXPECT_EQ(learned.profile.cell_curves.size(), 160U);
  EXPECT_EQ(learned.profile.cell_status.front(), CellCalibration::own);
}

TEST(LearnResponseFromLoads, FindsGainsAndBackgroundOfEachCell) {
  const MadeMat mat = made_mat(power_law);
  const LearnedProfile learned = learn(levels_of(mat, ten_levels));
  std::vector<double> ratios;
  for (Eigen::Index c = 0; c < 160; ++c) {
    ratios.push_back(mat.gain[c] / gain_of_cell(learned.profile, c));
    EXPECT_NEAR(learned.profile.background(c / 10, c % 10), mat.offset[c], 0.6);
  }
  for (const double ratio : ratios) EXPECT_NEAR(ratio / ratios[0], 1.0, 0.02);
}

// How the errors at pressures that no level had compare with the stated ones.
struct Coverage {
  double within_one_sd = 0.0;
  double within_two_sd = 0.0;
  double rms = 0.0;  // of error over stated sd
};

Coverage coverage_of(const MadeMat& mat, const MatProfile& profile,
                     const std::vector<LoadDirection>& directions) {
  Coverage out;
  double count = 0.0;
  for (const double pressure : {1000.0, 2600.0, 4000.0, 5600.0, 8000.0, 10500.0, 14000.0}) {
    for (const LoadDirection direction : directions) {
      // As many frames as the steady part of a level has.
      const LoadedRecording unseen = uniform_level(mat, pressure, direction, 30);
      for (Eigen::Index c = 0; c < 160; ++c) {
        const double told = told_pa(profile, unseen.recording, c);
        const double sd = told * error_at(profile, mat.law(told)).relative_sd;
        const double z = std::abs(told - pressure) / sd;
        out.within_one_sd += z < 1.0 ? 1.0 : 0.0;
        out.within_two_sd += z < 2.0 ? 1.0 : 0.0;
        out.rms += z * z;
        count += 1.0;
      }
    }
  }
  return {out.within_one_sd / count, out.within_two_sd / count, std::sqrt(out.rms / count)};
}

MadeMat mat_of_differing_cells(unsigned seed) {
  MadeMat mat = made_mat(power_law, 0.2, seed);
  mat.noise = 4.0;
  Random random(seed + 50);
  for (double& bend : mat.bend) bend = random.normal(1.0, 0.03);
  return mat;
}

TEST(LearnResponseFromLoads, TellsPressuresBetweenItsLevelsWithinItsStatedError) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const MadeMat mat = mat_of_differing_cells(seed);
    const Coverage of =
        coverage_of(mat, learn(levels_of(mat, ten_levels)).profile, {LoadDirection::unstated});
    EXPECT_GT(of.within_one_sd, 0.60) << seed;
    EXPECT_LT(of.within_one_sd, 0.82) << seed;
    EXPECT_GT(of.within_two_sd, 0.93) << seed;
    EXPECT_NEAR(of.rms, 1.0, 0.2) << seed;
  }
}

TEST(LearnResponseFromLoads, StatesHysteresisAsPartOfItsError) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    MadeMat mat = mat_of_differing_cells(seed);
    mat.hysteresis = 0.05;
    // The two branches lie to either side of the curve, so errors are not Gaussian.
    const Coverage of = coverage_of(mat, learn(levels_of(mat, ten_levels, true)).profile,
                                    {LoadDirection::up, LoadDirection::down});
    EXPECT_NEAR(of.rms, 1.0, 0.2) << seed;
    EXPECT_GT(of.within_two_sd, 0.93) << seed;
  }
}

TEST(LearnResponseFromLoads, MeasuresHysteresisBetweenUpAndDown) {
  MadeMat mat = made_mat(linear_law);
  mat.hysteresis = 0.06;
  const MatCertificate certificate = learn(levels_of(mat, ten_levels, true)).certificate;
  ASSERT_TRUE(certificate.hysteresis_worst);
  // 6 % more at the highest level, on a curve through the middle of both.
  EXPECT_NEAR(*certificate.hysteresis_worst, 0.06 / 1.03, 0.004);
  EXPECT_GT(*certificate.hysteresis_mean, 0.015);
  EXPECT_FALSE(learn(levels_of(mat, ten_levels)).certificate.hysteresis_mean);
}

TEST(LearnResponseFromLoads, UsesTheSettledPartOfEachLevelAndTellsItsCreep) {
  MadeMat mat = made_mat(linear_law);
  mat.creep_per_log_second = 0.03;
  std::vector<LoadedRecording> levels = {uniform_level(mat, 0.0)};
  for (const double p : ten_levels) {
    levels.push_back(uniform_level(mat, p, LoadDirection::unstated, 130, 10));
  }
  const LearnedProfile learned = learn(levels);
  ASSERT_TRUE(learned.profile.creep);
  EXPECT_NEAR(learned.profile.creep->rate_per_log_second, 0.03, 0.004);
  EXPECT_NEAR(learned.profile.creep->reference_s, 90.0, 3.0);
  EXPECT_EQ(learned.certificate.levels.front().first_frame, 70U);
  const double factor = 20.0 / (1.0 + 0.03 * std::log(90.0));
  EXPECT_NEAR(learned.profile.response.factor / factor, 1.0, 0.02);
}

TEST(LearnResponseFromLoads, TakesTheBackgroundFromUnloadedFramesWhereNoLevelIsZero) {
  const MadeMat mat = made_mat(linear_law);
  std::vector<LoadedRecording> levels;
  for (const double p : ten_levels) {
    levels.push_back(uniform_level(mat, p, LoadDirection::unstated, 60, 12));
  }
  const LearnedProfile learned = learn(levels);
  for (Eigen::Index c = 0; c < 160; ++c) {
    EXPECT_NEAR(learned.profile.background(c / 10, c % 10), mat.offset[c], 0.6);
  }
}

TEST(LearnResponseFromLoads, SaysWhichCellsDoNotFollowTheLoad) {
  MadeMat mat = made_mat(power_law);
  mat.gain[37] = 0.0;
  const LearnedProfile learned = learn(levels_of(mat, ten_levels));
  EXPECT_EQ(learned.profile.cell_status[37], CellCalibration::no_response);
  EXPECT_EQ(learned.profile.cell_status[38], CellCalibration::common);
  ASSERT_EQ(learned.certificate.uncalibrated.size(), 1U);
  EXPECT_EQ(learned.certificate.uncalibrated[0].row, 3);
  EXPECT_EQ(learned.certificate.uncalibrated[0].col, 7);
  EXPECT_EQ(learned.certificate.uncalibrated[0].why, "no response");
}

TEST(LearnResponseFromLoads, LearnsFromWeightsOnPartsOfTheMat) {
  const MadeMat mat = made_mat(linear_law);
  std::vector<LoadedRecording> levels = {uniform_level(mat, 0.0)};
  // A plate of 8 x 8 cells, in two places, with several weights.
  for (const int first_row : {0, 8}) {
    for (const double mass_kg : {5.0, 10.0, 20.0, 30.0}) {
      constexpr double area_m2 = 64 * 0.02 * 0.02;
      const double pressure = mass_kg * standard_gravity_m_per_s2 / area_m2;
      Eigen::ArrayXd map = Eigen::ArrayXd::Zero(160);
      for (int r = first_row; r < first_row + 8; ++r) {
        for (int c = 1; c < 9; ++c) map[r * 10 + c] = pressure;
      }
      LoadedRecording level;
      level.load.mass_kg = mass_kg;
      level.load.area_m2 = area_m2;
      level.load.file = "levels.csv";
      level.load.place = "line 9";
      level.recording = recording_under(mat, map, false);
      levels.push_back(level);
    }
  }
  const LearnedProfile learned = learn(levels);
  EXPECT_EQ(learned.profile.basis, "known_weights");
  EXPECT_EQ(chosen(learned).kind, "linear");
  EXPECT_NEAR(learned.profile.response.factor, 20.0, 1.0);
  for (const CertifiedLevel& level : learned.certificate.levels) {
    ASSERT_TRUE(level.load_over_weight);
    EXPECT_NEAR(*level.load_over_weight, 1.0, 0.05);
  }
  EXPECT_EQ(learned.certificate.uncalibrated.front().why, "not under any load");

  levels.back().load.area_m2 = 3.0 * 64 * 0.02 * 0.02;
  EXPECT_THAT(refusal(levels), testing::HasSubstr("line 9: got '768 cm2', expected the area"));
}

TEST(LearnResponseFromLoads, RefusesWhatCannotBecomeAProfile) {
  const MadeMat mat = made_mat(power_law);
  EXPECT_THAT(refusal(levels_of(mat, {1000, 2000})),
              testing::HasSubstr("2 levels over zero that differ by 5 % or more"));
  EXPECT_THAT(refusal(levels_of(mat, {1000, 1010, 2000, 2010})), testing::HasSubstr("2 levels"));

  std::vector<LoadedRecording> no_zero = levels_of(mat, ten_levels);
  no_zero.erase(no_zero.begin());
  EXPECT_THAT(refusal(no_zero), testing::HasSubstr("what an empty mat reads"));

  std::vector<LoadedRecording> swapped = levels_of(mat, ten_levels);
  std::swap(swapped[4].load.pressure_pa, swapped[6].load.pressure_pa);
  EXPECT_THAT(refusal(swapped), testing::HasSubstr("that of the level below"));

  std::vector<LoadedRecording> two_grids = levels_of(mat, ten_levels);
  MadeMat other = mat;
  other.rows = 10;
  other.cols = 16;
  two_grids.push_back(uniform_level(other, 500.0));
  EXPECT_THAT(refusal(two_grids), testing::HasSubstr("10 x 16 cells"));

  MadeMat dead = mat;
  dead.gain.head(90).setZero();
  EXPECT_THAT(refusal(levels_of(dead, ten_levels)), testing::HasSubstr("cells follow the load"));
}

TEST(LearnResponseFromLoads, DoesNotDependOnTheOrderOfTheTable) {
  std::vector<LoadedRecording> levels = levels_of(made_mat(power_law), ten_levels);
  const MatProfile one = learn(levels).profile;
  std::reverse(levels.begin(), levels.end());
  const MatProfile other = learn(levels).profile;
  EXPECT_EQ(one.response.factor, other.response.factor);
  EXPECT_EQ(one.response.exponent, other.response.exponent);
  EXPECT_TRUE((one.gain == other.gain).all());
}

}  // namespace
}  // namespace matfit::test
