#include "synthetic/departures.hpp"

#include "synthetic/contact_laws.hpp"
#include "synthetic/truth_cases.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace matfit {
namespace {

constexpr std::uint64_t seed = 20;

Eigen::ArrayXd last_frame(const TruthRecording& lie) {
  return lie.recording.frames->read(lie.recording.size() - 1, 1).row(0).cast<double>();
}

// How far a departure moves maps (share of the load) and metrics (root mean square) over some
// cases.
struct Effect {
  double map_share = 0.0;
  double metrics = 0.0;
};

Effect effect_of(Departure departure) {
  Effect effect;
  double squares = 0.0;
  int count = 0;
  constexpr std::size_t cases = 12;
  for (std::size_t i = 0; i < cases; ++i) {
    const TruthRecording plain = recorded(truth_case(i, seed), 1);
    const TruthRecording other = recorded(truth_case(i, seed, departure), 1);
    const Eigen::ArrayXd map = last_frame(plain);
    effect.map_share += (last_frame(other) - map).abs().sum() / map.sum() / cases;
    for (const auto& [name, value] : plain.truth.metrics) {
      squares += std::pow(other.truth.metrics.at(name) - value, 2);
      ++count;
    }
  }
  effect.metrics = std::sqrt(squares / count);
  return effect;
}

TEST(Departures, NamesReadBack) {
  std::set<std::string_view> names;
  for (const Departure departure : all_departures) {
    EXPECT_EQ(departure_from_name(name_of(departure)), departure);
    names.insert(name_of(departure));
  }
  EXPECT_EQ(names.size(), all_departures.size());
  EXPECT_EQ(departure_from_name("weather"), std::nullopt);
}

TEST(Departures, EachOfTheWorldChangesMapsAndTruth) {
  for (const Departure departure :
       {Departure::contact_law, Departure::foam_law, Departure::shear, Departure::tissue,
        Departure::body_shape, Departure::mass_distribution, Departure::spine_law,
        Departure::pose}) {
    const Effect effect = effect_of(departure);
    EXPECT_GT(effect.map_share, 0.008) << name_of(departure);
    EXPECT_GT(effect.metrics, 0.15) << name_of(departure);
  }
}

TEST(Departures, SensorChangesReadingsAndLeavesTheTruthAlone) {
  const Effect effect = effect_of(Departure::sensor);
  EXPECT_GT(effect.map_share, 0.08);
  EXPECT_EQ(effect.metrics, 0.0);
}

TEST(Departures, EachLeavesTheRestOfTheCaseAsItIs) {
  for (const Departure departure : all_departures) {
    for (std::size_t i = 0; i < 20; ++i) {
      const TruthCase plain = truth_case(i, seed);
      const TruthCase other = truth_case(i, seed, departure);
      EXPECT_EQ(plain.body.mass_kg, other.body.mass_kg);
      EXPECT_EQ(plain.body.deviations.hip_breadth, other.body.deviations.hip_breadth);
      EXPECT_EQ(plain.pose.posture, other.pose.posture);
      EXPECT_EQ(plain.mattress.thickness_m, other.mattress.thickness_m);
      EXPECT_EQ(plain.firmness, other.firmness);
      EXPECT_EQ(plain.mat, other.mat);
      EXPECT_EQ(plain.curve_kind, other.curve_kind);
      const bool same_sensor = (plain.sensor.gain == other.sensor.gain).all() &&
                               plain.sensor.blur_m == other.sensor.blur_m &&
                               plain.sensor.exponent == other.sensor.exponent &&
                               plain.sensor.row_crosstalk == other.sensor.row_crosstalk;
      EXPECT_EQ(same_sensor, departure != Departure::sensor);
      const bool same_foam = plain.mattress.foam.law == other.mattress.foam.law;
      EXPECT_EQ(same_foam, departure != Departure::foam_law);
      EXPECT_EQ(plain.body.flesh_law == other.body.flesh_law, departure != Departure::contact_law);
      const bool same_pose = plain.pose.roll_rad == other.pose.roll_rad &&
                             plain.pose.twist_rad == other.pose.twist_rad &&
                             plain.pose.left_arm.support == other.pose.left_arm.support &&
                             plain.pose.right_arm.support == other.pose.right_arm.support &&
                             plain.pose.trunk_flexion_rad == other.pose.trunk_flexion_rad &&
                             plain.pose.lateral_flexion_rad == other.pose.lateral_flexion_rad;
      EXPECT_EQ(same_pose, departure != Departure::pose);
    }
  }
}

TEST(Departures, AnotherFoamHasTheFirmnessOfTheFirst) {
  for (std::size_t i = 0; i < 8; ++i) {
    const double plain = indentation_lbf(truth_case(i, seed).mattress);
    EXPECT_NEAR(indentation_lbf(truth_case(i, seed, Departure::foam_law).mattress), plain,
                0.01 * plain);
  }
}

TEST(FleshLaws, SlopesAreDerivativesAndLawsAgreeHalfWay) {
  for (const FleshLaw law : {FleshLaw::hardening, FleshLaw::linear, FleshLaw::locking}) {
    const FleshLayer flesh{0.03, 12e3, law};
    for (const double share : {0.05, 0.3, 0.6, 0.84, 0.95}) {
      const double at = share * flesh.thickness_m;
      const double step = 1e-7;
      const double slope =
          (flesh_at(flesh, at + step).pressure_pa - flesh_at(flesh, at - step).pressure_pa) /
          (2.0 * step);
      EXPECT_NEAR(flesh_at(flesh, at).slope_pa_per_m / slope, 1.0, 1e-4) << share;
    }
    EXPECT_EQ(flesh_at(flesh, 0.0).pressure_pa, 0.0);
    EXPECT_NEAR(flesh_at(flesh, 0.55 * flesh.thickness_m).pressure_pa, 10.6e3, 0.5e3);
  }
  const auto near_the_bone = [](FleshLaw law) {
    return flesh_at({0.03, 12e3, law}, 0.027).pressure_pa;
  };
  EXPECT_GT(near_the_bone(FleshLaw::hardening), 1.3 * near_the_bone(FleshLaw::linear));
  EXPECT_GT(near_the_bone(FleshLaw::locking), 1.5 * near_the_bone(FleshLaw::hardening));
}

TEST(BendingLaws, SlopesAreDerivativesAndMomentsAreOdd) {
  for (const BendingLaw law :
       {BendingLaw::linear, BendingLaw::neutral_zone, BendingLaw::stiffening}) {
    BodyHinge hinge;
    hinge.stiffness_nm_per_rad = 50.0;
    hinge.law = law;
    for (const double angle : {0.01, 0.029, 0.031, 0.08}) {
      const double step = 1e-7;
      const double slope =
          (bending_at(hinge, angle + step).moment_nm - bending_at(hinge, angle - step).moment_nm) /
          (2.0 * step);
      EXPECT_NEAR(bending_at(hinge, angle).slope_nm_per_rad / slope, 1.0, 1e-5) << angle;
      EXPECT_EQ(bending_at(hinge, -angle).moment_nm, -bending_at(hinge, angle).moment_nm);
    }
  }
  const auto moment = [](BendingLaw law, double angle) {
    BodyHinge hinge;
    hinge.stiffness_nm_per_rad = 50.0;
    hinge.law = law;
    return bending_at(hinge, angle).moment_nm;
  };
  EXPECT_LT(moment(BendingLaw::neutral_zone, 0.02), 0.2 * moment(BendingLaw::linear, 0.02));
  EXPECT_GT(moment(BendingLaw::stiffening, 0.08), 2.0 * moment(BendingLaw::linear, 0.08));
}

}  // namespace
}  // namespace matfit
