#include "synthetic/sleeper.hpp"

#include "synthetic/body_dimensions.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

SleeperBody average_body(Sex sex, double stature_m, double mass_kg) {
  SleeperBody body;
  body.sex = sex;
  body.stature_m = stature_m;
  body.mass_kg = mass_kg;
  const double body_mass_index = mass_kg / (stature_m * stature_m);
  if (sex == Sex::female) {
    body.bust_depth_m = 0.015 + 0.0012 * std::max(0.0, body_mass_index - 20.0);
    body.lordosis_depth_m = 0.023;
    body.buttock_fullness_m = 0.024;
  }
  return body;
}

SleeperBody individual_body(Sex sex, double stature_m, double mass_kg, Random& random) {
  SleeperBody body = average_body(sex, stature_m, mass_kg);
  BodyDeviations& d = body.deviations;
  // Breadths of one person go together: a common frame and fatness beside each one's own part.
  const double frame = random.normal(0.0, 0.5);
  const double belly = random.normal(0.0, 0.6);
  const auto own = [&](double common) { return common + random.normal(0.0, 0.8); };
  d.biacromial_breadth = own(frame);
  d.bideltoid_breadth = 0.5 * d.biacromial_breadth + random.normal(0.0, 0.7);
  d.chest_breadth = own(frame);
  d.chest_depth = own(0.5 * belly);
  d.waist_breadth = own(belly);
  d.waist_depth = own(belly);
  d.hip_breadth = own(-0.5 * belly);
  d.buttock_depth = own(-0.5 * belly);
  d.head_breadth = own(frame);
  d.leg_length = random.normal();
  d.limb_girth = own(-0.4 * belly);
  body.age_years = std::round(random.uniform(18.0, 80.0));
  body.kyphosis_depth_m =
      std::clamp(random.normal(0.026 + 0.00025 * body.age_years - 0.008, 0.010), 0.005, 0.07);
  body.lordosis_depth_m =
      std::clamp(body.lordosis_depth_m + random.normal(0.0, 0.007), 0.004, 0.045);
  body.bust_depth_m = std::max(0.0, body.bust_depth_m * (1.0 + random.normal(0.0, 0.4)));
  body.buttock_fullness_m =
      std::clamp(body.buttock_fullness_m + random.normal(0.0, 0.007), 0.005, 0.045);
  body.tissue_softness = std::exp(random.normal(0.0, 0.3));
  body.spine_stiffness = std::exp(random.normal(0.0, 0.4));
  body.upper_mass_share = std::clamp(0.01 * belly + random.normal(0.0, 0.006), -0.03, 0.04);
  return body;
}

SleeperBody random_body(Random& random) {
  const Sex sex = random.chance(0.5) ? Sex::female : Sex::male;
  const double stature_m = std::clamp(
      sex == Sex::male ? random.normal(1.76, 0.075) : random.normal(1.63, 0.07), 1.45, 2.02);
  // Log-normal and wide: slim to obese.
  const double body_mass_index = std::clamp(24.5 * std::exp(random.normal(0.0, 0.17)), 16.5, 42.0);
  return individual_body(sex, stature_m, body_mass_index * stature_m * stature_m, random);
}

Subject subject_of(const SleeperBody& body, const std::string& id) {
  const BodyDimensions dimensions = dimensions_of(body);
  Subject subject;
  subject.id = id;
  subject.sex = body.sex;
  subject.age_years = body.age_years;
  subject.stature_m = body.stature_m;
  subject.mass_kg = body.mass_kg;
  subject.shoulder_breadth_m = dimensions.biacromial_breadth_m;
  subject.waist_breadth_m = dimensions.waist_breadth_m;
  subject.hip_breadth_m = dimensions.hip_breadth_m;
  return subject;
}

}  // namespace matfit
