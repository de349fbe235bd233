#include "stages/calibrate/repair.hpp"

#include "stages/calibrate/map_kriging.hpp"
#include "stages/calibrate/repair_errors.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace matfit {

namespace {

using Map = Eigen::Array<float, 1, Eigen::Dynamic>;

// Errors under much load weigh less, in proportion to it above this share of the mean reading.
constexpr double light_share = 0.3;
constexpr float least_weight = 0.002F;

// How much of the step from the plate to the map's own covariance makes the least error of a patch
// moved about over the map.
double best_share(const MissingPatches& patches, const MissingPatch& patch,
                  const std::vector<WeightedCells>& plate, const std::vector<WeightedCells>& kriged,
                  const std::vector<Eigen::Index>& missing, const Map& map) {
  const double light = light_share * double{map.mean()};
  double product = 0.0;
  double square = 0.0;
  for (const CellStep by : patch.moves) {
    for (std::size_t k = 0; k < patch.cells.size(); ++k) {
      const std::size_t i = patch.cells[k];
      const auto one = patches.given(i, plate[i], by, map);
      const auto other = patches.given(i, kriged[k], by, map);
      if (!one || !other) continue;
      const double truth = map[*patches.moved(missing[i], by)];
      const double weight = 1.0 / (*one + light);
      product += weight * (truth - *one) * (*other - *one);
      square += weight * (*other - *one) * (*other - *one);
    }
  }
  return square > 0.0 ? std::clamp(product / square, 0.0, 1.0) : 0.0;
}

WeightedCells mixed(const WeightedCells& one, const WeightedCells& other, double share) {
  std::map<Eigen::Index, double> weights;
  for (const auto& [cell, weight] : one) weights[cell] += (1.0 - share) * weight;
  for (const auto& [cell, weight] : other) weights[cell] += share * weight;
  WeightedCells out;
  for (const auto& [cell, weight] : weights) {
    if (std::abs(weight) >= least_weight) out.emplace_back(cell, static_cast<float>(weight));
  }
  return out;
}

float given(const WeightedCells& sources, const Eigen::Ref<const Map>& map) {
  float value = 0.0F;
  for (const auto& [from, weight] : sources) value += weight * map[from];
  return std::max(value, 0.0F);
}

void fill(const std::vector<Eigen::Index>& missing, const std::vector<WeightedCells>& sources,
          Map& map) {
  for (std::size_t i = 0; i < missing.size(); ++i) map[missing[i]] = given(sources[i], map);
}

}  // namespace

RepairPlan plan_repair(const MatGeometry& geometry, const std::vector<std::uint8_t>& defective,
                       const std::vector<std::uint8_t>& absent, const Eigen::ArrayXf& typical) {
  const std::vector<CellRole> roles = cell_roles(geometry, defective, absent);
  const PlateSurface surface(geometry, roles);
  RepairPlan plan;
  const std::vector<Eigen::Index>& missing = surface.missing();
  if (missing.empty()) return plan;
  const MissingPatches patches(geometry, roles);
  std::vector<WeightedCells> sources = surface.sources();
  Map map = typical;
  if (map.size() == 0) map.setZero(geometry.cells());
  fill(missing, sources, map);
  const std::vector<WeightedCells> plate = sources;
  for (const MissingPatch& patch : patches.patches()) {
    const auto kriged = kriging_sources(geometry, patches, patch, missing, map);
    const double share = best_share(patches, patch, plate, kriged, missing, map);
    for (std::size_t k = 0; k < patch.cells.size() && share > 0.0; ++k) {
      WeightedCells& from = sources[patch.cells[k]];
      if (!from.empty()) from = mixed(from, kriged[k], share);
    }
  }
  fill(missing, sources, map);

  const RepairErrors errors = repair_errors(geometry, surface, patches, sources, map);
  for (std::size_t i = 0; i < missing.size(); ++i) {
    plan.cells.push_back({missing[i], sources[i], errors.relative_sd[i]});
    plan.load_share += map[missing[i]];
  }
  const double load = map.cast<double>().sum();
  plan.load_share = load > 0.0 ? plan.load_share / load : 0.0;
  plan.load_sd_share = load > 0.0 ? errors.sd_of_sum / load : 0.0;
  return plan;
}

void repair(const RepairPlan& plan, Eigen::Ref<Eigen::Array<float, 1, Eigen::Dynamic>> frame) {
  for (const RepairPlan::Cell& cell : plan.cells) frame[cell.cell] = given(cell.from, frame);
}

}  // namespace matfit
