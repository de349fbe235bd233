#include "synthetic/departures.hpp"

#include "types/units.hpp"

#include <cmath>

namespace matfit {
namespace {

constexpr std::array<std::string_view, all_departures.size()> names{
    "none",       "contact_law",       "foam_law",  "shear",  "tissue",
    "body_shape", "mass_distribution", "spine_law", "sensor", "pose"};

constexpr double degree = pi / 180.0;

double to_either_side(Random& random, double low, double high) {
  const double size = random.uniform(low, high);
  return random.chance(0.5) ? size : -size;
}

void change_tissue(SleeperBody& body, Random& random) {
  const double factor = random.chance(0.5) ? 2.0 : 0.5;
  if (random.chance(0.5)) {
    body.flesh_thickness *= factor;
  } else {
    body.tissue_softness *= factor;
  }
}

void change_outline(SleeperBody& body, Random& random) {
  TrunkOutline& outline = body.outline;
  if (random.chance(0.6)) {
    outline.back_exponent = outline.front_exponent = 2.0;
  } else {
    outline.back_exponent = outline.front_exponent = 6.0;
  }
  outline.bulge_factor = random.chance(0.5) ? 0.3 : 1.8;
  outline.waist_lower_m = to_either_side(random, 0.015, 0.030);
}

void change_spine(SleeperBody& body, Random& random) {
  SpineLaw& law = body.spine_law;
  switch (random.integer(0, 3)) {
    case 0: law.bending = BendingLaw::neutral_zone; break;
    case 1: law.bending = BendingLaw::stiffening; break;
    case 2: law = {BendingLaw::linear, 4.0, 0.5}; break;
    default: law = {BendingLaw::linear, 0.3, 2.5};
  }
}

void curl_up(SleeperPose& pose, Random& random) {
  if (!is_side(pose.posture)) {
    pose.lateral_flexion_rad = to_either_side(random, 18.0, 28.0) * degree;
    return;
  }
  const double hip_rad = random.uniform(95.0, 125.0) * degree;
  const double knee_rad = random.uniform(100.0, 135.0) * degree;
  for (LimbPose* leg : {&pose.left_leg, &pose.right_leg}) {
    leg->root_angle_rad = hip_rad;
    leg->joint_angle_rad = knee_rad;
  }
  pose.trunk_flexion_rad = random.uniform(50.0, 75.0) * degree;
}

// Readings bend away from pressure but meet it where most of a body presses.
void bend_response(MatSensor& sensor, double exponent) {
  constexpr double met_share = 0.35;  // of the sensor's reference pressure
  sensor.reference_reading *= std::pow(met_share, 1.0 - exponent);
  sensor.exponent = exponent;
}

void tilt_gains(MatSensor& sensor, Random& random) {
  const double along = to_either_side(random, 0.15, 0.35);
  const double across = random.uniform(-0.15, 0.15);
  const auto rows = static_cast<double>(sensor.gain.rows());
  const auto cols = static_cast<double>(sensor.gain.cols());
  for (Eigen::Index row = 0; row < sensor.gain.rows(); ++row) {
    for (Eigen::Index col = 0; col < sensor.gain.cols(); ++col) {
      const double down = (static_cast<double>(row) + 0.5) / rows - 0.5;
      const double right = (static_cast<double>(col) + 0.5) / cols - 0.5;
      sensor.gain(row, col) *= 1.0 + 2.0 * (along * down + across * right);
    }
  }
}

}  // namespace

std::string_view name_of(Departure departure) { return names[static_cast<std::size_t>(departure)]; }

std::optional<Departure> departure_from_name(std::string_view name) {
  for (const Departure departure : all_departures) {
    if (name_of(departure) == name) return departure;
  }
  return std::nullopt;
}

void depart_in_body(SleeperBody& body, Departure departure, Random& random) {
  switch (departure) {
    case Departure::contact_law:
      body.flesh_law = random.chance(0.5) ? FleshLaw::linear : FleshLaw::locking;
      break;
    case Departure::tissue: change_tissue(body, random); break;
    case Departure::body_shape: change_outline(body, random); break;
    case Departure::mass_distribution:
      if (random.chance(0.4)) {
        body.segment_masses = SegmentMasses::dempster;
      } else {
        body.upper_mass_share += to_either_side(random, 0.03, 0.05);
      }
      break;
    case Departure::spine_law: change_spine(body, random); break;
    default: break;
  }
}

void depart_in_pose(SleeperPose& pose, Departure departure, Random& random) {
  if (departure != Departure::pose) return;
  switch (random.integer(0, 3)) {
    case 0: pose.roll_rad += to_either_side(random, 10.0, 15.0) * degree; break;
    case 1: pose.twist_rad = to_either_side(random, 12.0, 25.0) * degree; break;
    case 2:
      (pose.posture == Posture::right ? pose.right_arm : pose.left_arm).support =
          LimbSupport::under;
      break;
    default: curl_up(pose, random);
  }
}

void depart_in_mattress(MattressModel& mattress, Departure departure, Random& random) {
  if (departure == Departure::shear) {
    switch (random.integer(0, 2)) {
      case 0: mattress.shear_n_per_m = 0.0; break;
      case 1: mattress.shear_n_per_m *= 2.0; break;
      default: mattress.shear_law = ShearLaw::constant;
    }
    return;
  }
  if (departure != Departure::foam_law) return;
  const double lbf = indentation_lbf(mattress);
  if (random.chance(0.5)) {
    mattress.foam = {FoamLaw::progressive, 0.0, mattress.foam.modulus_pa, 0.0,
                     random.uniform(0.2, 0.6)};
  } else {
    const double stiffness_pa = mattress.foam.modulus_pa;
    mattress.foam = {FoamLaw::springs, random.uniform(0.05, 0.15) * stiffness_pa, stiffness_pa,
                     0.01 * stiffness_pa, 4.0};
    mattress.topper = Topper{
        {FoamLaw::closing, 0.10 * stiffness_pa, 0.8 * stiffness_pa, 0.10 * stiffness_pa, 1.5},
        random.uniform(0.03, 0.06)};
  }
  scale_firmness(mattress, lbf / indentation_lbf(mattress));
}

void depart_in_sensor(MatSensor& sensor, Departure departure, Random& random) {
  if (departure != Departure::sensor) return;
  switch (random.integer(0, 3)) {
    case 0: sensor.blur_m = random.uniform(0.030, 0.045); break;
    case 1: sensor.row_crosstalk = sensor.col_crosstalk = random.uniform(0.06, 0.12); break;
    case 2: bend_response(sensor, random.chance(0.5) ? 0.75 : 1.3); break;
    default: tilt_gains(sensor, random);
  }
}

}  // namespace matfit
