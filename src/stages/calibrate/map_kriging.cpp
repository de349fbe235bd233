#include "stages/calibrate/map_kriging.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace matfit {

namespace {

using Map = Eigen::Array<float, 1, Eigen::Dynamic>;

constexpr int reach_across = 6;
constexpr int reach_along = 3;
// Of a cell by itself, over how much two neighbours differ.
constexpr double nugget = 0.2;

// Mean product of cells so far apart, nothing beyond the mat: a covariance whatever the map.
class Autocovariance {
 public:
  Autocovariance(const MatGeometry& g, const Map& map, CellStep most)
      : most_(most), values_(Eigen::ArrayXXd::Zero(most.rows + 1, 2 * most.cols + 1)) {
    const Eigen::Map<const Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>
        cells(map.data(), g.rows, g.cols);
    const Eigen::ArrayXXd all = cells.cast<double>();
    for (int r = 0; r <= std::min(most.rows, g.rows - 1); ++r) {
      for (int c = -most.cols; c <= most.cols; ++c) {
        const int width = g.cols - std::abs(c);
        if (width <= 0) continue;
        const int here = std::max(-c, 0);
        const int there = std::max(c, 0);
        values_(r, c + most.cols) =
            (all.block(0, here, g.rows - r, width) * all.block(r, there, g.rows - r, width)).sum();
      }
    }
  }

  double at(int rows, int cols) const {
    return rows >= 0 ? values_(rows, cols + most_.cols) : values_(-rows, most_.cols - cols);
  }

 private:
  CellStep most_;
  Eigen::ArrayXXd values_;
};

using Steps = std::vector<std::pair<int, int>>;

// Weights of cells at these steps from the one that they give.
Eigen::VectorXd kriging_weights(const Autocovariance& covariance, const Steps& steps) {
  const auto n = static_cast<Eigen::Index>(steps.size());
  Eigen::MatrixXd among(n, n);
  Eigen::VectorXd to_cell(n);
  const double own =
      nugget * (covariance.at(0, 0) - 0.5 * (covariance.at(0, 1) + covariance.at(1, 0)));
  const auto step = [&steps](Eigen::Index i) { return steps[static_cast<std::size_t>(i)]; };
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto [r, c] = step(i);
    to_cell[i] = covariance.at(r, c);
    for (Eigen::Index j = 0; j <= i; ++j) {
      among(i, j) = covariance.at(r - step(j).first, c - step(j).second);
    }
    among(i, i) += own;
  }
  return among.selfadjointView<Eigen::Lower>().ldlt().solve(to_cell);
}

}  // namespace

std::vector<WeightedCells> kriging_sources(const MatGeometry& g, const MissingPatches& patches,
                                           const MissingPatch& patch,
                                           const std::vector<Eigen::Index>& missing,
                                           const Map& map) {
  const CellStep reach = {patch.width > patch.height ? reach_across : reach_along,
                          patch.height > patch.width ? reach_across : reach_along};
  const Autocovariance covariance(g, map, {2 * reach.rows, 2 * reach.cols});
  std::map<Steps, Eigen::VectorXd> known;  // most cells of a line have the same about them
  std::vector<WeightedCells> sources;
  for (const std::size_t i : patch.cells) {
    Steps steps;
    for (int r = -reach.rows; r <= reach.rows; ++r) {
      for (int c = -reach.cols; c <= reach.cols; ++c) {
        const auto cell = patches.moved(missing[i], {r, c});
        if (cell && patches.is_sound(*cell)) steps.emplace_back(r, c);
      }
    }
    auto weights = known.find(steps);
    if (weights == known.end()) {
      weights = known.emplace(steps, kriging_weights(covariance, steps)).first;
    }
    WeightedCells from;
    for (std::size_t k = 0; k < steps.size(); ++k) {
      from.emplace_back(*patches.moved(missing[i], {steps[k].first, steps[k].second}),
                        static_cast<float>(weights->second[static_cast<Eigen::Index>(k)]));
    }
    sources.push_back(std::move(from));
  }
  return sources;
}

}  // namespace matfit
