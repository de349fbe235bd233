#pragma once

#include "stages/calibrate/bridged_patches.hpp"

namespace matfit {

// Simple kriging (Matheron 1963) of a patch's cells with the map's own covariance, from the sound
// cells about: six cells across a line and three along it. It knows of what repeats over the map,
// as the cells of an air mattress do. `map`: the bridged cells filled in; sources in the order of
// patch.cells.
std::vector<WeightedCells> kriging_sources(const MatGeometry& geometry,
                                           const BridgedPatches& patches, const BridgedPatch& patch,
                                           const std::vector<Eigen::Index>& bridged,
                                           const Eigen::Array<float, 1, Eigen::Dynamic>& map);

}  // namespace matfit
