#include "stages/fit/body_estimate.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

namespace {

// Stature as people state it, and the spread of mass about the scales' reading.
constexpr double stated_stature_sd_m = 0.01;
constexpr double stated_mass_relative_sd = 0.02;

Normal mixed(const Normal& a, const Normal& b) {
  const double mean = 0.5 * (a.mean + b.mean);
  const double half_gap = 0.5 * (a.mean - b.mean);
  return {mean, std::sqrt(0.5 * (a.sd * a.sd + b.sd * b.sd) + half_gap * half_gap)};
}

HeightFraction mixed(const HeightFraction& a, const HeightFraction& b) {
  return {mixed(a.c7, b.c7),
          mixed(a.acromion, b.acromion),
          mixed(a.chest, b.chest),
          mixed(a.tenth_rib, b.tenth_rib),
          mixed(a.waist, b.waist),
          mixed(a.iliac_crest, b.iliac_crest),
          mixed(a.trochanter, b.trochanter),
          mixed(a.buttock, b.buttock),
          mixed(a.crotch, b.crotch),
          mixed(a.mid_patella, b.mid_patella),
          mixed(a.malleolus, b.malleolus)};
}

SegmentMassShare mixed(const SegmentMassShare& a, const SegmentMassShare& b) {
  const auto m = [](double x, double y) { return 0.5 * (x + y); };
  return {m(a.head, b.head),
          m(a.upper_trunk, b.upper_trunk),
          m(a.middle_trunk, b.middle_trunk),
          m(a.lower_trunk, b.lower_trunk),
          m(a.upper_arm, b.upper_arm),
          m(a.forearm, b.forearm),
          m(a.hand, b.hand),
          m(a.thigh, b.thigh),
          m(a.shank, b.shank),
          m(a.foot, b.foot)};
}

void require_positive(const std::optional<double>& value, const char* what) {
  if (value && !(*value > 0.0)) throw std::invalid_argument(what);
}

BodyEstimate of_sex(const Subject& subject, Sex sex, const Anthropometry& known) {
  const SexAnthropometry& a = known.of(sex);
  BodyEstimate d;
  d.height = a.height;
  d.mass_share = a.mass_share;
  d.stature_m = subject.stature_m ? Normal{*subject.stature_m, stated_stature_sd_m} : a.stature_m;
  const double square = d.stature_m.mean * d.stature_m.mean;
  if (subject.mass_kg) {
    d.mass_kg = {*subject.mass_kg, stated_mass_relative_sd * *subject.mass_kg};
  } else {
    const double from_stature = 2.0 * a.body_mass_index.mean * d.stature_m.mean * d.stature_m.sd;
    d.mass_kg = {a.body_mass_index.mean * square,
                 std::hypot(a.body_mass_index.sd * square, from_stature)};
  }
  const double beyond = std::max(0.0, d.mass_kg.mean / square - known.body_mass_index_limit);
  const double growth = 1.0 + known.error_growth_per_body_mass_index * beyond;
  const auto from = [&](const BodyRegression& r) {
    const double mean = r.a_m + r.b_per_stature * d.stature_m.mean + r.c_m_per_kg * d.mass_kg.mean;
    const double of_inputs =
        std::hypot(r.b_per_stature * d.stature_m.sd, r.c_m_per_kg * d.mass_kg.sd);
    return Normal{mean, std::hypot(growth * r.standard_error_m, of_inputs)};
  };
  d.biacromial_breadth_m = from(a.breadth.biacromial_breadth);
  d.bideltoid_breadth_m = from(a.breadth.bideltoid_breadth);
  d.chest_breadth_m = from(a.breadth.chest_breadth);
  d.chest_depth_m = from(a.breadth.chest_depth);
  d.waist_breadth_m = from(a.breadth.waist_breadth);
  d.waist_depth_m = from(a.breadth.waist_depth);
  d.hip_breadth_m = from(a.breadth.hip_breadth);
  d.buttock_depth_m = from(a.breadth.buttock_depth);
  d.head_breadth_m = from(a.breadth.head_breadth);
  return d;
}

BodyEstimate mixed(const BodyEstimate& a, const BodyEstimate& b) {
  BodyEstimate d;
  d.stature_m = mixed(a.stature_m, b.stature_m);
  d.mass_kg = mixed(a.mass_kg, b.mass_kg);
  d.biacromial_breadth_m = mixed(a.biacromial_breadth_m, b.biacromial_breadth_m);
  d.bideltoid_breadth_m = mixed(a.bideltoid_breadth_m, b.bideltoid_breadth_m);
  d.chest_breadth_m = mixed(a.chest_breadth_m, b.chest_breadth_m);
  d.chest_depth_m = mixed(a.chest_depth_m, b.chest_depth_m);
  d.waist_breadth_m = mixed(a.waist_breadth_m, b.waist_breadth_m);
  d.waist_depth_m = mixed(a.waist_depth_m, b.waist_depth_m);
  d.hip_breadth_m = mixed(a.hip_breadth_m, b.hip_breadth_m);
  d.buttock_depth_m = mixed(a.buttock_depth_m, b.buttock_depth_m);
  d.head_breadth_m = mixed(a.head_breadth_m, b.head_breadth_m);
  d.height = mixed(a.height, b.height);
  d.mass_share = mixed(a.mass_share, b.mass_share);
  return d;
}

}  // namespace

BodyEstimate body_estimate(const std::optional<Subject>& subject, const Anthropometry& known) {
  const Subject stated = subject.value_or(Subject{});
  require_positive(stated.stature_m, "body_estimate: stature must be positive");
  require_positive(stated.mass_kg, "body_estimate: mass must be positive");
  BodyEstimate d =
      stated.sex ? of_sex(stated, *stated.sex, known)
                 : mixed(of_sex(stated, Sex::female, known), of_sex(stated, Sex::male, known));
  d.stated = stated.stature_m && stated.mass_kg && stated.sex;
  const auto measured = [&](const std::optional<double>& breadth_m, Normal& into) {
    if (breadth_m) into = {*breadth_m, known.measured_breadth_sd_m};
  };
  measured(stated.shoulder_breadth_m, d.biacromial_breadth_m);
  measured(stated.waist_breadth_m, d.waist_breadth_m);
  measured(stated.hip_breadth_m, d.hip_breadth_m);
  return d;
}

}  // namespace matfit
