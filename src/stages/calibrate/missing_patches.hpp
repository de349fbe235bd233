#pragma once

#include "stages/calibrate/plate_surface.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace matfit {

// How far to go, in cells.
struct CellStep {
  int rows = 0;
  int cols = 0;
};

// Missing cells that hang together, as numbers among the missing, and what lies round them.
struct MissingPatch {
  std::vector<std::size_t> cells;
  int height = 1;
  int width = 1;
  // To sound places of the mat: across the line that it is, both ways where it is none.
  std::vector<CellStep> moves;
};

// The missing cells of a mat as patches that can be moved about, to see on a map what sources give
// where the truth is known.
class MissingPatches {
 public:
  MissingPatches(const MatGeometry& geometry, const std::vector<CellRole>& roles);

  const std::vector<MissingPatch>& patches() const { return patches_; }
  // The cell so far away; absent beyond the mat.
  std::optional<Eigen::Index> moved(Eigen::Index cell, CellStep by) const;
  // What `sources`, moved likewise, give for a missing cell moved onto a sound one; absent where
  // not all of them are sound.
  std::optional<double> given(std::size_t missing, const WeightedCells& sources, CellStep by,
                              const Eigen::Array<float, 1, Eigen::Dynamic>& map) const;
  bool is_sound(Eigen::Index cell) const {
    return roles_[static_cast<std::size_t>(cell)] == CellRole::sound;
  }

 private:
  void find_patches();
  std::vector<CellStep> moves_of(const MissingPatch& patch, CellStep low, CellStep high) const;

  MatGeometry geometry_;
  std::vector<CellRole> roles_;
  std::vector<Eigen::Index> missing_;
  std::vector<MissingPatch> patches_;
};

}  // namespace matfit
