#pragma once

#include "stages/calibrate/missing_patches.hpp"
#include "stages/calibrate/plate_surface.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Standard deviations of what sources give for the missing cells.
struct RepairErrors {
  // A missing cell each, relative to the larger of its load and the mean of the nine cells about.
  std::vector<double> relative_sd;
  double sd_of_sum = 0.0;  // of all missing cells, in the map's unit
};

// The surface's own errors, scaled by how far its sources go wrong on this map: each patch of
// missing cells is moved about over sound ones, and what it then gives is held against what they
// read. Lines that err as one are seen by the sums over the patch. `map`: a cell each, row-major,
// the missing ones filled in.
RepairErrors repair_errors(const MatGeometry& geometry, const PlateSurface& surface,
                           const MissingPatches& patches, const std::vector<WeightedCells>& sources,
                           const Eigen::Array<float, 1, Eigen::Dynamic>& map);

}  // namespace matfit
