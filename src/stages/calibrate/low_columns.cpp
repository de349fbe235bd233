#include "stages/calibrate/low_columns.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace matfit {

namespace {

// Of the longest column under load.
constexpr double least_length_of_pair = 0.45;  // a gap as broad as two may be the neck's
constexpr int longer_than_a_neck = 16;         // cells
constexpr double least_length_of_others = 0.2;
constexpr std::size_t least_others = 5;
constexpr int columns_apart = 2;  // a fault shows in the levels of the columns about it

// Dead cells read the noise, which is a fifth of a light load and less; the lowest sound pair of
// S1 to S3 of PmatData I has 1.2.
constexpr double dead_pair = 1.4;
constexpr double dead_pair_per_scatter = 0.9;
// Of an outermost column nothing tells whether it falls towards the next.
constexpr int first_of_pair = 2;

// How low a sound column may read: its upper quartile by chance and since a short one may lie in a
// gap with all of its cells, its mean by the error of a mean. Apart for the lines along the body,
// which the limbs' gaps follow, and those across, which are shorter and fewer cells tell of. Chosen
// so that no sound line of PmatData is low, of S1 to S3 of I or of anybody else, and the most of
// the lines that were made weak are.
struct SoundColumn {
  int least_loaded = 5;
  double least_length = 0.2;  // of the longest
  double level = 0.0;         // of as many cells as `cells_of_level`
  double shorter = 0.0;       // its square grows by this for each other length in the longest one
  double per_fall = 0.0;      // where both sides fall towards the column, a gap is likely
  double under_surface = 0.0;
  double per_spread = 0.0;
  double most_stand_out = 0.0;  // sides that are ridges say nothing of what lies between them
};
constexpr double cells_of_level = 60.0;
// Sides further apart than this, in ln, say less of what lies between them.
constexpr double far_across = 0.9;
constexpr double per_far_across = 1.0;
constexpr double per_root_of_cells = 3.5;
constexpr SoundColumn along = {9, 0.24, 0.12, 4.0, 1.85, 0.29, 1.5, 9.0};
constexpr SoundColumn across = {5, 0.25, 0.25, 1.2, 1.4, 0.25, 1.0, 1.4};

// A gap between limbs reads nothing in many of its cells, and a weak column reads something.
constexpr double most_next_to_nothing = 0.5;
// Scatter of the other columns' levels from which on they are no measure: gaps of air cells.
constexpr double scatter_of_gaps = 0.39;
constexpr double as_low_as_a_gap = 0.5;  // of the level of the column in question
constexpr int most_gaps = 1;
// Longer a column must be of whose sides one is the outermost, which nothing speaks for.
constexpr double next_to_last = 2.0;

class LevelledColumns {
 public:
  explicit LevelledColumns(const LineLevels& levels)
      : level_(static_cast<std::size_t>(levels.map().cols())) {
    for (int c = 1; c + 1 < levels.map().cols(); ++c) {
      auto& level = level_[static_cast<std::size_t>(c)];
      level = levels.of(c);
      if (level) longest_ = std::max(longest_, level->loaded);
    }
  }

  const std::optional<LineLevel>& level(int column) const {
    return level_[static_cast<std::size_t>(column)];
  }
  int longest() const { return longest_; }
  bool is_long(int loaded, double share) const { return loaded >= share * longest_; }

  // Standard deviation of the levels of the columns away from [first, last], from those under their
  // median. Absent where these are too few.
  std::optional<double> scatter_away_from(int first, int last) const {
    std::vector<double> others;
    for (int c = 0; c < static_cast<int>(level_.size()); ++c) {
      if (c >= first - columns_apart && c <= last + columns_apart) continue;
      if (level(c) && is_long(level(c)->loaded, least_length_of_others)) {
        others.push_back(level(c)->level);
      }
    }
    if (others.size() < least_others) return std::nullopt;
    constexpr double one_sd_under_the_median = 0.16;
    return median(others) - quantile(others, one_sd_under_the_median);
  }

  // How many of those have a level under this one.
  int lower_away_from(int column, double level_limit) const {
    int count = 0;
    for (int c = 0; c < static_cast<int>(level_.size()); ++c) {
      if (std::abs(c - column) <= columns_apart || !level(c)) continue;
      count += is_long(level(c)->loaded, least_length_of_others) && level(c)->level < level_limit;
    }
    return count;
  }

 private:
  std::vector<std::optional<LineLevel>> level_;
  int longest_ = 0;
};

// Over 1: lower than a sound column may be.
double lowness(const LineLevel& column, const SoundColumn& sound, int longest, double scatter) {
  const double cells = column.loaded;
  const double shorter = std::sqrt(1.0 + sound.shorter * (longest / cells - 1.0));
  const double gaps = std::hypot(1.0, std::pow(scatter / scatter_of_gaps, 2));
  const double level = sound.level * std::sqrt(cells_of_level / longest) * shorter * gaps *
                       (1.0 + sound.per_fall * column.fall +
                        per_far_across * std::max(column.across - far_across, 0.0));
  const double under_surface = sound.under_surface * (1.0 + sound.per_spread * column.spread +
                                                      per_root_of_cells / std::sqrt(cells));
  return std::min(-column.level / level, -column.under_surface / under_surface);
}

}  // namespace

std::vector<int> dead_pairs(const LineLevels& levels) {
  std::optional<LevelledColumns> columns;  // most maps have no pair that is low at all
  std::vector<int> found;
  for (int c = first_of_pair; c + 1 + first_of_pair < levels.map().cols(); ++c) {
    const std::optional<LineLevels::PairLevel> pair = levels.of_pair(c);
    if (!pair || pair->level > -dead_pair) continue;
    if (!columns) columns.emplace(levels);
    if (pair->loaded < longer_than_a_neck && !columns->is_long(pair->loaded, least_length_of_pair))
      continue;
    const double scatter = columns->scatter_away_from(c, c + 1).value_or(1.0);
    if (pair->level < -(dead_pair + dead_pair_per_scatter * scatter)) {
      found.insert(found.end(), {c, c + 1});
    }
  }
  return found;
}

std::optional<int> weakest_column(const LineLevels& levels) {
  const LevelledColumns columns(levels);
  const int last = levels.map().cols() - 2;
  const SoundColumn& sound = levels.map().rows() >= levels.map().cols() ? along : across;
  std::optional<int> weakest;
  double lowest = 1.0;
  for (int c = 1; c <= last; ++c) {
    const std::optional<LineLevel>& column = columns.level(c);
    const double least_length = sound.least_length * (c == 1 || c == last ? next_to_last : 1.0);
    if (!column || column->loaded < sound.least_loaded ||
        !columns.is_long(column->loaded, least_length) || column->level >= 0.0 ||
        column->next_to_nothing > most_next_to_nothing ||
        column->stand_out > sound.most_stand_out ||
        columns.lower_away_from(c, as_low_as_a_gap * column->level) > most_gaps) {
      continue;
    }
    const std::optional<double> scatter = columns.scatter_away_from(c, c);
    if (!scatter) continue;
    const double low = lowness(*column, sound, columns.longest(), *scatter);
    if (low > lowest) {
      lowest = low;
      weakest = c;
    }
  }
  return weakest;
}

}  // namespace matfit
