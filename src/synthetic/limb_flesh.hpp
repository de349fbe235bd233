#pragma once

#include "synthetic/posed_body.hpp"

#include <span>

namespace matfit {

// The cross-section of a limb at a share of its length; drop is how far the flesh hangs below the
// line of the joints.
struct Girth {
  double share;
  double radius_m;
  double drop_m;
};

inline constexpr Girth blade_girths[] = {{0.0, 0.056, 0.0}, {1.0, 0.056, 0.0}};
inline constexpr Girth upper_arm_girths[] = {
    {0.0, 0.054, 0.0}, {0.5, 0.047, 0.0}, {1.0, 0.040, 0.0}};
inline constexpr Girth forearm_girths[] = {{0.0, 0.042, 0.0}, {0.3, 0.042, 0.0}, {1.0, 0.026, 0.0}};
inline constexpr Girth thigh_girths[] = {
    {0.0, 0.084, 0.006}, {0.25, 0.078, 0.006}, {0.7, 0.060, 0.0}, {1.0, 0.050, 0.0}};
inline constexpr Girth shank_on_back[] = {
    {0.0, 0.046, 0.0}, {0.28, 0.056, 0.016}, {0.65, 0.042, 0.004}, {1.0, 0.032, 0.006}};
inline constexpr Girth shank_otherwise[] = {
    {0.0, 0.054, 0.0}, {0.28, 0.055, -0.004}, {0.65, 0.043, 0.0}, {1.0, 0.034, 0.0}};

inline constexpr FleshLayer arm_tissue{0.014, 13e3};
inline constexpr FleshLayer thigh_tissue{0.032, 10e3};
inline constexpr FleshLayer shank_tissue{0.022, 9e3};

// One end of a limb's part: where it is and which node moves it.
struct Joint {
  Eigen::Vector3d place_m;
  int node;
};

// Beads of flesh along a part of a limb.
void add_flesh(PosedBody& posed, const Joint& from, const Joint& to, std::span<const Girth> girths,
               double girth_factor, const FleshLayer& tissue);

// One bony ellipsoid: hand, heel, sole. half_axes: along `direction`, across it, upright.
void add_lump(PosedBody& posed, const Eigen::Vector3d& centre, const Eigen::Vector2d& direction,
              const Eigen::Vector3d& half_axes, int node);

}  // namespace matfit
