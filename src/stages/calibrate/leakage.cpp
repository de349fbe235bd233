#include "stages/calibrate/leakage.hpp"

#include "numeric/statistics.hpp"
#include "numeric/weighted_quantile.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace matfit {

namespace {

constexpr int margin = 2;            // cells between a load and a cell without
constexpr float most_share = 0.4F;   // of a row's mean, that may reach its cells by leakage
constexpr double least_free = 0.2;   // of a line's cells
constexpr double lowest = 0.1;       // quantile of the cells without load
constexpr int most_lines_apart = 3;  // of two lines that are compared
constexpr double least_step = 0.05;  // of the highest row mean, between two that are compared
constexpr std::size_t least_pairs = 20;
constexpr double in_most = 0.25;  // quantile of the slopes

// What a row reads without load, and on the mean.
struct Row {
  int number = 0;
  double free = 0.0;
  double mean = 0.0;
};

DefectMap::Marks near_load(const DefectMap& map) {
  DefectMap::Marks near = DefectMap::Marks::Constant(map.rows(), map.cols(), false);
  for (int r = 0; r < map.rows(); ++r) {
    const float leaked = most_share * map.reading.row(r).max(0.0F).mean();
    const float least = std::max(map.light_load(), leaked);
    for (int c = 0; c < map.cols(); ++c) {
      if (map.missing(r, c) || !(map.reading(r, c) > least)) continue;
      const int top = std::max(r - margin, 0);
      const int left = std::max(c - margin, 0);
      near.block(top, left, std::min(r + margin + 1, map.rows()) - top,
                 std::min(c + margin + 1, map.cols()) - left) = true;
    }
  }
  return near;
}

std::vector<Row> rows_with_free_cells(const DefectMap& map) {
  const DefectMap::Marks near = near_load(map);
  std::vector<Row> rows;
  for (int r = 0; r < map.rows(); ++r) {
    std::vector<double> free;
    double sum = 0.0;
    int known = 0;
    for (int c = 0; c < map.cols(); ++c) {
      if (map.missing(r, c)) continue;
      ++known;
      sum += std::max(map.reading(r, c), 0.0F);
      if (!near(r, c)) free.push_back(map.reading(r, c));
    }
    if (static_cast<double>(free.size()) < least_free * map.cols()) continue;
    rows.push_back({r, quantile(std::move(free), lowest), sum / known});
  }
  return rows;
}

// Between each two rows close by whose means differ by a share of the highest, weighted by how
// much.
std::vector<WeightedValue> slopes_between(const std::vector<Row>& rows) {
  std::vector<WeightedValue> slopes;
  double highest = 0.0;
  for (const Row& row : rows) highest = std::max(highest, row.mean);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (rows[j].number - rows[i].number > most_lines_apart) break;
      const double step = rows[j].mean - rows[i].mean;
      if (!(std::abs(step) > least_step * highest)) continue;
      slopes.push_back({(rows[j].free - rows[i].free) / step, std::abs(step)});
    }
  }
  return slopes;
}

std::optional<Leakage> leakage_along_rows(const DefectMap& map, const LeakageOptions& options) {
  const std::vector<WeightedValue> slopes = slopes_between(rows_with_free_cells(map));
  if (slopes.size() < least_pairs) return std::nullopt;
  const Leakage found = {true, weighted_quantile(slopes, 0.5), weighted_quantile(slopes, in_most)};
  if (found.share < options.least_share || found.least < options.least_of_most) {
    return std::nullopt;
  }
  return found;
}

}  // namespace

std::vector<Leakage> find_leakage(const DefectMap& map, const LeakageOptions& options) {
  std::vector<Leakage> found;
  if (const auto along = leakage_along_rows(map, options)) found.push_back(*along);
  if (const auto along = leakage_along_rows(map.transposed(), options)) {
    found.push_back({false, along->share, along->least});
  }
  return found;
}

}  // namespace matfit
