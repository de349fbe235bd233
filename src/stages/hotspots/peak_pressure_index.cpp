#include "stages/hotspots/peak_pressure_index.hpp"

#include <array>
#include <cmath>
#include <set>
#include <vector>

namespace matfit {

namespace {

// Cells in the order in which the area grows: the seed, then always the highest cell that shares a
// side with the area (ties: the first in row-major order).
std::vector<Eigen::Index> growth(const PressureField& field, const CellMask& own, int row, int col,
                                 std::size_t count) {
  const MatGeometry& g = field.geometry;
  std::vector<Eigen::Index> taken;
  std::set<std::pair<double, Eigen::Index>> border;  // minus the pressure, index
  std::vector<bool> seen(static_cast<std::size_t>(g.cells()), false);
  const auto offer = [&](int r, int c) {
    if (r < 0 || c < 0 || r >= g.rows || c >= g.cols || !own(r, c)) return;
    if (field.pressure_pa(r, c) > field.pressure_pa(row, col) && !field.repaired(r, c)) return;
    const Eigen::Index i = r * g.cols + c;
    if (seen[static_cast<std::size_t>(i)]) return;
    seen[static_cast<std::size_t>(i)] = true;
    border.insert({-field.pressure_pa(r, c), i});
  };
  offer(row, col);
  while (taken.size() < count && !border.empty()) {
    const Eigen::Index i = border.begin()->second;
    border.erase(border.begin());
    taken.push_back(i);
    const int r = static_cast<int>(i) / g.cols;
    const int c = static_cast<int>(i) % g.cols;
    for (const auto& [dr, dc] : {std::array<int, 2>{-1, 0}, {0, -1}, {0, 1}, {1, 0}}) {
      offer(r + dr, c + dc);
    }
  }
  return taken;
}

}  // namespace

PeakPressureIndex peak_pressure_index(const PressureField& field, const CellMask& own, int row,
                                      int col, double area_low_m2, double area_high_m2) {
  const double cell_m2 = field.geometry.cell_area_m2();
  constexpr double rounding = 1e-9;  // of a cell, so that nine cells of 1 cm2 are nine
  double cells_wanted = area_low_m2 / cell_m2;
  const double whole = std::ceil(cells_wanted - rounding);
  if (whole * cell_m2 <= area_high_m2 * (1.0 + rounding) || cell_m2 > area_high_m2) {
    cells_wanted = std::max(whole, 1.0);
  }
  PeakPressureIndex index;
  double sum = 0.0;
  double taken = 0.0;
  for (const Eigen::Index i :
       growth(field, own, row, col, static_cast<std::size_t>(std::ceil(cells_wanted - rounding)))) {
    const double share = std::min(1.0, cells_wanted - taken);
    sum += share * field.pressure_pa(i / field.geometry.cols, i % field.geometry.cols);
    taken += share;
    index.cells.emplace_back(i, share);
  }
  index.area_m2 = taken * cell_m2;
  index.mean_pa = taken > 0.0 ? sum / taken : 0.0;
  return index;
}

}  // namespace matfit
