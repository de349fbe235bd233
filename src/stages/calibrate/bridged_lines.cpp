#include "stages/calibrate/bridged_lines.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

constexpr float softening = 2.0F;  // of the quiet reading: under it, less is no less
constexpr int parts = 8;           // of a line, at whose ends a stretch is tried to begin or end
constexpr double quartile_of_normal = 1.1503;  // 75 % of Gaussian data lie within so many sd
// A bridge goes on over cells whose readings differ by so many times its scatter, or so much.
constexpr double within_spreads = 3.0;
constexpr double least_difference = 0.03;

struct Spread {
  double middle = 0.0;
  double sd =
      0.0;  // by the quarter that lies farthest out, so that a half that is alike is no whole
};

Spread spread_of(const std::vector<double>& values) {
  Spread out;
  out.middle = median(values);
  std::vector<double> distance;
  distance.reserve(values.size());
  for (const double v : values) distance.push_back(std::abs(v - out.middle));
  out.sd = quantile(std::move(distance), 0.75) / quartile_of_normal;
  return out;
}

// Loaded rows of a run of columns.
using Rows = std::vector<int>;

struct Bridge {
  int first_col = 0;
  int last_col = 0;  // the last of them
  std::size_t first = 0;
  std::size_t last = 0;  // [first, last) of the run's loaded rows
  double spread = 0.0;
  double over_beside = 0.0;

  std::size_t cells() const {
    return static_cast<std::size_t>(last_col - first_col + 1) * (last - first);
  }
};

class BridgeSearch {
 public:
  BridgeSearch(const DefectMap& map, const BridgedLinesOptions& options)
      : map_(map), options_(options), log_((map.reading.max(0.0F) + softening * map.quiet).log()) {}

  std::vector<BridgedLines> columns() const {
    std::vector<Bridge> found;
    for (int c = 0; c + 1 < map_.cols(); ++c) {
      const int end = std::min(map_.cols(), c + options_.most_lines);
      for (int last = c + 1; last < end && add_bridge(c, last, found); ++last) {
      }
    }
    std::stable_sort(found.begin(), found.end(), [](const Bridge& a, const Bridge& b) {
      return a.cells() != b.cells() ? a.cells() > b.cells() : a.over_beside < b.over_beside;
    });
    return without_overlaps(found);
  }

  // `lines`: columns.
  std::optional<bool> shows(const BridgedLines& lines) const {
    const int last_col = lines.last_line - 1;
    Rows rows = loaded_rows(lines.first_line, last_col);
    std::erase_if(rows, [&](int row) { return row < lines.first || row >= lines.last; });
    if (rows.size() < static_cast<std::size_t>(options_.least_cells)) return std::nullopt;
    const auto within = spread_within(lines.first_line, last_col, rows, 0, rows.size());
    if (!within) return false;
    const auto beside = spread_beside(lines.first_line, last_col, rows, 0, rows.size());
    return beside && *within <= options_.most_over_beside * *beside;
  }

 private:
  bool loaded(int row, int col) const {
    return !map_.missing(row, col) && map_.reading(row, col) > map_.light_load();
  }

  Rows loaded_rows(int first_col, int last_col) const {
    Rows rows;
    for (int row = 0; row < map_.rows(); ++row) {
      bool all = true;
      for (int c = first_col; c <= last_col && all; ++c) all = loaded(row, c);
      if (all) rows.push_back(row);
    }
    return rows;
  }

  // Of ln(reading in `b` / reading in `a`) over a stretch; absent where too little is known.
  std::optional<Spread> spread_between(int a, int b, const Rows& rows, std::size_t first,
                                       std::size_t last) const {
    std::vector<double> values;
    for (std::size_t i = first; i < last; ++i) {
      if (map_.missing(rows[i], a) || map_.missing(rows[i], b)) continue;
      values.push_back(static_cast<double>(log_(rows[i], b) - log_(rows[i], a)));
    }
    if (2 * values.size() < last - first) return std::nullopt;
    return spread_of(values);
  }

  // The widest spread from line to line; absent where it, or a difference of level, is too wide.
  std::optional<double> spread_within(int first_col, int last_col, const Rows& rows,
                                      std::size_t first, std::size_t last) const {
    double widest = 0.0;
    for (int c = first_col; c < last_col; ++c) {
      const auto pair = spread_between(c, c + 1, rows, first, last);
      if (!pair || pair->sd > options_.most_spread) return std::nullopt;
      if (std::abs(pair->middle) > options_.most_level) return std::nullopt;
      widest = std::max(widest, pair->sd);
    }
    return widest;
  }

  // The least spread against the lines on either side and from one of them to the other, which is
  // small where both halves of a body mirror each other. Absent without any line outside.
  std::optional<double> spread_beside(int first_col, int last_col, const Rows& rows,
                                      std::size_t first, std::size_t last) const {
    const int left = first_col - 1;
    const int right = last_col + 1;
    std::optional<double> least;
    const auto take = [&](int a, int b) {
      if (a < 0 || b >= map_.cols()) return;
      const auto pair = spread_between(a, b, rows, first, last);
      if (pair && (!least || pair->sd < *least)) least = pair->sd;
    };
    take(left, first_col);
    take(last_col, right);
    take(left, right);
    return least;
  }

  // False where no longer run of columns can be a bridge.
  bool add_bridge(int first_col, int last_col, std::vector<Bridge>& found) const {
    const Rows rows = loaded_rows(first_col, last_col);
    bool alike = false;
    const auto look = [&](std::size_t first, std::size_t last) {
      if (last < first + static_cast<std::size_t>(options_.least_cells)) return;
      const auto within = spread_within(first_col, last_col, rows, first, last);
      if (!within) return;
      alike = true;
      const auto beside = spread_beside(first_col, last_col, rows, first, last);
      if (!beside || *within > options_.most_over_beside * *beside) return;
      found.push_back({first_col, last_col, first, last, *within, *within / *beside});
    };
    for (std::size_t k = 0; k < parts; ++k) {
      look(k * rows.size() / parts, rows.size());
      if (k > 0) look(0, rows.size() - k * rows.size() / parts);
    }
    return alike;
  }

  // With its first and its last row to the cell: where the readings of three rows on end differ no
  // more than the middle half of the bridge does.
  BridgedLines placed(const Bridge& bridge) const {
    const Rows rows = loaded_rows(bridge.first_col, bridge.last_col);
    std::vector<double> middle;
    double most = least_difference;
    for (int c = bridge.first_col; c < bridge.last_col; ++c) {
      std::vector<double> values;
      for (std::size_t i = bridge.first; i < bridge.last; ++i) {
        values.push_back(static_cast<double>(log_(rows[i], c + 1) - log_(rows[i], c)));
      }
      most = std::max(most, within_spreads * robust_sd(values));
      middle.push_back(median(std::move(values)));
    }
    const auto belongs = [&](std::size_t i) {
      for (int c = bridge.first_col; c < bridge.last_col; ++c) {
        const double difference = log_(rows[i], c + 1) - log_(rows[i], c);
        if (std::abs(difference - middle[static_cast<std::size_t>(c - bridge.first_col)]) > most) {
          return false;
        }
      }
      return true;
    };
    std::size_t first = bridge.first;
    std::size_t last = bridge.last;
    const auto begins = [&](std::size_t i) {
      return belongs(i) && belongs(i + 1) && belongs(i + 2);
    };
    while (first + 3 < last && !begins(first)) ++first;
    while (last > first + 3 && !begins(last - 3)) --last;
    while (first > 0 && begins(first - 1)) --first;
    while (last < rows.size() && begins(last - 2)) ++last;
    BridgedLines lines;
    lines.first_line = bridge.first_col;
    lines.last_line = bridge.last_col + 1;
    lines.first = rows[first];
    lines.last = rows[last - 1] + 1;
    const auto cells = map_.reading.block(lines.first, lines.first_line, lines.last - lines.first,
                                          lines.last_line - lines.first_line);
    const double all = map_.reading.max(0.0F).sum();
    lines.load_share = cells.max(0.0F).sum() / std::max(all, 1e-30);
    return lines;
  }

  // Each column belongs to the bridge of most cells.
  std::vector<BridgedLines> without_overlaps(const std::vector<Bridge>& found) const {
    std::vector<BridgedLines> kept;
    for (const Bridge& bridge : found) {
      const bool taken = std::any_of(kept.begin(), kept.end(), [&](const BridgedLines& k) {
        return bridge.first_col < k.last_line && bridge.last_col >= k.first_line;
      });
      if (!taken) kept.push_back(placed(bridge));
    }
    std::sort(kept.begin(), kept.end(), [](const BridgedLines& a, const BridgedLines& b) {
      return a.first_line < b.first_line;
    });
    return kept;
  }

  const DefectMap& map_;
  const BridgedLinesOptions& options_;
  DefectMap::Readings log_;
};

}  // namespace

std::optional<bool> shows_bridge(const DefectMap& map, const BridgedLines& lines,
                                 const BridgedLinesOptions& options) {
  if (!lines.rows) return BridgeSearch(map, options).shows(lines);
  const DefectMap turned = map.transposed();
  return BridgeSearch(turned, options).shows(lines);
}

std::vector<BridgedLines> find_bridged_lines(const DefectMap& map,
                                             const BridgedLinesOptions& options) {
  std::vector<BridgedLines> found = BridgeSearch(map, options).columns();
  const DefectMap turned = map.transposed();
  for (BridgedLines rows : BridgeSearch(turned, options).columns()) {
    rows.rows = true;
    found.push_back(rows);
  }
  return found;
}

}  // namespace matfit
