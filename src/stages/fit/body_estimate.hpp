#pragma once

#include "stages/fit/anthropometry.hpp"

#include <optional>

namespace matfit {

// One person's body as far as it is known: each quantity with the standard deviation that is left.
struct BodyEstimate {
  bool stated = false;  // stature, mass and sex were all stated
  Normal stature_m, mass_kg;
  Normal biacromial_breadth_m, bideltoid_breadth_m, chest_breadth_m, chest_depth_m, waist_breadth_m,
      waist_depth_m, hip_breadth_m, buttock_depth_m, head_breadth_m;
  HeightFraction height;  // of stature
  SegmentMassShare mass_share;
};

// From what is stated of the person; what is not stated comes from the population, wider. A stated
// breadth replaces its regression. Throws std::invalid_argument for a stature or mass that is not
// positive.
BodyEstimate body_estimate(const std::optional<Subject>& subject, const Anthropometry& known);

}  // namespace matfit
