#include "stages/hotspots/peaks.hpp"

#include "numeric/gaussian_filter.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace matfit {

namespace {

template <typename Visit>
void visit_neighbours(Eigen::Index rows, Eigen::Index cols, Eigen::Index r, Eigen::Index c,
                      Visit visit) {
  for (Eigen::Index i = std::max<Eigen::Index>(r - 1, 0); i <= std::min(r + 1, rows - 1); ++i) {
    for (Eigen::Index j = std::max<Eigen::Index>(c - 1, 0); j <= std::min(c + 1, cols - 1); ++j) {
      if (i != r || j != c) visit(i, j);
    }
  }
}

// The cell's basin: root of a union-find forest.
Eigen::Index root_of(std::vector<Eigen::Index>& parent, Eigen::Index i) {
  const auto at = [&](Eigen::Index k) -> Eigen::Index& {
    return parent[static_cast<std::size_t>(k)];
  };
  while (at(i) != i) {
    at(i) = at(at(i));
    i = at(i);
  }
  return i;
}

}  // namespace

Eigen::ArrayXXd smoothed(const PressureField& field, double sigma_m) {
  const Eigen::ArrayXXd weight = 1.0 - field.repaired.cast<double>();
  const Eigen::ArrayXd over_rows = gaussian_weights(sigma_m / field.geometry.row_pitch_m);
  const Eigen::ArrayXd over_cols = gaussian_weights(sigma_m / field.geometry.col_pitch_m);
  const Eigen::ArrayXXd total = filtered(weight, over_rows, over_cols);
  const Eigen::ArrayXXd sum = filtered(weight * field.pressure_pa, over_rows, over_cols);
  return (total > 1e-6).select(sum / total.max(1e-6), field.pressure_pa);
}

Relief find_peaks(const Eigen::ArrayXXd& map, double floor) {
  const Eigen::Index rows = map.rows();
  const Eigen::Index cols = map.cols();
  const auto value = [&](Eigen::Index i) { return map(i / cols, i % cols); };
  std::vector<Eigen::Index> order;
  for (Eigen::Index i = 0; i < map.size(); ++i) {
    if (value(i) > floor) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return value(a) > value(b); });
  constexpr Eigen::Index untouched = -1;
  std::vector<Eigen::Index> parent(static_cast<std::size_t>(map.size()), untouched);
  std::vector<Eigen::Index> peak_of(static_cast<std::size_t>(map.size()), untouched);
  Relief relief{{}, Eigen::ArrayXXi::Constant(rows, cols, -1)};
  std::vector<Peak>& peaks = relief.peaks;
  // From the top down: a cell without a higher neighbour opens a basin, one between two basins is
  // the saddle at which the lower one ends (Edelsbrunner's persistence).
  for (const Eigen::Index i : order) {
    parent[static_cast<std::size_t>(i)] = i;
    Eigen::Index own = untouched;
    Eigen::Index uphill = untouched;
    visit_neighbours(rows, cols, i / cols, i % cols, [&](Eigen::Index r, Eigen::Index c) {
      const Eigen::Index n = r * cols + c;
      if (parent[static_cast<std::size_t>(n)] == untouched) return;
      if (uphill == untouched || value(n) > value(uphill)) uphill = n;
      const Eigen::Index other = root_of(parent, n);
      if (own == untouched) {
        own = other;
        parent[static_cast<std::size_t>(i)] = own;
        return;
      }
      if (own == other) return;
      auto& mine = peak_of[static_cast<std::size_t>(own)];
      auto& theirs = peak_of[static_cast<std::size_t>(other)];
      const bool mine_ends = mine > theirs;  // the lower peak was met later
      Peak& ending = peaks[static_cast<std::size_t>(mine_ends ? mine : theirs)];
      ending.prominence = ending.height - value(i);
      ending.joins = static_cast<int>(mine_ends ? theirs : mine);
      if (mine_ends) mine = theirs;
      parent[static_cast<std::size_t>(other)] = own;
    });
    int& basin = relief.basin(i / cols, i % cols);
    if (own != untouched) {
      basin = relief.basin(uphill / cols, uphill % cols);
      continue;
    }
    basin = static_cast<int>(peaks.size());
    peak_of[static_cast<std::size_t>(i)] = static_cast<Eigen::Index>(peaks.size());
    peaks.push_back(
        {static_cast<int>(i / cols), static_cast<int>(i % cols), value(i), value(i) - floor});
  }
  return relief;
}

Eigen::ArrayXXi basins_of_prominent(const Relief& relief, double least_prominence) {
  std::vector<int> heir;  // a peak joins only a higher one, which stands before it
  for (const Peak& peak : relief.peaks) {
    const bool prominent = peak.joins < 0 || peak.prominence >= least_prominence * peak.height;
    heir.push_back(prominent ? static_cast<int>(heir.size())
                             : heir[static_cast<std::size_t>(peak.joins)]);
  }
  return relief.basin.unaryExpr(
      [&](int basin) { return basin < 0 ? basin : heir[static_cast<std::size_t>(basin)]; });
}

std::vector<Eigen::Index> connected_above(const Eigen::ArrayXXd& map, int row, int col,
                                          double level) {
  const Eigen::Index cols = map.cols();
  std::vector<std::uint8_t> seen(static_cast<std::size_t>(map.size()), 0);
  std::vector<Eigen::Index> cells{row * cols + col};
  seen[static_cast<std::size_t>(cells.front())] = 1;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    visit_neighbours(map.rows(), cols, cells[k] / cols, cells[k] % cols,
                     [&](Eigen::Index r, Eigen::Index c) {
                       auto& mark = seen[static_cast<std::size_t>(r * cols + c)];
                       if (mark != 0 || !(map(r, c) >= level)) return;
                       mark = 1;
                       cells.push_back(r * cols + c);
                     });
  }
  std::sort(cells.begin(), cells.end());
  return cells;
}

}  // namespace matfit
