#include "stages/calibrate/low_columns.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/line_levels.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace matfit {

namespace {

// Of the longest column under load: shorter ones cross a limb or the body's edge, and a gap as
// broad as two may be the neck's.
constexpr double least_length = 0.35;
constexpr double least_length_of_pair = 0.45;
constexpr int longer_than_a_neck = 16;  // cells
constexpr double least_length_of_others = 0.2;
constexpr std::size_t least_others = 5;
// Of an outermost column nothing tells whether it falls towards the next.
constexpr int first_judged = 2;
constexpr int columns_apart = 2;  // a fault shows in the levels of the columns about it

// A sound column's level is lower the fewer cells it has: by chance, and since a short one may lie
// in a gap with all of them. A level is weak under `weak` times what the map's own columns scatter,
// times how much more a column of its length does. Set on the lowest sound columns and rows of S1
// to S3 of PmatData I (1.38), where columns have 50 cells under load and rows 24.
constexpr double weak = 1.39;
constexpr double least_scatter = 0.2;
constexpr double cells_of_a_long_line = 60.0;
constexpr double power_of_cells = 0.7;
constexpr double short_in_a_map = 2.0;

double more_scatter(int loaded, int longest) {
  const double fewer = std::max(cells_of_a_long_line / longest, 1.0);
  const double longer = static_cast<double>(longest) / loaded;
  return std::pow(fewer, power_of_cells) * std::sqrt(1.0 + short_in_a_map * (longer - 1.0));
}

// Dead cells read the noise, which is a fifth of a light load and less; the lowest sound pair of
// S1 to S3 of PmatData I has 1.2.
constexpr double dead_pair = 1.4;
constexpr double dead_pair_per_scatter = 0.9;

class LevelledColumns {
 public:
  explicit LevelledColumns(const DefectMap& map) : level_(static_cast<std::size_t>(map.cols())) {
    const LineLevels levels(map);
    for (int c = 1; c + 1 < map.cols(); ++c) {
      auto& level = level_[static_cast<std::size_t>(c)];
      level = levels.of(c);
      if (level) longest_ = std::max(longest_, level->loaded);
    }
  }

  const std::optional<LineLevel>& level(int column) const {
    return level_[static_cast<std::size_t>(column)];
  }
  int longest() const { return longest_; }
  bool is_long(const LineLevel& level, double share) const {
    return level.loaded >= share * longest_;
  }

  // Standard deviation of the levels of the columns away from [first, last], from those under their
  // median. Absent where these are too few.
  std::optional<double> scatter_away_from(int first, int last) const {
    std::vector<double> others;
    for (int c = 0; c < static_cast<int>(level_.size()); ++c) {
      if (c >= first - columns_apart && c <= last + columns_apart) continue;
      if (level(c) && is_long(*level(c), least_length_of_others)) {
        others.push_back(level(c)->level);
      }
    }
    if (others.size() < least_others) return std::nullopt;
    constexpr double one_sd_under_the_median = 0.16;
    return median(others) - quantile(others, one_sd_under_the_median);
  }

 private:
  std::vector<std::optional<LineLevel>> level_;
  int longest_ = 0;
};

}  // namespace

std::vector<int> dead_pairs(const DefectMap& map) {
  const LineLevels levels(map);
  std::optional<LevelledColumns> columns;  // most maps have no pair that is low at all
  std::vector<int> found;
  for (int c = first_judged; c + 1 + first_judged < map.cols(); ++c) {
    const std::optional<LineLevel> pair = levels.of_pair(c);
    if (!pair || pair->level > -dead_pair) continue;
    if (!columns) columns.emplace(map);
    if (pair->loaded < longer_than_a_neck && !columns->is_long(*pair, least_length_of_pair))
      continue;
    const double scatter = columns->scatter_away_from(c, c + 1).value_or(1.0);
    if (pair->level < -(dead_pair + dead_pair_per_scatter * scatter)) {
      found.insert(found.end(), {c, c + 1});
    }
  }
  return found;
}

std::vector<int> weak_columns(const DefectMap& map) {
  const LevelledColumns columns(map);
  std::vector<int> found;
  for (int c = first_judged; c + first_judged < map.cols(); ++c) {
    const std::optional<LineLevel>& column = columns.level(c);
    if (!column || !columns.is_long(*column, least_length)) continue;
    if (column->level > -weak * least_scatter) continue;
    const std::optional<double> scatter = columns.scatter_away_from(c, c);
    if (!scatter) continue;
    const double limit =
        -weak * std::max(*scatter, least_scatter) * more_scatter(column->loaded, columns.longest());
    if (column->level < limit) found.push_back(c);
  }
  return found;
}

}  // namespace matfit
