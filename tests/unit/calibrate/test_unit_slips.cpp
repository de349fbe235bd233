#include "numeric/random.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/calibrate/unit_slips.hpp"
#include "support/datasets.hpp"
#include "synthetic/simulate.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const CalibrationKnowledge& knowledge() {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return known;
}

// How a right recording in mmHg is stated wrongly.
struct Slip {
  PressureUnit stated;
  double stated_per_mmhg;   // what the file holds for each mmHg
  double per_cell_area_m2;  // the same for each m2 of cell; 0: it does not go with it
  double pitch_factor;      // stated pitch over the true one
  double step;              // to which the values were rounded; 0: not at all
  const char* named;
};

constexpr double kpa_per_mmhg = pa_per_mmhg / pa_per_kpa;

const std::vector<Slip> slips = {
    {PressureUnit::mmhg, kpa_per_mmhg, 0.0, 1.0, 0.01, "kPa read as mmHg"},
    {PressureUnit::kpa, pa_per_mmhg / pa_per_psi, 0.0, 1.0, 0.01, "psi read as kPa"},
    {PressureUnit::mmhg, pa_per_mmhg / pa_per_psi, 0.0, 1.0, 0.01, "psi read as mmHg"},
    {PressureUnit::mmhg, 10.0, 0.0, 1.0, 1.0, "tenths of mmHg, or counts"},
    {PressureUnit::kpa, 1.0, 0.0, 1.0, 0.1, "mmHg read as kPa"},
    {PressureUnit::mmhg, pa_per_mmhg / 1e4, 0.0, 1.0, 0.001, "N/cm2 read as mmHg"},
    {PressureUnit::kpa, pa_per_mmhg / 1e4, 0.0, 1.0, 0.001, "N/cm2"},
    {PressureUnit::mmhg, 1.0 / 0.73556, 0.0, 1.0, 0.1, "gf/cm2 read as mmHg"},
    {PressureUnit::kpa, 1.0 / 0.73556, 0.0, 1.0, 0.1, "gf/cm2"},
    {PressureUnit::mmhg, 0.1, 0.0, 1.0, 0.01, "units of ten mmHg"},
    {PressureUnit::mmhg, 0.0, pa_per_mmhg, 1.0, 0.001, "force on each cell in N"},
    {PressureUnit::kpa, 0.0, pa_per_mmhg, 1.0, 0.001, "force on each cell in N"},
    {PressureUnit::mmhg, 0.0, pa_per_mmhg / 0.00980665, 1.0, 0.1, "force on each cell in gf"},
    {PressureUnit::mmhg, 1.0, 0.0, 0.1, 0.1, "a pitch in cm taken for mm"},
    {PressureUnit::mmhg, 1.0, 0.0, 10.0, 0.1, "a pitch in mm taken for cm"},
    {PressureUnit::mmhg, 1.0, 0.0, 2.54, 0.1, "a pitch in cm taken for inches"},
    {PressureUnit::mmhg, 1.0, 0.0, 1.0 / 2.54, 0.1, "a pitch in inches taken for cm"},
    {PressureUnit::mmhg, pa_per_mmhg, 0.0, 1.0, 1.0, "Pa read as mmHg"},
};

Recording of_frames(const FrameBlock& mmhg, const MatGeometry& geometry, double mass_kg) {
  Recording r;
  r.id = "person";
  r.unit = PressureUnit::mmhg;
  r.integer_counts = false;
  r.mat.geometry = geometry;
  r.frames = std::make_shared<MemoryFrames>(mmhg);
  for (Eigen::Index i = 0; i < mmhg.rows(); ++i) r.time_s.push_back(static_cast<double>(i));
  r.subject = Subject{};
  r.subject->mass_kg = mass_kg;
  return r;
}

Recording misstated(const Recording& right, const Slip& slip) {
  Recording r = right;
  FrameBlock values = right.frames->read(0, right.size());
  values *= static_cast<float>(slip.stated_per_mmhg +
                               slip.per_cell_area_m2 * right.mat.geometry.cell_area_m2());
  const auto step = static_cast<float>(slip.step);
  if (step > 0.0F) values = (values / step).round() * step;
  r.frames = std::make_shared<MemoryFrames>(std::move(values));
  r.unit = slip.stated;
  r.mat.geometry.row_pitch_m *= slip.pitch_factor;
  r.mat.geometry.col_pitch_m *= slip.pitch_factor;
  return r;
}

double load_kg(const Recording& r) {
  const double pa_per_unit = r.unit == PressureUnit::mmhg ? pa_per_mmhg : pa_per_kpa;
  return r.frames->read(0, 1).cast<double>().sum() * pa_per_unit * r.mat.geometry.cell_area_m2() /
         standard_gravity_m_per_s2;
}

std::string suspected(const Recording& r, bool with_mass) {
  StatedLoad stated = {r.unit, load_kg(r) * standard_gravity_m_per_s2, std::nullopt,
                       r.mat.geometry};
  if (with_mass) stated.mass_kg = r.subject->mass_kg;
  return suspected_slips(stated, knowledge());
}

bool gives(const Quality& quality, const std::string& code) {
  return std::any_of(quality.reasons.begin(), quality.reasons.end(),
                     [&](const QualityReason& reason) { return reason.code == code; });
}

std::string text_of(const Quality& quality, const std::string& code) {
  for (const QualityReason& reason : quality.reasons) {
    if (reason.code == code) return reason.text;
  }
  return "";
}

// Real recordings of people wholly on the mat: their mean map, scaled to bear a weight that goes
// from 45 to 140 kg from one to the next.
std::vector<Recording> people_in_mmhg(const std::filesystem::path& datasets) {
  std::vector<std::filesystem::path> files;
  for (const char* experiment : {"pmatdata/experiment-i", "pmatdata/experiment-ii"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(datasets / experiment)) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<Recording> people;
  for (const auto& file : files) {
    Recording recording = read_recording(file);
    recording.subject = Subject{};
    recording.subject->mass_kg = 80.0;
    const PressureSeries series = calibrate(recording, knowledge());
    if (series.quality.grade == Grade::f || gives(series.quality, "off_the_mat")) continue;
    std::size_t middle = series.size() / 2;
    while (series.valid[middle] == 0) ++middle;
    const double mass_kg = 45.0 + static_cast<double>((people.size() * 37) % 96);
    FrameBlock frame = series.frames_pa->read(middle, 1);
    const double bears_kg =
        frame.cast<double>().sum() * series.geometry.cell_area_m2() / standard_gravity_m_per_s2;
    frame *= static_cast<float>(mass_kg / bears_kg / pa_per_mmhg);
    people.push_back(of_frames(frame, series.geometry, mass_kg));
  }
  return people;
}

std::vector<Recording> simulated_people() {
  std::vector<Recording> people;
  for (std::uint64_t i = 0; i < 12; ++i) {
    Random random(derived_seed(5, i));
    const SleeperBody body = random_body(random);
    const MattressModel mattress = random_mattress(random);
    const SleeperPose pose = random_pose(i % 2 == 0 ? Posture::supine : Posture::left, random);
    const MatGeometry mat = {64, 32, 0.03, 0.028};
    LieOptions coarse;
    coarse.fine_pitch_m = 0.02;
    const SimulatedLie lie = lie_down(body, pose, mattress, mat, coarse);
    FrameBlock frame(1, mat.cells());
    for (int k = 0; k < mat.cells(); ++k) {
      frame(0, k) = static_cast<float>(lie.pressure_pa(k / mat.cols, k % mat.cols) / pa_per_mmhg);
    }
    people.push_back(of_frames(frame, mat, body.mass_kg));
  }
  return people;
}

void expect_every_slip_named(const std::vector<Recording>& people) {
  for (std::size_t i = 0; i < people.size(); ++i) {
    EXPECT_THAT(suspected(people[i], true), IsEmpty()) << i;
    EXPECT_THAT(suspected(people[i], false), IsEmpty()) << i;
    for (const Slip& slip : slips) {
      EXPECT_THAT(suspected(misstated(people[i], slip), true), HasSubstr(slip.named)) << i;
    }
  }
}

TEST(UnitSlips, OfWholeBodiesAreNamedEveryTimeAndRightOnesNever) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<Recording> people = people_in_mmhg(datasets);
  EXPECT_GE(people.size(), 430U);
  expect_every_slip_named(people);
}

TEST(UnitSlips, OfSimulatedBodiesAreNamedEveryTimeAndRightOnesNever) {
  expect_every_slip_named(simulated_people());
}

TEST(UnitSlips, WithoutAMassAreToldWhereNobodyCouldWeighSo) {
  MATFIT_REAL_RECORDINGS(datasets);
  for (const Recording& person : people_in_mmhg(datasets)) {
    for (const Slip& slip : slips) {
      const Recording wrong = misstated(person, slip);
      // What could be somebody's weight cannot be told from it.
      if (is_mass_of_a_person(load_kg(wrong))) {
        EXPECT_THAT(suspected(wrong, false), IsEmpty());
      } else {
        EXPECT_THAT(suspected(wrong, false), HasSubstr(slip.named)) << load_kg(wrong);
      }
    }
  }
}

TEST(UnitSlips, ReachTheGradeAndItsReasons) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<Recording> people = people_in_mmhg(datasets);
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Quality right = calibrate(people[i], knowledge()).quality;
    EXPECT_FALSE(gives(right, "unit_mistake")) << i;
    EXPECT_FALSE(gives(right, "load_mismatch")) << i;
    const Slip& slip = slips[i % slips.size()];
    const Quality wrong = calibrate(misstated(people[i], slip), knowledge()).quality;
    EXPECT_THAT(text_of(wrong, "unit_mistake"), HasSubstr(slip.named)) << i;
    EXPECT_NE(wrong.grade, Grade::a);
    EXPECT_NE(wrong.grade, Grade::b);
  }
}

TEST(UnitSlips, AnAbsurdLoadIsRefusedWithTheSlipInItsReason) {
  Recording r = simulated_people().front();
  r = misstated(r, {PressureUnit::mmhg, 85.0, 0.0, 1.0, 0.0, ""});
  const Quality with = calibrate(r, knowledge()).quality;
  EXPECT_EQ(with.grade, Grade::f);
  EXPECT_THAT(text_of(with, "load_mismatch"), HasSubstr("hundredths of mmHg, or counts"));
  EXPECT_THAT(text_of(with, "load_mismatch"), HasSubstr("kN"));
  EXPECT_FALSE(with.units.absolute);
  r.subject.reset();
  const Quality without = calibrate(r, knowledge()).quality;
  EXPECT_EQ(without.grade, Grade::f);
  EXPECT_THAT(text_of(without, "impossible_load"), HasSubstr("read as mmHg"));
  EXPECT_FALSE(without.units.absolute);
}

TEST(UnitSlips, ALoadFarAboveTheWeightThatNoSlipExplainsIsOfCounts) {
  const MatGeometry bed = {64, 32, 0.03, 0.028};
  EXPECT_EQ(suspected_slips({PressureUnit::mmhg, 3.3 * 80.0 * 9.80665, 80.0, bed}, knowledge()),
            "raw counts taken for mmHg");
}

TEST(UnitSlips, PartOfABodyIsNoSlip) {
  const MatGeometry bed = {64, 32, 0.03, 0.028};
  for (const double share : {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
    EXPECT_EQ(suspected_slips({PressureUnit::mmhg, share * 80.0 * 9.80665, 80.0, bed}, knowledge()),
              "")
        << share;
  }
}

TEST(UnitSlips, OfThePitchAreNamedOnlyForAMatThatIsNoBed) {
  const double load_n = 6.45 * 80.0 * standard_gravity_m_per_s2;
  const MatGeometry bed = {64, 32, 0.03, 0.028};
  const MatGeometry hall = {64, 32, 0.03 * 2.54, 0.028 * 2.54};
  EXPECT_THAT(suspected_slips({PressureUnit::mmhg, load_n, 80.0, bed}, knowledge()),
              testing::Not(HasSubstr("pitch")));
  EXPECT_THAT(suspected_slips({PressureUnit::mmhg, load_n, 80.0, hall}, knowledge()),
              HasSubstr("a pitch in cm taken for inches"));
}

}  // namespace
}  // namespace matfit
