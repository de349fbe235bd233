#include "stages/calibrate/repair_errors.hpp"

#include "stages/calibrate/cell_neighbours.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

using Map = Eigen::Array<float, 1, Eigen::Dynamic>;
using Eigen::Index;

// Errors over those of the surface, of cells and of sums over a patch, where a map tells nothing;
// and the weight of that against the cells and the moves on a map. Set on S1 to S3 of PmatData.
constexpr double usual_cell_error = 1.4;
constexpr double usual_sum_error = 2.2;
constexpr double weight_of_usual_cells = 16.0;
constexpr double weight_of_usual_sums = 2.0;
// Sources that were learned on a map fit it better than what it lost.
constexpr double beyond_the_map = 1.08;
// A single error counts as no more.
constexpr double most_cell_error = 6.0;
constexpr double most_sum_error = 9.0;
// Cells under it tell little of the errors of loaded ones; of the map's load-weighted mean.
constexpr double light_share = 0.2;

// The load about a cell, and how far the sound cells that it is made of disagree.
struct About {
  double level = 0.0;
  double scatter = 0.0;
  double amplitude() const { return std::hypot(level, scatter); }
};

// Root of a mean square that begins at a usual value.
class MeanSquare {
 public:
  MeanSquare(double usual, double weight) : squares_(weight * usual * usual), weights_(weight) {}
  void add(double value, double weight) {
    squares_ += weight * value * value;
    weights_ += weight;
  }
  double root() const { return std::sqrt(squares_ / weights_); }

 private:
  double squares_;
  double weights_;
};

struct ErrorScales {
  double of_cells = 1.0;
  double of_sum = 1.0;
};

class ErrorsOnMap {
 public:
  ErrorsOnMap(const MatGeometry& geometry, const PlateSurface& surface,
              const MissingPatches& patches, const std::vector<WeightedCells>& sources,
              const Map& map)
      : g_(geometry), surface_(surface), patches_(patches), sources_(sources), map_(map) {
    const double sum = map.cast<double>().sum();
    light_ = sum > 0.0 ? light_share * map.cast<double>().square().sum() / sum : 0.0;
  }

  ErrorScales scales(const MissingPatch& patch) const;
  About about(std::size_t missing, CellStep by, const Map& map) const;

  // By the surface alone, for cells of these amplitudes.
  double sd_of_cell(std::size_t missing, double amplitude) const {
    Eigen::VectorXd one = Eigen::VectorXd::Zero(static_cast<Index>(sources_.size()));
    one[static_cast<Index>(missing)] = amplitude;
    return std::sqrt(surface_.variance_of_sum(one));
  }
  double sd_of_sum(const MissingPatch& patch, const std::vector<double>& amplitudes) const {
    Eigen::VectorXd all = Eigen::VectorXd::Zero(static_cast<Index>(sources_.size()));
    for (std::size_t k = 0; k < patch.cells.size(); ++k) {
      all[static_cast<Index>(patch.cells[k])] = amplitudes[k];
    }
    return std::sqrt(surface_.variance_of_sum(all));
  }

 private:
  Index place(std::size_t missing, CellStep by) const {
    return *patches_.moved(surface_.missing()[missing], by);
  }

  const MatGeometry& g_;
  const PlateSurface& surface_;
  const MissingPatches& patches_;
  const std::vector<WeightedCells>& sources_;
  const Map& map_;
  double light_ = 0.0;
};

About ErrorsOnMap::about(std::size_t missing, CellStep by, const Map& map) const {
  const Index cell = place(missing, by);
  const double value = map[cell];
  double sum = value;
  int cells = 1;
  visit_neighbours(g_.rows, g_.cols, static_cast<int>(cell) / g_.cols,
                   static_cast<int>(cell) % g_.cols, [&](int r, int c) {
                     sum += map[Index{r} * g_.cols + c];
                     ++cells;
                   });
  double scatter = 0.0;
  double weights = 0.0;
  for (const auto& [from, weight] : sources_[missing]) {
    const double step = map[*patches_.moved(from, by)] - value;
    scatter += std::abs(weight) * step * step;
    weights += std::abs(weight);
  }
  return {std::max(value, sum / cells), weights > 0.0 ? std::sqrt(scatter / weights) : 0.0};
}

ErrorScales ErrorsOnMap::scales(const MissingPatch& patch) const {
  struct SumError {
    double error = 0.0;
    double sd = 0.0;
  };
  std::vector<SumError> sums;
  std::vector<double> unit_sd;
  for (const std::size_t i : patch.cells) unit_sd.push_back(sd_of_cell(i, 1.0));
  MeanSquare of_cells(usual_cell_error, weight_of_usual_cells);
  Map filled = map_;
  for (const CellStep by : patch.moves) {
    std::vector<std::pair<std::size_t, double>> errors;  // number in the patch
    for (std::size_t k = 0; k < patch.cells.size(); ++k) {
      const auto value = patches_.given(patch.cells[k], sources_[patch.cells[k]], by, map_);
      if (!value) continue;
      const Index at = place(patch.cells[k], by);
      errors.emplace_back(k, *value - map_[at]);
      filled[at] = static_cast<float>(*value);
    }
    std::vector<double> amplitudes(patch.cells.size(), 0.0);
    double sum = 0.0;
    for (const auto& [k, error] : errors) {
      const About load = about(patch.cells[k], by, filled);
      amplitudes[k] = load.amplitude();
      sum += error;
      if (!(load.level > light_)) continue;
      of_cells.add(std::min(std::abs(error) / (unit_sd[k] * amplitudes[k]), most_cell_error), 1.0);
    }
    if (2 * errors.size() >= patch.cells.size())
      sums.push_back({sum, sd_of_sum(patch, amplitudes)});
    for (const auto& [k, error] : errors)
      filled[place(patch.cells[k], by)] = map_[place(patch.cells[k], by)];
  }
  // Moves onto little load tell less of the error under much.
  double most = 0.0;
  for (const SumError& s : sums) most = std::max(most, s.sd);
  MeanSquare of_sum(usual_sum_error, weight_of_usual_sums);
  for (const SumError& s : sums) {
    if (!(s.sd > 0.0)) continue;
    of_sum.add(std::min(std::abs(s.error) / s.sd, most_sum_error),
               std::min(2.0 * s.sd / most, 1.0));
  }
  return {beyond_the_map * of_cells.root(), beyond_the_map * of_sum.root()};
}

}  // namespace

RepairErrors repair_errors(const MatGeometry& geometry, const PlateSurface& surface,
                           const MissingPatches& patches, const std::vector<WeightedCells>& sources,
                           const Map& map) {
  const ErrorsOnMap errors(geometry, surface, patches, sources, map);
  RepairErrors out;
  out.relative_sd.assign(sources.size(), 0.0);
  double variance = 0.0;
  for (const MissingPatch& patch : patches.patches()) {
    const ErrorScales scales = errors.scales(patch);
    std::vector<double> amplitudes;
    for (const std::size_t i : patch.cells) {
      const About about = errors.about(i, {0, 0}, map);
      amplitudes.push_back(about.amplitude());
      const double relative = about.level > 0.0 ? about.amplitude() / about.level : 1.0;
      out.relative_sd[i] = scales.of_cells * errors.sd_of_cell(i, relative);
    }
    const double sd = scales.of_sum * errors.sd_of_sum(patch, amplitudes);
    variance += sd * sd;
  }
  out.sd_of_sum = std::sqrt(variance);
  return out;
}

}  // namespace matfit
