#include "stages/score/pillow.hpp"

#include <cmath>

namespace matfit {

namespace {

// A tape measure's error on a breadth, taken as a convention of ours.
constexpr double measured_breadth_sd_mm = 5.0;

double at(const ShoulderHeadRegression& r, double stature_m, double mass_kg) {
  return r.a + r.b * stature_m + r.c * mass_kg;
}

}  // namespace

std::optional<Estimate> pillow_height(const Subject& subject, const PillowGeometry& geometry) {
  if (!subject.sex || !subject.stature_m || !subject.mass_kg) return std::nullopt;
  const bool male = *subject.sex == Sex::male;
  const ShoulderHeadRegression& biacromial =
      male ? geometry.male_biacromial : geometry.female_biacromial;
  const ShoulderHeadRegression& head = male ? geometry.male_head : geometry.female_head;
  const double shoulder_mm = subject.shoulder_breadth_m
                                 ? 1000.0 * *subject.shoulder_breadth_m
                                 : at(biacromial, *subject.stature_m, *subject.mass_kg);
  const double shoulder_sd_mm =
      subject.shoulder_breadth_m ? measured_breadth_sd_mm : biacromial.see_mm;
  const double head_mm = at(head, *subject.stature_m, *subject.mass_kg);
  const double height_mm = 0.5 * (shoulder_mm - head_mm) - geometry.differential_sink_mm;
  const double sd_mm =
      std::hypot(0.5 * shoulder_sd_mm, 0.5 * head.see_mm, geometry.differential_sink_sd_mm);
  return gaussian_estimate(1e-3 * height_mm, 1e-3 * sd_mm);
}

}  // namespace matfit
