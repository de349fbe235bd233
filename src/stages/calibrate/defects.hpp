#pragma once

#include "types/mat_geometry.hpp"
#include "types/quality.hpp"
#include "types/survey.hpp"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace matfit {

// Sensor faults of a mat, row and column in the recording's order. A cell in a faulty line or part
// of a line is not listed again among the cells.
struct Defects {
  std::vector<std::array<int, 2>> dead_cells;
  std::vector<std::array<int, 2>> hot_cells;  // stuck high, or jumping high now and then
  std::vector<int> dead_rows;
  std::vector<int> dead_cols;
  std::vector<LinePart> dead_parts;  // from one end of a line up to somewhere
  std::vector<int> weak_rows;        // read a steady fraction of what their neighbours do
  std::vector<int> weak_cols;
  std::vector<int> hot_rows;  // stuck at one value, loaded or not
  std::vector<int> hot_cols;

  // rows * cols, row-major; 1: not to be believed. Marks of absent cells may be given, which are
  // not defective whatever line they lie in.
  std::vector<std::uint8_t> mask(const MatGeometry& geometry,
                                 const std::vector<std::uint8_t>& absent = {}) const;
};

// What the search looks at, in the recording's unit.
struct DefectEvidence {
  MatGeometry geometry;
  const Survey* loaded = nullptr;  // frames with somebody on the mat
  const Survey* empty = nullptr;   // frames with nobody on it; may be empty
  Eigen::ArrayXf background;       // a cell each
  double noise = 0.0;
  std::optional<double> saturation;
  std::vector<std::uint8_t> absent;  // marks of cells that the mat does not have, or empty
};

// Conservative: a heel, an elbow, the gap between two legs or between two air cells is not a
// defect. What counts as one is said at find_hot_cells(), find_hot_columns(), find_column_faults(),
// find_silent_cells() and find_holes().
Defects find_defects(const DefectEvidence& evidence);

}  // namespace matfit
