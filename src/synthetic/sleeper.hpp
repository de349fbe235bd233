#pragma once

#include "numeric/random.hpp"
#include "types/subject.hpp"

#include <string>

namespace matfit {

// How a person departs from the average of their sex, stature and mass, in standard errors of the
// regressions in body_dimensions.cpp.
struct BodyDeviations {
  double biacromial_breadth = 0.0;
  double bideltoid_breadth = 0.0;
  double chest_breadth = 0.0;
  double chest_depth = 0.0;
  double waist_breadth = 0.0;
  double waist_depth = 0.0;
  double hip_breadth = 0.0;
  double buttock_depth = 0.0;
  double head_breadth = 0.0;
  double leg_length = 0.0;
  double limb_girth = 0.0;
};

// How flesh between skin and bone answers compression by the share x of its thickness.
enum class FleshLaw {
  hardening,  // p = E (x + 2 x^3)
  linear,     // p = 1.6 E x, which meets it half-way
  locking,    // p = 0.7 E x / (1 - x), straight on beyond x = 0.85
};

// How the spine answers bending; k is its stiffness, both others have a width of some degrees.
enum class BendingLaw { linear, neutral_zone, stiffening };

struct SpineLaw {
  BendingLaw bending = BendingLaw::linear;
  double thorax_factor = 1.0;  // on the stiffness of neck and rib cage
  double lumbar_factor = 1.0;
};

// Sections of the trunk: superellipses |l|^n + |a|^n = 1 with bulges on them.
struct TrunkOutline {
  double back_exponent = 4.2;
  double front_exponent = 3.2;
  double bulge_factor = 1.0;   // on buttocks, belly, breasts and shoulder blades
  double waist_lower_m = 0.0;  // ribs and waist lie so much nearer to the feet
};

// Whose shares of the body's mass: de Leva (J Biomech 1996 29:1223), or Dempster's cadavers (1955)
// as tabulated by Winter (Biomechanics and Motor Control of Human Movement, 4th ed., table 4.1).
enum class SegmentMasses { de_leva, dempster };

// Where the trunk's masses hang: evenly over stretches of its outline, or between the landmarks and
// about the centres of de Leva's table 4, which puts the whole body's centre of mass where reaction
// boards find it, some 2 cm nearer to the head.
enum class TrunkMassPlaces { even_stretches, de_leva_centres };

// A made-up person: what the physics needs to know of them.
struct SleeperBody {
  Sex sex = Sex::male;
  double stature_m = 1.75;
  double mass_kg = 75.0;
  double age_years = 40.0;
  BodyDeviations deviations;
  // Back line lying unloaded: C7 in front of the thoracic apex; lumbar hollow in front of the
  // chord from thoracic apex to sacrum.
  double kyphosis_depth_m = 0.030;
  double lordosis_depth_m = 0.020;
  double bust_depth_m = 0.0;  // breasts over the chest's depth
  double buttock_fullness_m = 0.019;
  double tissue_softness = 1.0;   // 1 average; more yields more
  double spine_stiffness = 1.0;   // 1 average; more bends less
  double upper_mass_share = 0.0;  // share of body mass moved from the pelvis to the trunk above
  double flesh_thickness = 1.0;   // 1 average
  FleshLaw flesh_law = FleshLaw::hardening;
  SpineLaw spine_law;
  TrunkOutline outline;
  SegmentMasses segment_masses = SegmentMasses::de_leva;
  TrunkMassPlaces mass_places = TrunkMassPlaces::even_stretches;
};

// The average person of that sex, stature and mass.
SleeperBody average_body(Sex sex, double stature_m, double mass_kg);

// Anyone between small and tall, slim and obese, with individual deviations from the average.
SleeperBody random_body(Random& random);

// The same sex, stature and mass with random individual deviations.
SleeperBody individual_body(Sex sex, double stature_m, double mass_kg, Random& random);

// What a questionnaire and a tape would say of that person.
Subject subject_of(const SleeperBody& body, const std::string& id);

}  // namespace matfit
