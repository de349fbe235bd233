#include "stages/fit/body_template.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace matfit {

namespace {

// A lying body is stretched or drawn up against the standing one by this much (1 sd).
constexpr double posture_stretch_sd = 0.025;

TemplatePoint node_point(int node) {
  TemplatePoint p;
  p.weight[static_cast<std::size_t>(node)] = 1.0;
  return p;
}

TemplatePoint blend(const TemplatePoint& a, const TemplatePoint& b, double share_of_b) {
  TemplatePoint p;
  for (std::size_t i = 0; i < template_node_count; ++i) {
    p.weight[i] = (1.0 - share_of_b) * a.weight[i] + share_of_b * b.weight[i];
  }
  p.span = (1.0 - share_of_b) * a.span + share_of_b * b.span;
  return p;
}

TemplatePoint shifted(TemplatePoint p, double span) {
  p.span += span;
  return p;
}

// weights: one point minus another
std::array<double, template_node_count> difference(const TemplatePoint& a, const TemplatePoint& b) {
  std::array<double, template_node_count> w{};
  for (std::size_t i = 0; i < template_node_count; ++i) w[i] = a.weight[i] - b.weight[i];
  return w;
}

TemplatePoint sum(TemplatePoint p, const std::array<double, template_node_count>& weights) {
  for (std::size_t i = 0; i < weights.size(); ++i) p.weight[i] += weights[i];
  return p;
}

double log_scale_sd(const BodyEstimate& body, double pitch_relative_sd) {
  const double of_stature = body.stature_m.sd / body.stature_m.mean;
  return std::sqrt(of_stature * of_stature + pitch_relative_sd * pitch_relative_sd +
                   posture_stretch_sd * posture_stretch_sd);
}

class Builder {
 public:
  explicit Builder(int nodes) { t_.nodes = nodes; }

  int amplitude(double typical, double factor_of_one_sd = 2.0) {
    t_.log_amplitude.push_back({std::log(typical), std::log(factor_of_one_sd)});
    return static_cast<int>(t_.log_amplitude.size()) - 1;
  }
  void part(const TemplatePoint& from, const TemplatePoint& to, double sigma_m, int amplitude) {
    t_.parts.push_back({from, to, sigma_m, amplitude});
  }
  void blob(const TemplatePoint& at, double sigma_m, int amplitude) {
    part(at, at, sigma_m, amplitude);
  }
  // A capsule across the trunk at `axis`, reaching `half_span` to each side.
  void rib(const TemplatePoint& axis, double half_span, double sigma_m, int amplitude) {
    part(shifted(axis, -half_span), shifted(axis, half_span), sigma_m, amplitude);
  }
  void prior(const TemplatePoint& far, const TemplatePoint& near, BodyAxis axis, double length_m,
             double sd_m, bool robust = false) {
    t_.priors.push_back({difference(far, near), axis, length_m, sd_m, robust});
  }
  void landmark(const TemplatePoint& place, Landmark landmark, double definition_sd_m,
                std::vector<TemplatePoint> evidence = {}) {
    if (evidence.empty()) evidence.push_back(place);
    TemplateLandmark& added = t_.landmarks.emplace_back();
    added.place = place;
    added.landmark = landmark;
    added.evidence = std::move(evidence);
    added.definition_sd_m = definition_sd_m;
  }
  // The landmark added last shows in the load.
  void mark(LoadMark mark, double kernel_m) {
    t_.landmarks.back().mark = mark;
    t_.landmarks.back().mark_kernel_m = kernel_m;
  }
  // The landmark added last is the head, this far above `chest`.
  void neck_below(const TemplatePoint& chest, double length_m) {
    constexpr double least_share = 0.5;  // half a head and some neck
    t_.landmarks.back().root = chest;
    t_.landmarks.back().usual_reach_m = length_m;
    t_.landmarks.back().least_reach_m = least_share * length_m;
  }
  // A landmark with a blob of its own, the part added last.
  void blob_landmark(const TemplatePoint& at, double sigma_m, int amplitude, Landmark landmark,
                     double definition_sd_m) {
    blob(at, sigma_m, amplitude);
    this->landmark(at, landmark, definition_sd_m);
    t_.landmarks.back().own_part = static_cast<int>(t_.parts.size()) - 1;
  }
  BodyTemplate& get() { return t_; }

 private:
  BodyTemplate t_;
};

// Distance between two contact heights, and its scatter.
Normal between(const Normal& upper, const Normal& lower, double stature_m) {
  return {(upper.mean - lower.mean) * stature_m, std::hypot(upper.sd, lower.sd) * stature_m};
}

// The shoulder blades carry the back: their centres lie at about six tenths of the way out to the
// acromia (medial border 6 cm, lateral border 15 cm from the midline of an average man).
constexpr double blade_share_of_biacromial = 0.6;

// A thigh at more than 45 degrees to the mat lifts the knee off it.
constexpr double least_share_of_a_flat_thigh = 0.7;

// The waist bears little: between chest and hip it is placed by proportion more than by load.
void waist_between(Builder& b, const TemplatePoint& waist, const TemplatePoint& pelvis,
                   const TemplatePoint& shoulder, const ContactHeight& at, double stature_m) {
  const double share = (at.waist.mean - at.pelvis.mean) / (at.shoulder.mean - at.pelvis.mean);
  b.prior(waist, blend(pelvis, shoulder, share), BodyAxis::along, 0.0, at.waist.sd * stature_m);
}

// What a body on its side leans on: a wedge or a pillow behind its back, as long as the trunk; as a
// rule there is none. Its size and place are judged, kept wide: half a trunk's depth and half a
// wedge behind the shoulder, with a soft edge.
constexpr double support_distance_m = 0.28;
constexpr double support_half_width_m = 0.13;

void leaning_support(Builder& b, const TemplatePoint& support, const TemplatePoint& shoulder,
                     const TemplatePoint& hip, double front) {
  constexpr double usual_load = 0.03;
  constexpr double load_factor_of_one_sd = 4.0;
  const TemplatePoint middle = blend(shoulder, hip, 0.5);
  b.part(sum(support, difference(shoulder, middle)), sum(support, difference(hip, middle)),
         support_half_width_m, b.amplitude(usual_load, load_factor_of_one_sd));
  b.prior(support, middle, BodyAxis::across, -support_distance_m * front, 0.06);
  b.prior(support, middle, BodyAxis::along, 0.0, 0.1);
}

BodyTemplate back_template(const BodyEstimate& body, const ContactHeight& at, Posture posture) {
  constexpr int head = 0, low_shoulder = 1, high_shoulder = 2, waist = 3, low_hip = 4, high_hip = 5,
                low_knee = 6, high_knee = 7, low_heel = 8, high_heel = 9;
  const double stature = body.stature_m.mean;
  const double shoulders = blade_share_of_biacromial * body.biacromial_breadth_m.mean;
  const double shoulders_sd =
      std::hypot(0.02, blade_share_of_biacromial * body.biacromial_breadth_m.sd);
  // Half extents of the load in units of the distance between the blades; the soft rim of a capsule
  // adds about one sigma.
  const double sigma_trunk = 0.055;
  const auto half_span = [&](const Normal& breadth, double share) {
    return std::max(0.1, (0.5 * share * breadth.mean - sigma_trunk) / shoulders);
  };
  const double chest_span = half_span(body.chest_breadth_m, 1.0);
  const double waist_span = half_span(body.waist_breadth_m, 0.8);
  // The buttocks press, and the thighs begin, about half way out to the trochanters.
  const double hips = 0.5 * body.hip_breadth_m.mean;
  const double sigma_hips = 0.06;
  const double hip_overhang =
      std::max(0.0, (0.45 * body.hip_breadth_m.mean - sigma_hips - 0.5 * hips) / hips);

  Builder b(10);
  BodyTemplate& t = b.get();
  t.low_shoulder = low_shoulder;
  t.high_shoulder = high_shoulder;
  const TemplatePoint h = node_point(head), w = node_point(waist);
  const TemplatePoint hl = node_point(low_hip), hh = node_point(high_hip);
  const TemplatePoint p = blend(hl, hh, 0.5);
  const TemplatePoint sl = node_point(low_shoulder), sh = node_point(high_shoulder);
  const TemplatePoint chest = blend(sl, sh, 0.5);
  t.trunk_top = chest;
  t.trunk_bottom = p;
  b.blob_landmark(h, 0.045, b.amplitude(0.6), Landmark::head, 0.012);
  b.neck_below(chest, between(at.head, at.shoulder, stature).mean);
  b.mark(LoadMark::peak, 0.04);
  b.blob(sl, 0.055, b.amplitude(0.5));
  b.blob(sh, 0.055, b.amplitude(0.5));
  b.rib(blend(chest, w, -0.2), chest_span, sigma_trunk, b.amplitude(0.3));
  b.rib(blend(chest, w, 0.1), chest_span, sigma_trunk, b.amplitude(0.3));
  b.rib(blend(chest, w, 0.4), chest_span, sigma_trunk, b.amplitude(0.5));
  b.rib(blend(chest, w, 0.75), waist_span, sigma_trunk, b.amplitude(0.35));
  b.rib(w, waist_span, sigma_trunk, b.amplitude(0.25));
  b.rib(blend(w, p, 0.5), waist_span, sigma_trunk, b.amplitude(0.4));
  b.part(blend(hl, hh, -hip_overhang), blend(hl, hh, 1.0 + hip_overhang), sigma_hips,
         b.amplitude(0.9));
  const TemplatePoint legs[2][3] = {{hl, node_point(low_knee), node_point(low_heel)},
                                    {hh, node_point(high_knee), node_point(high_heel)}};
  for (int side = 0; side < 2; ++side) {
    const auto& [top, knee, heel] = legs[side];
    b.part(blend(top, knee, 0.2), blend(top, knee, 0.5), 0.05, b.amplitude(0.35));
    b.part(blend(top, knee, 0.5), blend(top, knee, 0.95), 0.04, b.amplitude(0.12));
    b.part(blend(knee, heel, 0.2), blend(knee, heel, 0.6), 0.035, b.amplitude(0.35));
    b.blob(heel, 0.028, b.amplitude(0.4));
  }

  const Normal trunk = between(at.shoulder, at.pelvis, stature);
  t.trunk_length_m = trunk.mean;
  const Normal loin = between(at.waist, at.pelvis, stature);
  const Normal neck = between(at.head, at.shoulder, stature);
  const Normal thigh = between(at.pelvis, at.knee, stature);
  const Normal shank = between(at.knee, at.heel, stature);
  b.prior(p, w, BodyAxis::along, loin.mean, loin.sd);
  waist_between(b, w, p, chest, at, stature);
  b.prior(w, blend(p, chest, 0.4), BodyAxis::across, 0.0, 0.02);
  b.prior(p, chest, BodyAxis::along, trunk.mean, trunk.sd);
  b.prior(chest, h, BodyAxis::along, neck.mean, neck.sd);
  b.prior(h, chest, BodyAxis::across, 0.0, 0.05);
  b.prior(sh, sl, BodyAxis::across, shoulders, shoulders_sd);
  b.prior(sh, sl, BodyAxis::along, 0.0, 0.04);
  b.prior(hh, hl, BodyAxis::across, hips, 0.015);
  b.prior(hh, hl, BodyAxis::along, 0.0, 0.025);
  for (int side = 0; side < 2; ++side) {
    const auto& [top, knee, heel] = legs[side];
    b.prior(knee, p, BodyAxis::along, thigh.mean, thigh.sd, true);
    b.prior(knee, top, BodyAxis::across, 0.0, 0.07);
    b.prior(heel, knee, BodyAxis::along, shank.mean, shank.sd, true);
    b.prior(heel, knee, BodyAxis::across, 0.0, 0.07);
  }

  const double chest_up = trunk.mean - loin.mean;
  t.links = {{low_hip, -1, {0, 0}, {0, 0}, 0.07, 0.9},
             {high_hip, low_hip, {hips, 0}, {0.02, 0.025}, 0.07, 0.9},
             {waist, low_hip, {0.5 * hips, -loin.mean}, {0.05, 0.04}, 0.08, 0.5},
             {low_shoulder, waist, {-0.5 * shoulders, -chest_up}, {0.05, 0.05}, 0.06, 1.0},
             {high_shoulder, waist, {0.5 * shoulders, -chest_up}, {0.05, 0.05}, 0.06, 1.0},
             {head, waist, {0, -(chest_up + neck.mean)}, {0.08, 0.06}, 0.05, 1.5, true}};
  for (int side = 0; side < 2; ++side) {
    const double outwards = side == 0 ? -1.0 : 1.0;
    t.legs.push_back({side == 0 ? low_knee : high_knee,
                      side == 0 ? low_heel : high_heel,
                      side == 0 ? hl : hh,
                      thigh.mean,
                      shank.mean,
                      {0.08 * outwards, 0.15},
                      {0.0, 0.1},
                      posture == Posture::supine});
  }

  const bool supine = posture == Posture::supine;
  const auto own = [&](Landmark right, Landmark left, bool low) {
    return low == supine ? right : left;
  };
  // On the front chest, shins and toes carry, at some distance from shoulder, knee and heel.
  const double shoulder_sd = supine ? 0.03 : 0.05;
  const double knee_sd = supine ? 0.03 : 0.05;
  const double heel_sd = supine ? 0.01 : 0.07;
  b.landmark(sl, own(Landmark::right_shoulder, Landmark::left_shoulder, true), shoulder_sd);
  if (supine) b.mark(LoadMark::peak, 0.03);
  b.landmark(sh, own(Landmark::right_shoulder, Landmark::left_shoulder, false), shoulder_sd);
  if (supine) b.mark(LoadMark::peak, 0.03);
  b.landmark(w, Landmark::lumbar, 0.02, {w, blend(chest, w, 0.5), p});
  if (supine) b.mark(LoadMark::waist_along, 0.035);
  b.landmark(p, Landmark::pelvis, 0.02);
  if (supine) b.mark(LoadMark::seat_along, 0.05);
  for (int side = 0; side < 2; ++side) {
    const bool low = side == 0;
    const auto& [top, knee, heel] = legs[side];
    b.landmark(top, own(Landmark::right_hip, Landmark::left_hip, low), 0.02);
    // The hollow of a straight knee bears nothing: thigh and calf show that it is down.
    b.landmark(knee, own(Landmark::right_knee, Landmark::left_knee, low), knee_sd,
               {blend(knee, heel, 0.25), blend(knee, heel, 0.4), knee});
    t.landmarks.back().root = top;
    t.landmarks.back().least_reach_m = least_share_of_a_flat_thigh * thigh.mean;
    b.landmark(heel, own(Landmark::right_heel, Landmark::left_heel, low), heel_sd);
    if (supine) b.mark(LoadMark::peak, 0.03);
    t.landmarks.back().root = top;
    t.landmarks.back().usual_reach_m = thigh.mean + shank.mean;
  }
  return t;
}

BodyTemplate side_template(const BodyEstimate& body, const ContactHeight& at, Posture posture) {
  constexpr int head = 0, shoulder = 1, waist = 2, hip = 3, knee = 4, heel = 5, support = 6;
  const double stature = body.stature_m.mean;
  const double front = posture == Posture::left ? 1.0 : -1.0;  // the columns it faces

  Builder b(7);
  BodyTemplate& t = b.get();
  const TemplatePoint n_head = node_point(head), n_shoulder = node_point(shoulder),
                      n_waist = node_point(waist), n_hip = node_point(hip),
                      n_knee = node_point(knee), n_heel = node_point(heel);
  t.trunk_top = n_shoulder;
  t.trunk_bottom = n_hip;
  b.blob_landmark(n_head, 0.05, b.amplitude(0.4), Landmark::head, 0.015);
  b.neck_below(n_shoulder, between(at.head, at.shoulder, stature).mean);
  b.mark(LoadMark::peak, 0.04);
  b.blob(n_shoulder, 0.05, b.amplitude(0.8));
  b.part(blend(n_shoulder, n_waist, 0.15), blend(n_shoulder, n_waist, 0.65), 0.06,
         b.amplitude(0.45));
  b.part(blend(n_shoulder, n_waist, 0.85), blend(n_waist, n_hip, 0.3), 0.055, b.amplitude(0.25));
  b.part(blend(n_waist, n_hip, 0.55), n_hip, 0.06, b.amplitude(0.4));
  b.blob(n_hip, 0.055, b.amplitude(0.8));
  b.part(n_hip, blend(n_hip, n_knee, 0.5), 0.05, b.amplitude(0.5));
  b.part(blend(n_hip, n_knee, 0.5), n_knee, 0.042, b.amplitude(0.35));
  b.part(n_knee, blend(n_knee, n_heel, 0.5), 0.033, b.amplitude(0.3));
  b.part(blend(n_knee, n_heel, 0.5), n_heel, 0.028, b.amplitude(0.2));
  leaning_support(b, node_point(support), n_shoulder, n_hip, front);

  const Normal trunk = between(at.shoulder, at.pelvis, stature);
  t.trunk_length_m = trunk.mean;
  const Normal loin = between(at.waist, at.pelvis, stature);
  const Normal neck = between(at.head, at.shoulder, stature);
  const Normal thigh = between(at.pelvis, at.knee, stature);
  const Normal shank = between(at.knee, at.heel, stature);
  // A curled trunk is shorter along the mat and bulges to the back.
  b.prior(n_hip, n_waist, BodyAxis::along, loin.mean, std::hypot(loin.sd, 0.02));
  waist_between(b, n_waist, n_hip, n_shoulder, at, stature);
  b.prior(n_waist, blend(n_hip, n_shoulder, 0.4), BodyAxis::across, -0.01 * front, 0.04);
  b.prior(n_hip, n_shoulder, BodyAxis::along, trunk.mean, std::hypot(trunk.sd, 0.04));
  b.prior(n_shoulder, n_head, BodyAxis::along, neck.mean, std::hypot(neck.sd, 0.03));
  b.prior(n_head, n_shoulder, BodyAxis::across, 0.03 * front, 0.07);
  b.prior(n_knee, n_hip, BodyAxis::along, 0.6 * thigh.mean, 0.4 * thigh.mean);
  b.prior(n_knee, n_hip, BodyAxis::across, 0.5 * front * thigh.mean, 0.35 * thigh.mean);
  b.prior(n_heel, n_knee, BodyAxis::along, 0.8 * shank.mean, 0.5 * shank.mean);
  b.prior(n_heel, n_knee, BodyAxis::across, -0.3 * front * shank.mean, 0.5 * shank.mean);
  t.lengths = {{hip, knee, thigh.mean, 0.03}, {knee, heel, shank.mean, 0.04}};

  t.links = {{hip, -1, {0, 0}, {0, 0}, 0.055, 1.5},
             {waist, hip, {0, -loin.mean}, {0.07, 0.05}, 0.06, 0.5},
             {shoulder, waist, {0, -(trunk.mean - loin.mean)}, {0.1, 0.06}, 0.05, 1.5},
             {head, shoulder, {0.04 * front, -neck.mean}, {0.1, 0.06}, 0.05, 0.8, true},
             {support, waist, {-support_distance_m * front, 0.0}, {0.1, 0.1}, 0.0, 0.0},
             {knee, hip, {0.5 * front * thigh.mean, 0.6 * thigh.mean}, {0.13, 0.13}, 0.04, 0.8}};
  t.legs = {{knee,
             heel,
             n_hip,
             thigh.mean,
             shank.mean,
             {0.7 * front, 0.5},
             {-0.9 * front, 0.6},
             false,
             true}};

  const bool left = posture == Posture::left;
  b.landmark(n_shoulder, left ? Landmark::left_shoulder : Landmark::right_shoulder, 0.035);
  b.mark(LoadMark::peak, 0.035);
  const std::size_t shoulder_landmark = t.landmarks.size() - 1;
  b.landmark(n_waist, Landmark::lumbar, 0.03, {n_waist, n_hip, n_shoulder});
  b.mark(LoadMark::waist, 0.035);
  const std::size_t hip_landmark = t.landmarks.size();
  t.landmarks.back().mark_sought = {
      shoulder_landmark, hip_landmark,
      (at.shoulder.mean - at.waist.mean) / (at.shoulder.mean - at.pelvis.mean)};
  b.landmark(n_hip, left ? Landmark::left_hip : Landmark::right_hip, 0.035);
  b.mark(LoadMark::peak, 0.05);
  t.landmarks.back().also = Landmark::pelvis;
  b.landmark(n_knee, left ? Landmark::left_knee : Landmark::right_knee, 0.03);
  b.landmark(n_heel, left ? Landmark::left_heel : Landmark::right_heel, 0.06);
  return t;
}

}  // namespace

BodyTemplate body_template(const BodyEstimate& body, const Anthropometry& known, Posture posture,
                           double pitch_relative_sd) {
  if (!is_lying(posture)) throw std::invalid_argument("body_template: not a lying posture");
  BodyTemplate t = is_side(posture) ? side_template(body, known.contact_on_side, posture)
                                    : back_template(body, known.contact_on_back, posture);
  t.log_scale_sd = log_scale_sd(body, pitch_relative_sd);
  t.log_width_sd = 0.1;
  return t;
}

}  // namespace matfit
