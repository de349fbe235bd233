#include "stages/fit/spine_stations.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// Weights of the stations at a height.
Eigen::VectorXd weights_at(const std::array<SkinStation, SkinStations::count>& station,
                           double fraction) {
  constexpr auto n = static_cast<Eigen::Index>(SkinStations::count);
  Eigen::VectorXd w = Eigen::VectorXd::Zero(n);
  if (fraction >= station.front().height_fraction) {
    w[0] = 1.0;
    return w;
  }
  for (std::size_t i = 0; i + 1 < station.size(); ++i) {
    const double top = station[i].height_fraction;
    const double bottom = station[i + 1].height_fraction;
    if (fraction < bottom) continue;
    const auto k = static_cast<Eigen::Index>(i);
    w[k + 1] = (top - fraction) / (top - bottom);
    w[k] = 1.0 - w[k + 1];
    return w;
  }
  w[n - 1] = 1.0;
  return w;
}

Normal half(const Normal& breadth, double own_sd_m) {
  return {0.5 * breadth.mean, std::hypot(0.5 * breadth.sd, own_sd_m)};
}

Normal between(const Normal& a, const Normal& b, double own_sd_m) {
  return {0.5 * (a.mean + b.mean), std::hypot(0.5 * std::hypot(a.sd, b.sd), own_sd_m)};
}

// Half the breadths. The lower shoulder comes forwards and in over the ribs under the trunk's
// weight, how far nobody sees.
std::array<Normal, SkinStations::count> on_side(const BodyEstimate& b) {
  constexpr Normal shoulder_gives_way_m = {0.035, 0.030};
  constexpr double section_sd_m = 0.008;
  Normal shoulder = half(b.biacromial_breadth_m, shoulder_gives_way_m.sd);
  shoulder.mean -= shoulder_gives_way_m.mean;
  const Normal chest = half(b.chest_breadth_m, section_sd_m);
  const Normal waist = half(b.waist_breadth_m, section_sd_m);
  const Normal hip = half(b.hip_breadth_m, section_sd_m);
  // The flank is narrowest over the last ribs, where nothing is measured.
  constexpr double narrowest_share = 0.97;
  Normal rib = between(chest, waist, 0.006);
  rib.mean = narrowest_share * std::min(chest.mean, waist.mean);
  return {shoulder, chest, rib, waist, hip};
}

// Vertebral bodies under the skin of the back, deeper in stout people.
std::array<Normal, SkinStations::count> on_back(const BodyEstimate& b, const Anthropometry& known) {
  constexpr double usual_waist_depth_m = 0.23;
  const double girth = std::sqrt(b.waist_depth_m.mean / usual_waist_depth_m);
  const Normal thorax = known.under_skin_thorax_m;
  const Normal waist = {known.under_skin_waist_m.mean * girth, known.under_skin_waist_m.sd};
  const Normal pelvis = {known.under_skin_pelvis_m.mean * girth, known.under_skin_pelvis_m.sd};
  return {thorax, thorax, between(thorax, waist, 0.004), waist, pelvis};
}

// What is left of the depth.
std::array<Normal, SkinStations::count> on_front(const BodyEstimate& b,
                                                 const Anthropometry& known) {
  constexpr double belly_yields_sd_m = 0.015;
  const auto under = [&](const Normal& depth, const Normal& under_skin) {
    return Normal{depth.mean - under_skin.mean,
                  std::hypot(std::hypot(depth.sd, under_skin.sd), belly_yields_sd_m)};
  };
  constexpr double slimmer_at_shoulder_m = 0.05;
  const Normal chest = under(b.chest_depth_m, known.under_skin_thorax_m);
  const Normal waist = under(b.waist_depth_m, known.under_skin_waist_m);
  const Normal pelvis = under(b.buttock_depth_m, known.under_skin_pelvis_m);
  return {Normal{chest.mean - slimmer_at_shoulder_m, chest.sd}, chest, between(chest, waist, 0.004),
          waist, pelvis};
}

}  // namespace

Eigen::VectorXd SkinStations::weights(double height_fraction) const {
  return weights_at(station, height_fraction);
}

double SkinStations::spine_over_skin_m(double height_fraction) const {
  const Eigen::VectorXd w = weights_at(station, height_fraction);
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    sum += w[static_cast<Eigen::Index>(i)] * station[i].spine_over_skin_m.mean;
  }
  return sum;
}

Eigen::VectorXd SkinStations::modes_m(double height_fraction) const {
  Eigen::VectorXd w = weights_at(station, height_fraction);
  for (std::size_t i = 0; i < count; ++i) {
    w[static_cast<Eigen::Index>(i)] *= station[i].spine_over_skin_m.sd;
  }
  return w;
}

SoftTissue SkinStations::tissue(double height_fraction) const {
  const Eigen::VectorXd w = weights_at(station, height_fraction);
  SoftTissue mixed;
  for (std::size_t i = 0; i < count; ++i) {
    const double weight = w[static_cast<Eigen::Index>(i)];
    mixed.thickness_m += weight * station[i].tissue.thickness_m;
    mixed.modulus_pa += weight * station[i].tissue.modulus_pa;
  }
  return mixed;
}

double SkinStations::tissue_compression_m(double height_fraction, double pressure_pa) const {
  return matfit::tissue_compression_m(tissue(height_fraction), pressure_pa);
}

SkinStations skin_stations(Posture posture, const BodyEstimate& person, const Anthropometry& known,
                           const MattressPresets& presets) {
  const bool side = is_side(posture);
  const auto heights = side                         ? on_side(person)
                       : posture == Posture::supine ? on_back(person, known)
                                                    : on_front(person, known);
  const TrunkTissue& tissue = side                         ? presets.tissue_on_side
                              : posture == Posture::supine ? presets.tissue_on_back
                                                           : presets.tissue_on_front;
  const SoftTissue rib = {0.5 * (tissue.thorax.thickness_m + tissue.waist.thickness_m),
                          0.5 * (tissue.thorax.modulus_pa + tissue.waist.modulus_pa)};
  const HeightFraction& at = person.height;
  return {{{{at.acromion.mean, heights[0], tissue.shoulder},
            {at.chest.mean, heights[1], tissue.thorax},
            {at.tenth_rib.mean, heights[2], rib},
            {at.waist.mean, heights[3], tissue.waist},
            {at.trochanter.mean, heights[4], tissue.hip}}}};
}

}  // namespace matfit
