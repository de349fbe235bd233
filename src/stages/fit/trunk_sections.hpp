#pragma once

#include "stages/fit/section_law.hpp"
#include "stages/fit/spine_stations.hpp"
#include "stages/fit/trunk_unknowns.hpp"

#include "types/posture.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Nodes of the trunk, evenly spaced from C7 to the crotch.
struct TrunkPlaces {
  static constexpr Eigen::Index nodes = 15;

  explicit TrunkPlaces(const BodyEstimate& person);

  double spacing_m() const { return length_m / static_cast<double>(nodes - 1); }
  double below_c7(const Normal& height_fraction) const {
    return (c7_fraction - height_fraction.mean) * stature_m;
  }
  double fraction_at(double along_m) const { return c7_fraction - along_m / stature_m; }

  double c7_fraction;
  double stature_m;
  double length_m;
};

// From C7 to S1.
double spine_length_m(const BodyEstimate& person, const Anthropometry& known);

// Where the trunk narrows to the neck.
inline constexpr double neck_radius_m = 0.060;

// Of the upper arm that the shoulder lain upon rests with.
inline constexpr double lower_arm_radius_m = 0.050;

// How the slices of a body and what it lies on yield to each other; of the unknowns only some tell.
struct TrunkSections {
  std::vector<SectionLaw> trunk;  // at the nodes
  SectionLaw thigh, head;
  SectionLaw girdle;  // the shoulder lain upon
  double shear_n_per_m = 0.0;
  double decay_length_m = 0.0;

  static bool depend_on(TrunkUnknowns::Index unknown);
};

TrunkSections trunk_sections(Posture posture, const BodyEstimate& person,
                             const SkinStations& stations, const MattressResponse& mattress,
                             const MattressPresets& presets, const Eigen::VectorXd& unknowns);

}  // namespace matfit
