#pragma once

#include "pipeline/spine_quantities.hpp"
#include "stages/fit/anthropometry.hpp"
#include "types/body.hpp"
#include "types/mattress.hpp"
#include "types/pressure_series.hpp"
#include "types/subject.hpp"

#include <vector>

namespace matfit {

// Simple ways to a spine on a mattress of stated curve, which a fit must beat. Both take the curve
// as it is stated, whatever indenter it was measured with, and a body of the average proportions
// of the person's stature, mass and sex. Quantities that a way does not give are left out.

// The curve inverted at the pressure under each level of `spine` (of which only the places are
// used): no coupling from place to place and no flesh. The spine lies half the average breadth over
// the surface on the side, and as deep in the average body on back and front.
SpineValues plain_inversion(const PressureField& field, Posture posture, const BodyFit& body,
                            const SpineFit& spine, const Subject& subject, const Mattress& mattress,
                            const Anthropometry& known);

// No map at all: upper, middle and lower trunk are elliptic cylinders of the average body's
// breadth, depth and mass, jointed so that each is let down by itself onto springs of the curve
// until they carry its weight.
SpineValues independent_springs(Posture posture, const Subject& subject, const Mattress& mattress,
                                const Anthropometry& known);

// The stated curve as straight pieces from (0, 0), the last of which goes on.
class StatedCurve {
 public:
  // Throws std::invalid_argument for a mattress without a curve.
  explicit StatedCurve(const Mattress& mattress);

  double pressure_pa(double indentation_m) const;  // 0 above the surface
  double indentation_m(double pressure_pa) const;  // 0 without pressure

 private:
  std::vector<CurvePoint> points_;
};

}  // namespace matfit
