#include "stages/fit/trunk_sections.hpp"

#include <algorithm>
#include <array>

namespace matfit {

namespace {

// A slice of the trunk fills more of its breadth and depth than an ellipse: de Leva's segment
// masses over their lengths, breadths and depths ask for exponents of 2 to 3.
constexpr double flatness = 2.6;

class Slices {
 public:
  Slices(bool side, const BodyEstimate& person, const SkinStations& stations,
         const MattressPresets& presets, const Eigen::VectorXd& unknowns)
      : side_(side),
        person_(person),
        stations_(stations),
        presets_(presets),
        u_(unknowns),
        places_(person) {}

  BodySection at(double along_m) const {
    const double fraction = places_.fraction_at(along_m);
    const BodyEstimate& b = person_;
    struct Size {
      double fraction, across, upright;
    };
    const double neck = 2.0 * neck_radius_m;
    const std::array<Size, 5> sizes =
        side_ ? std::array<Size, 5>{{{b.height.c7.mean, neck, neck},
                                     {b.height.acromion.mean, 0.85 * b.chest_depth_m.mean,
                                      0.85 * b.chest_breadth_m.mean},
                                     {b.height.chest.mean, b.chest_depth_m.mean,
                                      b.chest_breadth_m.mean},
                                     {b.height.waist.mean, b.waist_depth_m.mean,
                                      b.waist_breadth_m.mean},
                                     {b.height.trochanter.mean, b.buttock_depth_m.mean,
                                      b.hip_breadth_m.mean}}}
              : std::array<Size, 5>{
                    {{b.height.c7.mean, neck, neck},
                     {b.height.acromion.mean, 0.85 * b.bideltoid_breadth_m.mean,
                      0.7 * b.chest_depth_m.mean},
                     {b.height.chest.mean, b.chest_breadth_m.mean, b.chest_depth_m.mean},
                     {b.height.waist.mean, b.waist_breadth_m.mean, b.waist_depth_m.mean},
                     {b.height.trochanter.mean, b.hip_breadth_m.mean, b.buttock_depth_m.mean}}};
    std::size_t i = 0;
    while (i + 2 < sizes.size() && fraction < sizes[i + 1].fraction) ++i;
    const double v = std::clamp(
        (sizes[i].fraction - fraction) / (sizes[i].fraction - sizes[i + 1].fraction), 0.0, 1.0);
    BodySection section;
    section.half_width_m = 0.5 * ((1.0 - v) * sizes[i].across + v * sizes[i + 1].across);
    section.half_height_m = 0.5 * ((1.0 - v) * sizes[i].upright + v * sizes[i + 1].upright);
    section.flatness = side_ ? flatness : 3.0;
    section.tissue = stations_.tissue(fraction);
    soften(section.tissue, along_m > 0.5 * (places_.below_c7(person_.height.tenth_rib) +
                                            places_.below_c7(person_.height.waist)));
    return section;
  }

  void soften(SoftTissue& tissue, bool hip) const {
    tissue.thickness_m *= lognormal(u_[TrunkUnknowns::softness], presets_.tissue_relative_sd);
    if (hip) {
      tissue.thickness_m *=
          lognormal(u_[TrunkUnknowns::hip_softness], presets_.tissue_regional_relative_sd);
    }
  }

 private:
  bool side_;
  const BodyEstimate& person_;
  const SkinStations& stations_;
  const MattressPresets& presets_;
  const Eigen::VectorXd& u_;
  TrunkPlaces places_;
};

}  // namespace

TrunkPlaces::TrunkPlaces(const BodyEstimate& person)
    : c7_fraction(person.height.c7.mean), stature_m(person.stature_m.mean) {
  constexpr double crotch_to_end = 0.012;
  length_m = below_c7(person.height.crotch) - crotch_to_end * stature_m;
}

double spine_length_m(const BodyEstimate& person, const Anthropometry& known) {
  return (person.height.c7.mean - person.height.iliac_crest.mean +
          known.s1_below_iliac_crest_fraction) *
         person.stature_m.mean;
}

bool TrunkSections::depend_on(TrunkUnknowns::Index unknown) {
  return unknown == TrunkUnknowns::softness || unknown == TrunkUnknowns::hip_softness ||
         unknown == TrunkUnknowns::mattress_stiffness || unknown == TrunkUnknowns::mattress_shear;
}

TrunkSections trunk_sections(Posture posture, const BodyEstimate& person,
                             const SkinStations& stations, const MattressResponse& mattress,
                             const MattressPresets& presets, const Eigen::VectorXd& unknowns) {
  const MattressTable table(mattress.varied(
      lognormal(unknowns[TrunkUnknowns::mattress_stiffness], mattress.stiffness_relative_sd()),
      lognormal(unknowns[TrunkUnknowns::mattress_shear], mattress.shear_relative_sd())));
  const Slices slices(is_side(posture), person, stations, presets, unknowns);
  const TrunkPlaces places(person);

  constexpr double thigh_radius_m = 0.080;
  constexpr double head_half_width_m = 0.09;
  constexpr SoftTissue scalp = {0.007, 30e3};
  SoftTissue thigh = stations.station.back().tissue;
  slices.soften(thigh, true);
  const double head_half_height_m = (is_side(posture) ? 0.5 : 0.6) * person.head_breadth_m.mean;
  TrunkSections out{
      {},
      SectionLaw({thigh_radius_m, thigh_radius_m, 2.0, thigh}, table),
      SectionLaw({head_half_width_m, head_half_height_m, 2.0, scalp}, table),
      SectionLaw({lower_arm_radius_m, lower_arm_radius_m, 2.0, stations.station.front().tissue},
                 table),
      table.shear_n_per_m(),
      table.decay_length_m()};
  for (Eigen::Index k = 0; k < TrunkPlaces::nodes; ++k) {
    const double along_m = static_cast<double>(k) * places.spacing_m();
    out.trunk.emplace_back(slices.at(along_m), table);
  }
  return out;
}

}  // namespace matfit
