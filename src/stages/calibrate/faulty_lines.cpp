#include "stages/calibrate/faulty_lines.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/line_evidence.hpp"
#include "stages/calibrate/low_columns.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

namespace matfit {

namespace {

// Upper bounds of the gain, and of its standard deviation, of a line that is dead. Over the 446
// recordings of PmatData no sound column or row reads under 0.069, none but gaps of the air
// mattress and no sound part under 0.1.
constexpr double dead = 0.10;
constexpr double dead_part = 0.08;
constexpr double dead_edge = 0.05;
constexpr double most_sd = 0.04;
constexpr double most_sd_of_part = 0.03;
constexpr int least_loaded = 4;
constexpr double least_part = 0.2;  // of the line
constexpr double alive = 0.5;       // share of the expected reading that ends a dead part
// Share of what its neighbours read at their highest that a dead line, and a weak one, may read at
// its own. Dead ones read noise; the gains that are called weak end at about 0.4.
constexpr double most_at_highest = 0.25;
constexpr double most_weak_at_highest = 0.8;

// Gaps of a mattress come in numbers: several lines under `dip`. Among them a line is dead under a
// gain, plus one standard deviation, that is lower still; the lowest gap of PmatData has 0.051.
constexpr double dip = 0.5;
constexpr int most_dips = 2;
constexpr double dead_among_gaps = 0.035;
constexpr int most_dead_among_gaps = 3;

constexpr double most_stuck_spread = 0.05;   // range over the median, from end to end
constexpr double least_spread_beside = 0.2;  // of the lines beside a stuck one

void mark(DefectMap& map, const std::vector<int>& columns) {
  for (const int c : columns) {
    map.missing.col(c).setConstant(true);
    map.reading.col(c).setZero();
  }
}

// Range over the median of a column's cells; absent where most are missing.
std::optional<double> spread(const DefectMap& map, int column) {
  std::vector<double> values;
  for (int row = 0; row < map.rows(); ++row) {
    if (!map.missing(row, column)) values.push_back(map.reading(row, column));
  }
  if (2 * static_cast<int>(values.size()) < map.rows()) return std::nullopt;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double range = *high - *low;
  return range / std::max(median(values), 1e-9);
}

bool is_stuck(const DefectMap& map, int column) {
  const auto own = spread(map, column);
  const bool high = map.reading.col(column).mean() >= 12.0F * map.quiet;
  if (!own || *own > most_stuck_spread || !high) return false;
  for (const int beside : {column - 1, column + 1}) {
    if (beside < 0 || beside >= map.cols()) continue;
    const auto other = spread(map, beside);
    if (!other || *other < least_spread_beside) return false;
  }
  return true;
}

StretchGain gain_between(const DefectMap& map, int column, Sides sides = Sides::carried_on) {
  return gain_of(map.reading.col(column), expected_between(map, column, sides), map.quiet,
                 map.light_load());
}

bool sure(const StretchGain& g, double most) { return g.sd <= most && g.loaded >= least_loaded; }

std::vector<int> dead_columns(const DefectMap& map) {
  std::vector<int> found;
  std::vector<int> even_as_read;
  int dips = 0;
  for (int c = 1; c + 1 < map.cols(); ++c) {
    const StretchGain carried_on = gain_between(map, c);
    const StretchGain as_read = gain_between(map, c, Sides::as_read);
    const bool dead_as_read = sure(as_read, most_sd) && as_read.gain + as_read.sd < dead_among_gaps;
    if (sure(carried_on, most_sd) && carried_on.upper() < dip && !dead_as_read) ++dips;
    if (dead_as_read) even_as_read.push_back(c);
    if (dead_as_read || (sure(carried_on, most_sd) && carried_on.upper() < dead)) {
      found.push_back(c);
    }
  }
  if (dips <= most_dips) return found;
  if (static_cast<int>(even_as_read.size()) > most_dead_among_gaps) return {};
  return even_as_read;
}

std::vector<int> dead_edges(const DefectMap& map) {
  std::vector<int> found;
  for (const int c : {0, map.cols() - 1}) {
    const StretchGain g =
        gain_of(map.reading.col(c), expected_at_edge(map, c), map.quiet, map.light_load());
    if (sure(g, most_sd) && g.upper() < dead_edge) found.push_back(c);
  }
  return found;
}

// Length of the dead stretch from row 0; 0 where there is none.
int dead_from_start(const Eigen::ArrayXf& reading, const Eigen::ArrayXf& expected,
                    const DefectMap& map) {
  const GainsFromStart gains(reading, expected, map.quiet, map.light_load());
  int length = 0;
  double lowest = dead_part;
  for (int row = static_cast<int>(least_part * map.rows()); row < map.rows(); ++row) {
    if (!(expected[row] > map.light_load()) || reading[row] < alive * expected[row]) continue;
    const StretchGain g = gains.up_to(row);
    if (sure(g, most_sd_of_part) && g.upper() < lowest) {
      lowest = g.upper();
      length = row;
    }
  }
  return length;
}

// What columns side by side should read by those on either side, as these read at their highest;
// by the one there is at the map's edge.
Eigen::ArrayXf highest_beside(const DefectMap& map, int first_col, int end_col) {
  const auto at = [&](int column) -> Eigen::ArrayXf {
    return map.missing.col(column).select(0.0F, map.highest.col(column)).max(0.0F);
  };
  if (first_col == 0) return at(end_col);
  if (end_col == map.cols()) return at(first_col - 1);
  return (at(first_col - 1) * at(end_col)).sqrt();
}

// Whether the cells [first, last) of columns side by side read less than `share` of what they
// should in every posture: between two legs, or beside a body, some posture loads the cells that
// most leave free. True where nothing tells.
bool stays_low(const DefectMap& map, int first_col, int end_col, int first, int last,
               double share) {
  if (map.highest.size() == 0 || (first_col == 0 && end_col == map.cols())) return true;
  const Eigen::ArrayXf expected = highest_beside(map, first_col, end_col);
  for (int c = first_col; c < end_col; ++c) {
    double read = 0.0;
    double promised = 0.0;
    for (int row = first; row < last; ++row) {
      if (map.missing(row, c) || !(expected[row] > map.light_load())) continue;
      read += std::max(0.0F, map.highest(row, c));
      promised += expected[row];
    }
    if (read > share * promised) return false;
  }
  return true;
}

// Of columns in order, those that stay low, each run of neighbours taken together.
std::vector<int> that_stay_low(const DefectMap& map, const std::vector<int>& columns,
                               double share) {
  std::vector<int> kept;
  for (auto run = columns.begin(); run != columns.end();) {
    auto end = std::next(run);
    while (end != columns.end() && *end == *std::prev(end) + 1) ++end;
    if (stays_low(map, *run, *std::prev(end) + 1, 0, map.rows(), share)) {
      kept.insert(kept.end(), run, end);
    }
    run = end;
  }
  return kept;
}

std::vector<ColumnPart> dead_parts(const DefectMap& map) {
  std::vector<ColumnPart> found;
  for (int c = 1; c + 1 < map.cols(); ++c) {
    const Eigen::ArrayXf reading = map.reading.col(c);
    const Eigen::ArrayXf expected = expected_between(map, c);
    if (const int n = dead_from_start(reading, expected, map); n > 0) {
      found.push_back({c, 0, n});
    } else if (const int m = dead_from_start(reading.reverse(), expected.reverse(), map); m > 0) {
      found.push_back({c, map.rows() - m, map.rows()});
    }
  }
  std::erase_if(found, [&](const ColumnPart& part) {
    return !stays_low(map, part.column, part.column + 1, part.first, part.last, most_at_highest);
  });
  return found;
}

void add(std::vector<int>& to, const std::vector<int>& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::sort(to.begin(), to.end());
}

}  // namespace

std::vector<int> find_hot_columns(DefectMap& map) {
  std::vector<int> found;
  for (int c = 0; c < map.cols(); ++c) {
    if (is_stuck(map, c)) found.push_back(c);
  }
  mark(map, found);
  return found;
}

ColumnFaults find_column_faults(DefectMap& map) {
  ColumnFaults out;
  const LineLevels levels(map);
  const auto take_dead = [&](const std::vector<int>& columns) {
    const std::vector<int> found = that_stay_low(map, columns, most_at_highest);
    mark(map, found);
    add(out.dead, found);
  };
  // Pairs first: taken for one line, half of a pair hides the other.
  take_dead(dead_pairs(levels));
  take_dead(dead_columns(map));
  take_dead(dead_edges(map));
  out.dead_parts = dead_parts(map);
  for (const ColumnPart& part : out.dead_parts) {
    map.missing.col(part.column).segment(part.first, part.last - part.first).setConstant(true);
    map.reading.col(part.column).segment(part.first, part.last - part.first).setZero();
  }
  while (const std::optional<int> weak = weakest_column(levels)) {
    if (!stays_low(map, *weak, *weak + 1, 0, map.rows(), most_weak_at_highest)) break;
    mark(map, {*weak});
    add(out.weak, {*weak});
  }
  return out;
}

}  // namespace matfit
