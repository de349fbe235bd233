#pragma once

#include "stages/calibrate/survey.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace matfit {

// Sensor faults of a mat, row and column in the recording's order. A cell in a dead line is not
// listed again among the cells.
struct Defects {
  std::vector<std::array<int, 2>> dead_cells;
  std::vector<std::array<int, 2>> hot_cells;  // stuck high, or jumping high now and then
  std::vector<int> dead_rows;
  std::vector<int> dead_cols;
  std::vector<int> weak_rows;  // read a steady fraction of what their neighbours do
  std::vector<int> weak_cols;
  std::vector<int> hot_rows;  // stuck at one value, loaded or not
  std::vector<int> hot_cols;

  // rows * cols, row-major; 1: not to be believed.
  std::vector<std::uint8_t> mask(const MatGeometry& geometry) const;
};

// What the search looks at, in the recording's unit.
struct DefectEvidence {
  MatGeometry geometry;
  const Survey* loaded = nullptr;  // frames with somebody on the mat
  const Survey* empty = nullptr;   // frames with nobody on it; may be empty
  Eigen::ArrayXf background;       // a cell each
  double noise = 0.0;
  std::optional<double> saturation;
};

// Conservative: a heel, an elbow or the gap between two legs is not a defect.
//   dead line  next to nothing where both neighbours are loaded, and where the load on either side,
//              carried on in a straight line, would reach across; needs an eighth of the line,
//              and at most one other line of that direction dips, unlike the gaps of an air
//              mattress
//   weak line  a steady 0.08 to 0.45 of its neighbours along half of the line, otherwise alike
//   hot line   one value from end to end beside neighbours that vary
//   dead cell  next to nothing among eight loaded neighbours, far below the background, or never
//              finite
//   hot cell   seven times its highest neighbour and the 99th percentile of the loaded cells; or
//              pinned to saturation without any change; or such jumps in single frames, twice or
//              more; or loaded while the mat is empty
Defects find_defects(const DefectEvidence& evidence);

}  // namespace matfit
