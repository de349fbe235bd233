#include "synthetic/truth_cases.hpp"

#include "synthetic/simulate_recording.hpp"
#include "synthetic/varied_pose.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {
namespace {

struct NamedMat {
  const char* name;
  MatGeometry geometry;
};
const NamedMat mats[] = {{"fine", {72, 36, 0.027, 0.027}},
                         {"coarse", {40, 26, 0.050, 0.038}},
                         {"long_cells", {30, 11, 0.066, 0.088}}};

constexpr Posture postures[] = {Posture::supine, Posture::prone, Posture::left, Posture::right};

SleeperBody anyone(Random& random) {
  for (;;) {
    const Sex sex = random.chance(0.5) ? Sex::female : Sex::male;
    const double stature_m =
        sex == Sex::male ? random.normal(1.76, 0.08) : random.normal(1.63, 0.075);
    const double body_mass_index = 25.5 * std::exp(random.normal(0.0, 0.20));
    const double mass_kg = body_mass_index * stature_m * stature_m;
    SleeperBody body = individual_body(sex, stature_m, mass_kg, random);
    const bool wanted = stature_m >= 1.50 && stature_m <= 2.00 && mass_kg >= 45.0 &&
                        mass_kg <= 140.0 && body_mass_index >= 16.5 && body_mass_index <= 45.0;
    body.mass_places = TrunkMassPlaces::de_leva_centres;
    if (wanted) return body;
  }
}

// One trait two standard deviations from the average, to either side.
void put_off_average(SleeperBody& body, int trait, Random& random) {
  const double off = random.chance(0.5) ? 2.0 : -2.0;
  switch (trait) {
    case 0: body.deviations.hip_breadth = off; break;
    case 1:
      body.deviations.biacromial_breadth = off;
      body.deviations.bideltoid_breadth = off;
      break;
    case 2: body.upper_mass_share = 0.0085 * off; break;
    case 3: body.tissue_softness = std::exp(0.3 * off); break;
    default: {
      const SleeperBody average = average_body(body.sex, body.stature_m, body.mass_kg);
      body.lordosis_depth_m = average.lordosis_depth_m + 0.007 * off;
    }
  }
}

SleeperPose anyhow(Posture posture, Random& random) {
  const double kind = random.uniform();
  if (kind < 0.25) return plain_pose(posture);
  if (kind < 0.60) return random_pose(posture, random);
  for (;;) {
    SleeperPose pose = varied_pose(posture, random);
    if (!pose.wedge) return pose;
  }
}

struct FirmnessBand {
  const char* name;
  double low_lbf, high_lbf;  // on a 203 mm disc at a quarter's compression
};
// Trade bands of foam; extra firm counts as firm.
constexpr FirmnessBand bands[] = {
    {"soft", 11.0, 22.5}, {"medium", 22.5, 30.0}, {"firm", 30.0, 48.0}};

// Much as worn mattresses are when they are thrown away: some centimetres deep, softer by a fifth.
WornHollow hollow_under_pelvis(const MatGeometry& mat, Random& random) {
  WornHollow hollow;
  hollow.centre_m = {0.5 * mat.width_m() + random.normal(0.0, 0.05), random.uniform(0.90, 1.05)};
  hollow.spread_m = {random.uniform(0.15, 0.25), random.uniform(0.15, 0.25)};
  hollow.depth_m = random.uniform(0.010, 0.035);
  hollow.softened_share = random.uniform(0.10, 0.30);
  return hollow;
}

// A few centimetres of a softer foam.
Topper topper_for(const MattressModel& mattress, Random& random) {
  Topper topper{mattress.foam, random.uniform(0.03, 0.06)};
  const double softer = random.uniform(0.35, 0.7);
  topper.foam.plateau_pa *= softer;
  topper.foam.modulus_pa *= softer;
  topper.foam.closing_pa *= softer;
  return topper;
}

// Depth at which uniform compression bears that pressure.
double depth_under_m(const MattressModel& mattress, double pressure_pa) {
  const UniformCurve curve(mattress);
  double low = 0.0;
  double high = 0.95;
  for (int round = 0; round < 30; ++round) {
    const double middle = 0.5 * (low + high);
    (curve.pressure_pa(middle) < pressure_pa ? low : high) = middle;
  }
  return low * mattress.thickness_m;
}

// Of that firmness, and such as people lie on: nobody is sold a block in which a usual load sinks
// deeper than a hand is wide.
MattressModel mattress_in(const FirmnessBand& band, const MatGeometry& mat, Random& random) {
  constexpr double usual_pa = 4000.0;
  constexpr double deepest_m = 0.095;
  for (;;) {
    MattressModel mattress = random_mattress(random);
    if (random.chance(0.35)) mattress.topper = topper_for(mattress, random);
    const double wanted_lbf =
        std::exp(random.uniform(std::log(band.low_lbf), std::log(band.high_lbf)));
    scale_firmness(mattress, wanted_lbf / indentation_lbf(mattress));
    if (depth_under_m(mattress, usual_pa) > deepest_m) continue;
    if (random.chance(0.25)) mattress.hollow = hollow_under_pelvis(mat, random);
    return mattress;
  }
}

// A calibrated mat: its total load is right within some five per cent.
MatSensor calibrated_sensor(const MatGeometry& geometry, Random& random) {
  MatSensor sensor = ideal_sensor(geometry);
  const double common = random.normal(0.0, 0.04);
  const double of_cells = random.uniform(0.01, 0.10);
  for (int row = 0; row < geometry.rows; ++row) {
    for (int col = 0; col < geometry.cols; ++col) {
      sensor.gain(row, col) = std::exp(common + random.normal(0.0, of_cells));
    }
  }
  sensor.blur_m = random.uniform(0.004, 0.018);
  sensor.noise = random.uniform(0.1, 0.8);
  sensor.threshold = random.uniform(1.0, 4.0);
  sensor.offset = random.uniform(0.0, 0.4);
  sensor.quantum = random.chance(0.6) ? 1.0 : 0.1;
  sensor.saturation = random.uniform(150.0, 260.0);
  sensor.creep_per_decade = random.uniform(0.0, 0.03);
  return sensor;
}

CurveKind way_of_measuring(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.45) return CurveKind::uniform;
  return kind < 0.90 ? CurveKind::disc_203mm : CurveKind::platen_344mm;
}

// A laboratory's curve: a common error of rig and sample beside one of every reading. Coupling and
// wear are not what it states.
Mattress stated_by_laboratory(const TruthCase& truth_case, Random& random) {
  constexpr double common_sd = 0.03;
  constexpr double reading_sd = 0.01;
  Mattress out = measured(truth_case.mattress, truth_case.curve_kind);
  const double common = std::exp(random.normal(0.0, common_sd));
  double highest_pa = 0.0;
  for (CurvePoint& point : out.curve) {
    const double read_pa = point.pressure_pa * common * std::exp(random.normal(0.0, reading_sd));
    point.pressure_pa = point.pressure_pa > 0.0 ? std::max(read_pa, highest_pa + 1.0) : 0.0;
    highest_pa = point.pressure_pa;
  }
  out.curve_relative_sd = std::hypot(common_sd, reading_sd);
  out.thickness_m = *out.thickness_m + random.normal(0.0, 0.002);
  out.shear_n_per_m.reset();
  return out;
}

Subject stated(const SleeperBody& body) {
  Subject subject;
  subject.id = "truth";
  subject.sex = body.sex;
  subject.stature_m = 0.01 * std::round(100.0 * body.stature_m);
  subject.mass_kg = std::round(body.mass_kg);
  return subject;
}

Subject taped(const SleeperBody& body, Random& random) {
  constexpr double tape_sd_m = 0.005;
  const Subject exact = subject_of(body, "truth");
  Subject subject = stated(body);
  subject.shoulder_breadth_m = *exact.shoulder_breadth_m + random.normal(0.0, tape_sd_m);
  subject.waist_breadth_m = *exact.waist_breadth_m + random.normal(0.0, tape_sd_m);
  subject.hip_breadth_m = *exact.hip_breadth_m + random.normal(0.0, tape_sd_m);
  return subject;
}

}  // namespace

TruthCase truth_case(std::size_t index, std::uint64_t seed, Departure departure) {
  Random random(derived_seed(seed, index));
  TruthCase out;
  out.index = index;
  out.departure = departure;
  out.body = anyone(random);
  out.off_average = index % 5 == 4;
  if (out.off_average) put_off_average(out.body, static_cast<int>(index / 5 % 5), random);
  out.pose = anyhow(postures[index % std::size(postures)], random);
  const NamedMat& mat = mats[index % std::size(mats)];
  out.mat = mat.name;
  const FirmnessBand& band = bands[index / 3 % std::size(bands)];
  out.firmness = band.name;
  out.mattress = mattress_in(band, mat.geometry, random);
  out.zoned = !out.mattress.zones.empty();
  out.sagging = out.mattress.hollow.has_value();
  out.sensor = calibrated_sensor(mat.geometry, random);
  out.curve_kind = way_of_measuring(random);

  Random departs(derived_seed(derived_seed(seed, index), 1));
  depart_in_body(out.body, departure, departs);
  depart_in_pose(out.pose, departure, departs);
  depart_in_mattress(out.mattress, departure, departs);
  depart_in_sensor(out.sensor, departure, departs);
  return out;
}

TruthRecording recorded(const TruthCase& truth_case, std::uint64_t seed) {
  Random random(derived_seed(seed, truth_case.index));
  RecordingPlan plan;
  plan.id = "truth-" + std::to_string(truth_case.index);
  plan.body = truth_case.body;
  plan.mattress = truth_case.mattress;
  plan.sensor = truth_case.sensor;
  constexpr double lying_s = 6.0;
  plan.timeline = {{truth_case.pose.posture, lying_s, truth_case.pose}};
  plan.seed = random.bits();
  plan.lie.settle = {1000, 0.0005, 0.00005};
  SimulatedRecording lie = simulate_recording(plan);

  TruthRecording out;
  out.recording = std::move(lie.recording);
  out.truth = std::move(lie.bouts.front().truth);
  out.subject = stated(truth_case.body);
  out.measured_subject = taped(truth_case.body, random);
  out.mattress = stated_by_laboratory(truth_case, random);
  out.recording.subject = out.subject;
  out.recording.mattress = out.mattress;
  return out;
}

}  // namespace matfit
