#include "stages/calibrate/plate_surface.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace matfit {

namespace {

using Sparse = Eigen::SparseMatrix<double>;

// Thin plate with some tension, which keeps it from overshooting beside steep edges. Of harmonic,
// thin plate (natural or mirrored edges) and this, on the readings, their roots and logarithms, it
// keeps the load best on PmatData, and without bias. Roots and logarithms take 0.3 % of the load of
// a lost column away for 3 % less error of its cells.
constexpr double tension = 0.25;
constexpr double twist = 2.0;  // of the mixed second derivative in the energy of a plate
// Holds cells that no sound one reaches.
constexpr double ridge = 1e-9;
constexpr double least_weight = 0.002;

// The energy's matrix, row by missing cell: against the missing and against the sound cells.
class SurfaceEnergy {
 public:
  SurfaceEnergy(const MatGeometry& geometry, const std::vector<CellRole>& roles)
      : geometry_(geometry), roles_(roles), number_(roles.size(), 0) {
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (roles[i] == CellRole::missing) number_[i] = missing_++;
      if (roles[i] == CellRole::sound) number_[i] = sound_++;
    }
    const double ratio = geometry.row_pitch_m / geometry.col_pitch_m;
    // Distances in units of the geometric mean of the pitches.
    const double along_rows = 1.0 / ratio;  // of a squared derivative from row to row
    const double along_cols = ratio;
    for (int r = 0; r < geometry.rows; ++r) {
      for (int c = 0; c < geometry.cols; ++c) {
        add({{r, c, 1}, {r + 1, c, -2}, {r + 2, c, 1}}, along_rows * along_rows);
        add({{r, c, 1}, {r, c + 1, -2}, {r, c + 2, 1}}, along_cols * along_cols);
        add({{r, c, 1}, {r + 1, c, -1}, {r, c + 1, -1}, {r + 1, c + 1, 1}}, twist);
        add({{r, c, 1}, {r + 1, c, -1}}, tension * along_rows);
        add({{r, c, 1}, {r, c + 1, -1}}, tension * along_cols);
      }
    }
  }

  Sparse among_missing() const {
    Sparse matrix(missing_, missing_);
    matrix.setFromTriplets(missing_terms_.begin(), missing_terms_.end());
    Sparse unit(missing_, missing_);
    unit.setIdentity();
    return matrix + ridge * unit;
  }

  Sparse to_sound() const {
    Sparse matrix(missing_, sound_);
    matrix.setFromTriplets(sound_terms_.begin(), sound_terms_.end());
    return matrix;
  }

 private:
  struct Term {
    int row = 0;
    int col = 0;
    double weight = 0.0;
  };

  std::size_t index(const Term& t) const {
    return static_cast<std::size_t>(t.row) * static_cast<std::size_t>(geometry_.cols) +
           static_cast<std::size_t>(t.col);
  }

  // A difference over cells that are all in the surface; natural edges need no others.
  void add(std::initializer_list<Term> terms, double weight) {
    bool concerned = false;
    for (const Term& t : terms) {
      if (t.row >= geometry_.rows || t.col >= geometry_.cols) return;
      if (roles_[index(t)] == CellRole::outside) return;
      concerned = concerned || roles_[index(t)] == CellRole::missing;
    }
    if (!concerned) return;
    for (const Term& a : terms) {
      if (roles_[index(a)] != CellRole::missing) continue;
      for (const Term& b : terms) {
        auto& to = roles_[index(b)] == CellRole::missing ? missing_terms_ : sound_terms_;
        to.emplace_back(number_[index(a)], number_[index(b)], weight * a.weight * b.weight);
      }
    }
  }

  const MatGeometry& geometry_;
  const std::vector<CellRole>& roles_;
  std::vector<int> number_;  // among the missing or the sound cells
  int missing_ = 0;
  int sound_ = 0;
  std::vector<Eigen::Triplet<double>> missing_terms_;
  std::vector<Eigen::Triplet<double>> sound_terms_;
};

// Cells that hardly any sound one reaches stay without; the others' weights sum to 1.
void settle_weights(WeightedCells& from) {
  double total = 0.0;
  for (const auto& [cell, weight] : from) total += weight;
  if (!(total > 0.5)) from.clear();
  for (auto& [cell, weight] : from) weight = static_cast<float>(weight / total);
}

}  // namespace

std::vector<CellRole> cell_roles(const MatGeometry& g, const std::vector<std::uint8_t>& defective,
                                 const std::vector<std::uint8_t>& absent) {
  std::vector<CellRole> roles(static_cast<std::size_t>(g.cells()), CellRole::sound);
  std::vector<int> open;
  const auto visit = [&](int r, int c) {
    if (r < 0 || c < 0 || r >= g.rows || c >= g.cols) return;
    const auto i = static_cast<std::size_t>(r * g.cols + c);
    if (absent.empty() || absent[i] == 0 || roles[i] == CellRole::outside) return;
    roles[i] = CellRole::outside;
    open.push_back(r * g.cols + c);
  };
  for (int r = 0; r < g.rows; ++r) {
    for (int c = 0; c < g.cols; ++c) {
      if (r == 0 || c == 0 || r == g.rows - 1 || c == g.cols - 1) visit(r, c);
    }
  }
  while (!open.empty()) {
    const int cell = open.back();
    open.pop_back();
    const int r = cell / g.cols;
    const int c = cell % g.cols;
    visit(r - 1, c);
    visit(r + 1, c);
    visit(r, c - 1);
    visit(r, c + 1);
  }
  for (std::size_t i = 0; i < roles.size(); ++i) {
    const bool missing = defective[i] != 0 || (!absent.empty() && absent[i] != 0);
    if (missing && roles[i] == CellRole::sound) roles[i] = CellRole::missing;
  }
  return roles;
}

PlateSurface::PlateSurface(const MatGeometry& geometry, const std::vector<CellRole>& roles) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (roles[i] == CellRole::sound) sound_.push_back(static_cast<Eigen::Index>(i));
    if (roles[i] == CellRole::missing) missing_.push_back(static_cast<Eigen::Index>(i));
  }
  if (missing_.empty()) return;
  const SurfaceEnergy energy(geometry, roles);
  to_sound_ = energy.to_sound();
  among_missing_.compute(energy.among_missing());
}

std::vector<WeightedCells> PlateSurface::sources() const {
  std::vector<WeightedCells> sources(missing_.size());
  for (Eigen::Index k = 0; k < to_sound_.cols(); ++k) {
    if (to_sound_.col(k).nonZeros() == 0) continue;
    const Eigen::VectorXd weights = among_missing_.solve(-Eigen::VectorXd(to_sound_.col(k)));
    for (std::size_t i = 0; i < sources.size(); ++i) {
      const double weight = weights[static_cast<Eigen::Index>(i)];
      if (std::abs(weight) < least_weight) continue;
      sources[i].emplace_back(sound_[static_cast<std::size_t>(k)], static_cast<float>(weight));
    }
  }
  for (WeightedCells& from : sources) settle_weights(from);
  return sources;
}

double PlateSurface::variance_of_sum(const Eigen::VectorXd& amplitude) const {
  return std::max(amplitude.dot(among_missing_.solve(amplitude)), 0.0);
}

}  // namespace matfit
