#include "synthetic/body_dimensions.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

// millimetres = a + b stature[m] + c mass[kg], with the standard error of the regression.
struct Regression {
  double a, b, c, standard_error;
};

struct Regressions {
  Regression biacromial, bideltoid, chest_breadth, chest_depth, waist_breadth, waist_depth,
      hip_breadth, buttock_depth, head_breadth;
};

constexpr Regressions men = {
    {204.6, 91.7, 0.586, 14.5},  {433.5, -61.0, 2.153, 14.9},  {206.2, 3.6, 0.900, 12.9},
    {258.1, -89.4, 1.785, 12.4}, {306.0, -103.3, 2.359, 15.9}, {302.4, -153.3, 2.392, 16.6},
    {232.6, -6.5, 1.456, 12.8},  {259.0, -98.1, 1.860, 11.1},  {156.6, -8.6, 0.151, 5.2}};
constexpr Regressions women = {
    {132.0, 128.3, 0.361, 14.7},  {386.8, -62.7, 2.443, 14.2},  {206.4, -12.9, 1.238, 13.1},
    {277.8, -116.3, 2.347, 15.2}, {295.9, -113.8, 2.793, 18.2}, {317.1, -181.0, 2.815, 16.6},
    {262.4, -31.6, 2.108, 14.9},  {263.6, -111.3, 2.222, 11.5}, {135.1, 3.7, 0.098, 5.0}};

// Shares of body mass in per cent; arms and legs of one side.
struct MassShares {
  double head, upper_trunk, middle_trunk, lower_trunk, upper_arm, forearm, hand, thigh, shank, foot;
};
constexpr MassShares shares_of_dempster = {8.10, 21.60, 13.90, 14.20, 2.80,
                                           1.60, 0.60,  10.00, 4.65,  1.45};
constexpr MassShares shares_of_men = {6.94, 15.96, 16.33, 11.17, 2.71,
                                      1.62, 0.61,  14.16, 4.33,  1.37};
constexpr MassShares shares_of_women = {6.68, 15.45, 14.65, 12.47, 2.55,
                                        1.38, 0.56,  14.78, 4.81,  1.29};

// Heights over the floor as shares of stature.
struct HeightShares {
  double c7, acromion, chest, tenth_rib, waist, trochanter, crotch, knee, ankle;
};
constexpr HeightShares heights_of_men = {0.864, 0.820, 0.735, 0.638, 0.601,
                                         0.513, 0.482, 0.278, 0.042};
constexpr HeightShares heights_of_women = {0.857, 0.820, 0.719, 0.649, 0.602,
                                           0.519, 0.480, 0.276, 0.039};

double metres(const Regression& r, const SleeperBody& body, double deviation) {
  return 0.001 * (r.a + r.b * body.stature_m + r.c * body.mass_kg + deviation * r.standard_error);
}

}  // namespace

BodyDimensions dimensions_of(const SleeperBody& body) {
  const bool male = body.sex == Sex::male;
  const Regressions& r = male ? men : women;
  const HeightShares& h = male ? heights_of_men : heights_of_women;
  const MassShares& m = body.segment_masses == SegmentMasses::dempster ? shares_of_dempster
                        : male                                         ? shares_of_men
                                                                       : shares_of_women;
  const BodyDeviations& d = body.deviations;
  const double stature = body.stature_m;

  BodyDimensions out;
  out.stature_m = stature;
  out.biacromial_breadth_m = metres(r.biacromial, body, d.biacromial_breadth);
  out.bideltoid_breadth_m =
      std::max(metres(r.bideltoid, body, d.bideltoid_breadth), out.biacromial_breadth_m + 0.03);
  out.chest_breadth_m = metres(r.chest_breadth, body, d.chest_breadth);
  out.chest_depth_m = metres(r.chest_depth, body, d.chest_depth);
  out.waist_breadth_m = metres(r.waist_breadth, body, d.waist_breadth);
  out.waist_depth_m = metres(r.waist_depth, body, d.waist_depth);
  out.hip_breadth_m = metres(r.hip_breadth, body, d.hip_breadth);
  out.buttock_depth_m = metres(r.buttock_depth, body, d.buttock_depth);
  out.head_breadth_m = metres(r.head_breadth, body, d.head_breadth);

  // Longer legs leave less for the trunk.
  const double leg = 1.0 + 0.025 * d.leg_length;
  const double trochanter = h.trochanter * leg;
  const double trunk = (h.c7 - trochanter) / (h.c7 - h.trochanter);
  const auto below_c7 = [&](double share) { return (h.c7 - share) * trunk * stature; };
  out.shoulder_m = below_c7(h.acromion) + 0.015;
  out.chest_m = below_c7(h.chest);
  out.tenth_rib_m = below_c7(h.tenth_rib);
  out.waist_m = below_c7(h.waist);
  out.sacrum_m = below_c7(0.568);
  out.l3_m = 0.768 * out.sacrum_m;  // as in spine_truth.cpp's proportions
  out.hip_m = below_c7(h.trochanter);
  out.trunk_m = below_c7(h.crotch - 0.012);
  out.head_centre_m = (1.0 - h.c7) * stature - 0.11;

  out.upper_arm_m = 0.178 * stature;
  out.forearm_m = 0.146 * stature;
  out.hand_m = 0.105 * stature;
  out.thigh_m = (h.trochanter - h.knee) * leg * stature;
  out.shank_m = (h.knee - h.ankle) * leg * stature;
  out.foot_m = 0.152 * stature;
  const double body_mass_index = body.mass_kg / (stature * stature);
  out.limb_girth = std::sqrt(body_mass_index / 24.0) * (1.0 + 0.05 * d.limb_girth);

  const double kg = 0.01 * body.mass_kg;
  const double moved = body.upper_mass_share * body.mass_kg;
  out.head_kg = m.head * kg;
  out.upper_trunk_kg = m.upper_trunk * kg + 0.3 * moved;
  out.middle_trunk_kg = m.middle_trunk * kg + 0.7 * moved;
  out.lower_trunk_kg = m.lower_trunk * kg - moved;
  out.upper_arm_kg = m.upper_arm * kg;
  out.forearm_kg = m.forearm * kg;
  out.hand_kg = m.hand * kg;
  out.thigh_kg = m.thigh * kg;
  out.shank_kg = m.shank * kg;
  out.foot_kg = m.foot * kg;
  return out;
}

}  // namespace matfit
