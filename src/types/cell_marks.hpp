#pragma once

#include "types/mat_geometry.hpp"
#include "types/quality.hpp"

#include <Eigen/Core>

namespace matfit {

// What is wrong with a cell, its line's fault included; the worst where several are.
enum class CellMark : char { sound, bridged, weak, dead, hot };

using CellMarks = Eigen::Array<CellMark, Eigen::Dynamic, Eigen::Dynamic>;

// rows x cols, in the recording's order.
CellMarks cell_marks(const Quality& quality, const MatGeometry& geometry);

}  // namespace matfit
