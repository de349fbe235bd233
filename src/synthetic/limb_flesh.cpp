#include "synthetic/limb_flesh.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

// A lain-upon limb is wider than high.
constexpr double flattening = 1.15;

constexpr FleshLayer bony_tissue{0.011, 28e3};

Girth girth_at(std::span<const Girth> girths, double share) {
  std::size_t i = 0;
  while (i + 2 < girths.size() && share > girths[i + 1].share) ++i;
  const double u = (share - girths[i].share) / (girths[i + 1].share - girths[i].share);
  return {share, girths[i].radius_m + u * (girths[i + 1].radius_m - girths[i].radius_m),
          girths[i].drop_m + u * (girths[i + 1].drop_m - girths[i].drop_m)};
}

}  // namespace

void add_flesh(PosedBody& posed, const Joint& from, const Joint& to, std::span<const Girth> girths,
               double girth_factor, const FleshLayer& tissue) {
  const double length = (to.place_m - from.place_m).head<2>().norm();
  const int count = std::max(4, static_cast<int>(std::ceil(length / 0.018)));
  for (int i = 0; i <= count; ++i) {
    const double share = static_cast<double>(i) / count;
    const Girth girth = girth_at(girths, share);
    FleshBead bead;
    bead.centre_m = from.place_m + share * (to.place_m - from.place_m);
    bead.centre_m.z() -= girth.drop_m * girth_factor;
    bead.upright_m = girth.radius_m * girth_factor;
    bead.along_m = bead.across_m = flattening * bead.upright_m;
    bead.node_a = from.node;
    bead.node_b = to.node;
    bead.share_b = share;
    bead.tissue = tissue;
    posed.beads.push_back(bead);
  }
}

void add_lump(PosedBody& posed, const Eigen::Vector3d& centre, const Eigen::Vector2d& direction,
              const Eigen::Vector3d& half_axes, int node) {
  FleshBead bead;
  bead.centre_m = centre;
  bead.along_m = half_axes.x();
  bead.across_m = half_axes.y();
  bead.upright_m = half_axes.z();
  bead.direction = direction;
  bead.node_a = bead.node_b = node;
  bead.tissue = bony_tissue;
  posed.beads.push_back(bead);
}

}  // namespace matfit
