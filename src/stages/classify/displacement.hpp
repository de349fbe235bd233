#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/Core>

namespace matfit {

struct DisplacementOptions {
  // A limb that is drawn up or a turn on the spot fits no better elsewhere; a body that lies
  // elsewhere as it lay fits there with less than this share of the change.
  double explained_share = 0.7;
  double farthest_m = 0.20;
  double finest_step_m = 0.02;
};

// How far the load of `to` lies from that of `from`, both [rows, cols] and in one unit: the least
// distance at which laying one map on the other leaves the smallest sum |A - B|, in steps of cells;
// 0 where that explains too little of their difference to be called a displacement.
double displacement_m(const Eigen::ArrayXXd& from, const Eigen::ArrayXXd& to,
                      const MatGeometry& geometry, const DisplacementOptions& options = {});

}  // namespace matfit
