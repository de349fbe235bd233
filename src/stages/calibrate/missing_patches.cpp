#include "stages/calibrate/missing_patches.hpp"

#include "stages/calibrate/cell_neighbours.hpp"

#include <algorithm>

namespace matfit {

namespace {

constexpr std::size_t most_moves = 64;

}  // namespace

MissingPatches::MissingPatches(const MatGeometry& geometry, const std::vector<CellRole>& roles)
    : geometry_(geometry), roles_(roles) {
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (roles[i] == CellRole::missing) missing_.push_back(static_cast<Eigen::Index>(i));
  }
  find_patches();
}

void MissingPatches::find_patches() {
  std::vector<std::optional<std::size_t>> number(roles_.size());
  for (std::size_t i = 0; i < missing_.size(); ++i) {
    number[static_cast<std::size_t>(missing_[i])] = i;
  }
  for (const Eigen::Index start : missing_) {
    MissingPatch patch;
    CellStep low = {geometry_.rows, geometry_.cols};
    CellStep high = {0, 0};
    std::vector<int> open;
    const auto take = [&](int row, int col) {
      auto& at = number[static_cast<std::size_t>(row * geometry_.cols + col)];
      if (!at) return;
      patch.cells.push_back(*at);
      at.reset();
      low = {std::min(low.rows, row), std::min(low.cols, col)};
      high = {std::max(high.rows, row), std::max(high.cols, col)};
      open.push_back(row * geometry_.cols + col);
    };
    const auto first = static_cast<int>(start);
    take(first / geometry_.cols, first % geometry_.cols);
    while (!open.empty()) {
      const int cell = open.back();
      open.pop_back();
      visit_neighbours(geometry_.rows, geometry_.cols, cell / geometry_.cols, cell % geometry_.cols,
                       take);
    }
    if (patch.cells.empty()) continue;
    std::sort(patch.cells.begin(), patch.cells.end());
    patch.height = high.rows - low.rows + 1;
    patch.width = high.cols - low.cols + 1;
    patch.moves = moves_of(patch, low, high);
    patches_.push_back(std::move(patch));
  }
}

std::vector<CellStep> MissingPatches::moves_of(const MissingPatch& patch, CellStep low,
                                               CellStep high) const {
  const bool up_and_down = patch.height <= patch.width;
  const bool sideways = patch.width <= patch.height;
  std::vector<CellStep> all;
  for (int r = up_and_down ? -low.rows : 0; r <= (up_and_down ? geometry_.rows - 1 - high.rows : 0);
       ++r) {
    for (int c = sideways ? -low.cols : 0; c <= (sideways ? geometry_.cols - 1 - high.cols : 0);
         ++c) {
      if (r != 0 || c != 0) all.push_back({r, c});
    }
  }
  if (all.size() <= most_moves) return all;
  std::vector<CellStep> spread;
  for (std::size_t k = 0; k < most_moves; ++k) spread.push_back(all[k * all.size() / most_moves]);
  return spread;
}

std::optional<Eigen::Index> MissingPatches::moved(Eigen::Index cell, CellStep by) const {
  const int r = static_cast<int>(cell) / geometry_.cols + by.rows;
  const int c = static_cast<int>(cell) % geometry_.cols + by.cols;
  if (r < 0 || c < 0 || r >= geometry_.rows || c >= geometry_.cols) return std::nullopt;
  return Eigen::Index{r} * geometry_.cols + c;
}

std::optional<double> MissingPatches::given(
    std::size_t missing, const WeightedCells& sources, CellStep by,
    const Eigen::Array<float, 1, Eigen::Dynamic>& map) const {
  const auto place = moved(missing_[missing], by);
  if (sources.empty() || !place || !is_sound(*place)) return std::nullopt;
  double value = 0.0;
  for (const auto& [from, weight] : sources) {
    const auto at = moved(from, by);
    if (!at || !is_sound(*at)) return std::nullopt;
    value += double{weight} * double{map[*at]};
  }
  return std::max(value, 0.0);
}

}  // namespace matfit
