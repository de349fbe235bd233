#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/SparseCholesky>
#include <Eigen/SparseCore>

#include <cstdint>
#include <utility>
#include <vector>

namespace matfit {

// What a cell is to a surface over the mat: read, missing, or no part of it.
enum class CellRole : unsigned char { sound, missing, outside };

// `defective` and `absent`: rows * cols marks, row-major; `absent` may be empty. Absent cells are
// outside, unless they lie within the mat, cut off from its edge: those are missing too.
std::vector<CellRole> cell_roles(const MatGeometry& geometry,
                                 const std::vector<std::uint8_t>& defective,
                                 const std::vector<std::uint8_t>& absent);

// Cells and what each adds to a weighted sum.
using WeightedCells = std::vector<std::pair<Eigen::Index, float>>;

// The surface through the sound cells that bends and stretches least, and, taken as the mode of a
// Gaussian process, how far the missing cells may lie from it.
class PlateSurface {
 public:
  PlateSurface(const MatGeometry& geometry, const std::vector<CellRole>& roles);

  const std::vector<Eigen::Index>& missing() const { return missing_; }
  // Of each missing cell, summing to 1; without sound cells anywhere about, empty.
  std::vector<WeightedCells> sources() const;
  // Of a sum over the missing cells with these amplitudes, for one of the process.
  double variance_of_sum(const Eigen::VectorXd& amplitude) const;

 private:
  std::vector<Eigen::Index> missing_;
  std::vector<Eigen::Index> sound_;
  Eigen::SparseMatrix<double> to_sound_;
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> among_missing_;
};

}  // namespace matfit
