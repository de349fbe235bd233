#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <utility>
#include <vector>

namespace matfit {

// How defective cells are replaced: each by a weighted mean of the nearest sound cells to its left,
// right, up and down, weighted by one over the distance. A cell without any stays 0.
struct RepairPlan {
  struct Cell {
    Eigen::Index cell = 0;
    std::vector<std::pair<Eigen::Index, float>> from;  // cell and weight; weights sum to 1
  };
  std::vector<Cell> cells;
};

// `defective`: rows * cols, row-major. A sound cell beyond the other side of the mat's edge does
// not exist, so a dead outer line takes its inner neighbour.
RepairPlan plan_repair(const MatGeometry& geometry, const std::vector<std::uint8_t>& defective);

// Replaces the planned cells of one frame.
void repair(const RepairPlan& plan, Eigen::Ref<Eigen::Array<float, 1, Eigen::Dynamic>> frame);

}  // namespace matfit
