#pragma once

#include "synthetic/posed_body.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace matfit {

// The physics' own fine grid; cell (row, col) is centred at origin + (col, row) * pitch.
struct FineGrid {
  int rows = 0;
  int cols = 0;
  double pitch_m = 0.0;
  Eigen::Vector2d origin_m{0.0, 0.0};

  std::size_t cells() const {
    return static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols);
  }
  double cell_area_m2() const { return pitch_m * pitch_m; }
  Eigen::Vector2d centre_m(int row, int col) const {
    return origin_m + pitch_m * Eigen::Vector2d(col, row);
  }
};

// The body's lower skin over one cell: what is lowest there, and what moves it.
struct SkinCell {
  std::size_t cell = 0;
  double height_m = 0.0;  // over mattress, pillow or wedge, before sinking
  int node_a = 0;
  int node_b = 0;
  double share_b = 0.0;
  FleshLayer tissue;
  bool on_pillow = false;
  bool on_wedge = false;
};

struct Underside {
  FineGrid grid;
  std::vector<SkinCell> skin;  // in the order of the grid's cells
};

// Only skin that sinking can bring into contact is kept: up to 15 cm over the lowest of its node.
Underside underside_of(const PosedBody& body, double pitch_m);

}  // namespace matfit
