#include "stages/calibrate/calibrate.hpp"
#include "stages/calibrate/cell_responses.hpp"
#include "stages/learn/learn_response_from_loads.hpp"
#include "types/response_curve.hpp"

#include "made_recording.hpp"
#include "numeric/random.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"
#include "types/units.hpp"
#include "unit/learn/made_levels.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

namespace matfit::test {
namespace {

constexpr double pa_per_count = 40.0;

double power_law(double p) { return 2.2 * std::pow(p, 0.62); }

MadeMat bed_mat() {
  MadeMat mat = made_mat(power_law);
  mat.rows = made_rows;
  mat.cols = made_cols;
  mat.pitch_m = 0.025;
  Random random(4);
  const Eigen::Index cells = mat.rows * mat.cols;
  mat.gain.resize(cells);
  mat.offset.resize(cells);
  for (Eigen::Index c = 0; c < cells; ++c) {
    mat.gain[c] = std::exp(random.normal(0.0, 0.15));
    mat.offset[c] = 40.0 + random.normal(0.0, 5.0);
  }
  mat.bend = Eigen::ArrayXd::Ones(cells);
  return mat;
}

// Somebody on the back, in Pa.
Eigen::ArrayXd body_pa() {
  const Map map = lying_body();
  Eigen::ArrayXd pressure(made_rows * made_cols);
  for (Eigen::Index i = 0; i < pressure.size(); ++i) pressure[i] = pa_per_count * map.data()[i];
  return pressure;
}

// Relative, over the cells that carry a load.
double rms_error(const PressureField& field) {
  const Eigen::ArrayXd truth = body_pa();
  double square = 0.0, count = 0.0;
  for (Eigen::Index i = 0; i < truth.size(); ++i) {
    if (truth[i] < 1000.0) continue;
    square += std::pow(field.pressure_pa(i / made_cols, i % made_cols) / truth[i] - 1.0, 2);
    count += 1.0;
  }
  return std::sqrt(square / count);
}

double mass_of(const Eigen::ArrayXd& pressure_pa) {
  return pressure_pa.sum() * 0.025 * 0.025 / standard_gravity_m_per_s2;
}

class ProfileUse : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    known_ = load_calibration_knowledge(project_folder() / "calibration");
    const std::vector<double> levels = {600, 1200, 2400, 4500, 7000, 10000, 14000};
    profile_ = std::make_shared<const MatProfile>(
        learn_response_from_loads(levels_of(bed_mat(), levels), {"bed", "levels.csv", 0.01})
            .profile);
  }

  static PressureSeries calibrated(const Recording& recording,
                                   const std::shared_ptr<const MatProfile>& profile) {
    CalibrateOptions options;
    options.profile = profile;
    return calibrate(recording, known_, options);
  }

  static Recording somebody(double factor = 1.0, std::size_t empty_frames = 10) {
    Recording recording =
        recording_under(bed_mat(), factor * body_pa(), false, 40, empty_frames, 77);
    recording.subject = Subject{};
    recording.subject->mass_kg = mass_of(factor * body_pa());
    return recording;
  }

  static bool says(const Quality& quality, const std::string& code) {
    return std::any_of(quality.reasons.begin(), quality.reasons.end(),
                       [&](const QualityReason& r) { return r.code == code; });
  }

  static CalibrationKnowledge known_;
  static std::shared_ptr<const MatProfile> profile_;
};

CalibrationKnowledge ProfileUse::known_;
std::shared_ptr<const MatProfile> ProfileUse::profile_;

TEST_F(ProfileUse, TurnsReadingsIntoAbsolutePressure) {
  const PressureSeries series = calibrated(somebody(), profile_);
  EXPECT_EQ(series.quality.units.source, "profile");
  EXPECT_TRUE(series.quality.units.absolute);
  ASSERT_TRUE(series.quality.load_over_weight);
  EXPECT_NEAR(*series.quality.load_over_weight, 1.0, 0.02);
  EXPECT_LT(rms_error(mean_field(series, 12, 40, series.orientation)), 0.02);
}

TEST_F(ProfileUse, GivesOtherPressuresThanScalingToWeight) {
  // Without a profile the bent response and the cells' gains stay in the map.
  EXPECT_GT(rms_error(mean_field(calibrated(somebody(), nullptr), 12, 40, {})), 0.15);
}

TEST_F(ProfileUse, StatesTheCommonErrorOfAllPressures) {
  const Quality quality = calibrated(somebody(), profile_).quality;
  ASSERT_TRUE(quality.units.relative_sd);
  // At least what the known loads themselves leave open.
  EXPECT_GT(*quality.units.relative_sd, 0.0099);
  EXPECT_LT(*quality.units.relative_sd, 0.03);
  EXPECT_FALSE(calibrated(somebody(), nullptr).quality.units.relative_sd);
}

TEST_F(ProfileUse, LetsTheCellsOwnErrorIntoTheErrorOfTheField) {
  auto sure = std::make_shared<MatProfile>(*profile_);
  for (ResponseError& error : sure->error) error.cell_relative_sd = 0.0;
  auto unsure = std::make_shared<MatProfile>(*profile_);
  for (ResponseError& error : unsure->error) error.cell_relative_sd = 0.1;
  const Recording recording = somebody();
  const PressureField a = mean_field(calibrated(recording, sure), 12, 40, {});
  const PressureField b = mean_field(calibrated(recording, unsure), 12, 40, {});
  const Eigen::ArrayXXd added = (b.sd_pa.square() - a.sd_pa.square()).sqrt();
  EXPECT_LT((added - 0.1 * a.pressure_pa).abs().maxCoeff(), 1.0);
}

TEST_F(ProfileUse, HoldsReadingsBeyondTheRangeAtItsEndAndSaysSo) {
  const PressureSeries within = calibrated(somebody(), profile_);
  EXPECT_FALSE(says(within.quality, "out_of_calibrated_range"));
  const PressureSeries beyond = calibrated(somebody(1.6), profile_);
  EXPECT_TRUE(says(beyond.quality, "out_of_calibrated_range"));
  EXPECT_NE(beyond.quality.grade, Grade::a);
  const FrameBlock frames = beyond.frames_pa->read(15, 10);
  EXPECT_FLOAT_EQ(frames.maxCoeff(), static_cast<float>(highest_pressure_pa(*profile_)));
}

TEST_F(ProfileUse, KeepsEachCellsBackgroundWhereNoEmptyFrameTellsIt) {
  const PressureSeries series = calibrated(somebody(1.0, 0), profile_);
  const PressureField field = mean_field(series, 5, 40, series.orientation);
  const Eigen::ArrayXd truth = body_pa();
  double off = 0.0, count = 0.0;
  for (Eigen::Index i = 0; i < truth.size(); ++i) {
    if (truth[i] < 1000.0 || truth[i] > 3000.0) continue;
    off += std::abs(field.pressure_pa(i / made_cols, i % made_cols) / truth[i] - 1.0);
    count += 1.0;
  }
  // One level for all would put cells off by 5 of 100 to 200 counts.
  EXPECT_LT(off / count, 0.025);
}

TEST_F(ProfileUse, RepairsCellsThatDidNotFollowTheLoad) {
  auto profile = std::make_shared<MatProfile>(*profile_);
  profile->cell_status[16 * made_cols + 15] = CellCalibration::no_response;
  const PressureSeries series = calibrated(somebody(), profile);
  EXPECT_TRUE(series.repaired(16, 15));
  EXPECT_THAT(series.quality.dead_cells, testing::Contains(std::array<int, 2>{16, 15}));
}

TEST_F(ProfileUse, DoubtsAProfileThatPutsTheLoadFarFromTheWeight) {
  Recording recording = somebody();
  recording.subject->mass_kg = 3.0 * *recording.subject->mass_kg;
  EXPECT_FALSE(calibrated(recording, profile_).quality.units.absolute);
}

TEST_F(ProfileUse, RefusesAProfileOfAnotherMatOrUnit) {
  auto other = std::make_shared<MatProfile>(*profile_);
  other->rows = 32;
  other->cols = 64;
  try {
    calibrated(somebody(), other);
    FAIL() << "not refused";
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("32 x 64 cells', expected 64 x 32"));
  }
  auto in_kpa = std::make_shared<MatProfile>(*profile_);
  in_kpa->unit = PressureUnit::kpa;
  EXPECT_THROW(calibrated(somebody(), in_kpa), InputError);
}

TEST_F(ProfileUse, TurnsWithTheMat) {
  // Profile and recording mirrored give the mirrored pressure.
  const Recording recording = somebody();
  const Recording mirrored = with_frames(recording, [](FrameBlock& frames) {
    for (Eigen::Index t = 0; t < frames.rows(); ++t) {
      Eigen::Map<Map> map(frames.data() + t * frames.cols(), made_rows, made_cols);
      const Map copy = map;
      map = copy.rowwise().reverse();
    }
  });
  auto turned = std::make_shared<MatProfile>(*profile_);
  turned->gain = profile_->gain.rowwise().reverse().eval();
  turned->background = profile_->background.rowwise().reverse().eval();
  const PressureField a = mean_field(calibrated(recording, profile_), 12, 40, {});
  const PressureField b = mean_field(calibrated(mirrored, turned), 12, 40, {});
  EXPECT_LT((a.pressure_pa - b.pressure_pa.rowwise().reverse()).abs().maxCoeff(), 0.01);
}

TEST(CellResponses, AgreeWithTheCurvesTheyAreMadeFrom) {
  MatProfile profile;
  profile.rows = 1;
  profile.cols = 3;
  profile.gain.resize(1, 3);
  profile.gain << 1.0, 0.7, 1.4;
  profile.lowest_reading = 30.0;
  profile.highest_reading = 1000.0;
  for (const double exponent : {0.5, 1.0, 1.7}) {
    profile.response.kind = ResponseKind::power;
    profile.response.exponent = exponent;
    profile.response.factor = 12000.0 / std::pow(1000.0, exponent);
    profile.cell_curves.clear();
    const CellResponses common(profile);
    profile.cell_curves.assign(3, profile.response);
    const CellResponses own(profile);
    for (Eigen::Index c = 0; c < 3; ++c) {
      const Response exact = response_of_cell(profile, c);
      for (double reading = 1.0; reading < 990.0; reading *= 1.1) {
        // The table cuts the corner where the straight part ends.
        if (std::abs(std::sqrt(reading / 1000.0) - std::sqrt(0.03)) < 1.0 / 128.0) continue;
        const double pressure = exact.pressure_pa(reading);
        const auto raw = static_cast<float>(reading * profile.gain(0, c));
        EXPECT_NEAR(common.pressure_pa(c, raw), pressure, 2e-4 * 12000.0) << reading;
        EXPECT_NEAR(own.pressure_pa(c, raw), pressure, 2e-4 * 12000.0) << reading;
      }
      EXPECT_EQ(common.pressure_pa(c, 1500.0F), common.highest_pa());
      EXPECT_EQ(common.pressure_pa(c, 0.0F), 0.0F);
    }
    EXPECT_NEAR(common.highest_pa(), 12000.0, 0.01);
  }
}

}  // namespace
}  // namespace matfit::test
