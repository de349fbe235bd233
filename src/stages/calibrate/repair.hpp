#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <utility>
#include <vector>

namespace matfit {

// How defective cells are replaced: by the surface through the sound cells that bends and stretches
// least, a weighted sum of the sound cells about each. Weights sum to 1.
struct RepairPlan {
  struct Cell {
    Eigen::Index cell = 0;
    std::vector<std::pair<Eigen::Index, float>> from;  // sound cell and weight
    double relative_sd = 0.0;  // of the load there: the larger of its own and its neighbourhood's
  };
  std::vector<Cell> cells;  // in order; without sound cells anywhere about, `from` is empty
};

// `defective` and `absent`: rows * cols marks, row-major; no absent ones may be given as {}. Absent
// cells are no part of the surface, unless they lie within the mat, cut off from its edge: those
// are bridged as well.
RepairPlan plan_repair(const MatGeometry& geometry, const std::vector<std::uint8_t>& defective,
                       const std::vector<std::uint8_t>& absent = {});

// Replaces the planned cells of one frame; never by less than 0.
void repair(const RepairPlan& plan, Eigen::Ref<Eigen::Array<float, 1, Eigen::Dynamic>> frame);

}  // namespace matfit
