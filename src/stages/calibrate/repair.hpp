#pragma once

#include "stages/calibrate/plate_surface.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace matfit {

// How defective cells are replaced: each by a weighted sum of the sound cells about it, between the
// surface that bends and stretches least and what the covariance of the map itself expects.
struct RepairPlan {
  struct Cell {
    Eigen::Index cell = 0;
    WeightedCells from;
    double relative_sd = 0.0;  // of the load there: the larger of its own and its neighbourhood's
  };
  std::vector<Cell> cells;  // in order; without sound cells anywhere about, `from` is empty
  // Of the whole load of the typical map: what the repaired cells carry, and the standard deviation
  // of that, the errors along a line taken together.
  double load_share = 0.0;
  double load_sd_share = 0.0;
};

// `defective` and `absent`: rows * cols marks, row-major; no absent ones may be given as {}. Absent
// cells are no part of the surface, unless they lie within the mat, cut off from its edge: those
// are repaired as well. `typical`: what the sound cells read, tared, row-major; on it the errors
// are learned, and without it they are those of a usual map.
RepairPlan plan_repair(const MatGeometry& geometry, const std::vector<std::uint8_t>& defective,
                       const std::vector<std::uint8_t>& absent = {},
                       const Eigen::ArrayXf& typical = {});

// Replaces the planned cells of one frame; never by less than 0.
void repair(const RepairPlan& plan, Eigen::Ref<Eigen::Array<float, 1, Eigen::Dynamic>> frame);

}  // namespace matfit
