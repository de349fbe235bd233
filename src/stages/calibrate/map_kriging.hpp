#pragma once

#include "stages/calibrate/missing_patches.hpp"

namespace matfit {

// Simple kriging (Matheron 1963) of a patch's cells with the map's own covariance, from the sound
// cells about: six cells across a line and three along it. It knows of what repeats over the map,
// as the cells of an air mattress do. `map`: the missing cells filled in; sources in the order of
// patch.cells.
std::vector<WeightedCells> kriging_sources(const MatGeometry& geometry,
                                           const MissingPatches& patches, const MissingPatch& patch,
                                           const std::vector<Eigen::Index>& missing,
                                           const Eigen::Array<float, 1, Eigen::Dynamic>& map);

}  // namespace matfit
