#include "stages/calibrate/repair.hpp"

#include <array>
#include <cstdlib>

namespace matfit {

RepairPlan plan_repair(const MatGeometry& geometry, const std::vector<std::uint8_t>& defective) {
  RepairPlan plan;
  constexpr std::array<std::array<int, 2>, 4> directions = {{{0, -1}, {0, 1}, {-1, 0}, {1, 0}}};
  for (int r = 0; r < geometry.rows; ++r) {
    for (int c = 0; c < geometry.cols; ++c) {
      if (defective[static_cast<std::size_t>(r * geometry.cols + c)] == 0) continue;
      RepairPlan::Cell cell;
      cell.cell = r * geometry.cols + c;
      double total = 0.0;
      for (const auto& [dr, dc] : directions) {
        int i = r + dr;
        int j = c + dc;
        const auto inside = [&] {
          return i >= 0 && j >= 0 && i < geometry.rows && j < geometry.cols;
        };
        while (inside() && defective[static_cast<std::size_t>(i * geometry.cols + j)] != 0) {
          i += dr;
          j += dc;
        }
        if (!inside()) continue;
        const double distance_m =
            std::abs(i - r) * geometry.row_pitch_m + std::abs(j - c) * geometry.col_pitch_m;
        cell.from.emplace_back(i * geometry.cols + j, static_cast<float>(1.0 / distance_m));
        total += 1.0 / distance_m;
      }
      for (auto& [from, weight] : cell.from) weight = static_cast<float>(weight / total);
      plan.cells.push_back(std::move(cell));
    }
  }
  return plan;
}

void repair(const RepairPlan& plan, Eigen::Ref<Eigen::Array<float, 1, Eigen::Dynamic>> frame) {
  for (const RepairPlan::Cell& cell : plan.cells) {
    float value = 0.0F;
    for (const auto& [from, weight] : cell.from) value += weight * frame[from];
    frame[cell.cell] = value;
  }
}

}  // namespace matfit
