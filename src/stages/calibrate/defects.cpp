#include "stages/calibrate/defects.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double hot_over_neighbours = 7.0;
constexpr double hot_over_map = 7.0;  // over the 99th percentile of the other loaded cells
constexpr int least_jumps = 2;
constexpr double dead_share = 0.08;          // of what the neighbours suggest, over the line
constexpr double weak_share = 0.45;          // of the neighbours, in the median
constexpr double most_weak_spread = 1.0;     // interquartile range over the median
constexpr double least_weak_share = 0.55;    // of the line's cells lie between loaded neighbours
constexpr double least_weak_load = 0.1;      // of the 99th percentile, on the neighbours
constexpr double most_stuck_spread = 0.05;   // range over the median, from end to end
constexpr double least_spread_beside = 0.2;  // of the lines beside a stuck one
constexpr double dip_share = 0.5;            // a line under half of its neighbours is a dip
constexpr int most_dips = 1;
constexpr double dead_share_of_cell = 0.25;  // and at its most loaded cell
constexpr double least_line_share = 0.125;   // of the line's cells lie between loaded neighbours
// Carried on in a straight line from outside, load edges of two legs fall towards 0 and single
// loaded lines rise to 2; a surface that goes on across the line gives about 1.
constexpr double least_continuation = 0.8;
constexpr double most_continuation = 1.7;

using Map = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Mask = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

class DefectSearch {
 public:
  explicit DefectSearch(const DefectEvidence& evidence)
      : evidence_(evidence),
        rows_(evidence.geometry.rows),
        cols_(evidence.geometry.cols),
        map_(rows_, cols_),
        missing_(Mask::Constant(rows_, cols_, false)) {
    const Eigen::ArrayXf& median = evidence.loaded->median;
    for (Eigen::Index c = 0; c < median.size(); ++c) {
      const bool finite = std::isfinite(median[c]);
      map_(c / cols_, c % cols_) = finite ? median[c] - evidence.background[c] : 0.0F;
      missing_(c / cols_, c % cols_) = !finite;
    }
    quiet_ = static_cast<float>(3.0 * evidence.noise);
    top_ = percentile_of_loaded(0.99);
  }

  Defects run() {
    Defects out;
    find_hot(out);
    for (const auto& [r, c] : out.hot_cells) missing_(r, c) = true;
    out.hot_cols = hot_lines(map_, missing_);
    out.hot_rows = hot_lines(map_.transpose(), missing_.transpose());
    for (const int c : out.hot_cols) missing_.col(c).setConstant(true);
    for (const int r : out.hot_rows) missing_.row(r).setConstant(true);
    faulty_lines(map_, missing_, out.dead_cols, out.weak_cols);
    faulty_lines(map_.transpose(), missing_.transpose(), out.dead_rows, out.weak_rows);
    find_dead(out);
    return out;
  }

 private:
  float percentile_of_loaded(double q) const {
    std::vector<double> loaded;
    for (const float v : map_.reshaped()) {
      if (v > 4.0F * quiet_) loaded.push_back(v);
    }
    return loaded.empty() ? 0.0F : static_cast<float>(quantile(std::move(loaded), q));
  }

  template <typename Visit>
  void visit_neighbours(int r, int c, Visit visit) const {
    for (int i = std::max(r - 1, 0); i <= std::min(r + 1, rows_ - 1); ++i) {
      for (int j = std::max(c - 1, 0); j <= std::min(c + 1, cols_ - 1); ++j) {
        if (i != r || j != c) visit(i, j);
      }
    }
  }

  float highest_neighbour(const Map& map, int r, int c) const {
    float highest = 0.0F;
    visit_neighbours(r, c, [&](int i, int j) { highest = std::max(highest, map(i, j)); });
    return highest;
  }

  bool stands_out(const Map& map, int r, int c) const {
    const float v = map(r, c);
    // A recording would show a hot cell in other ways too: it must stand out further.
    const float more = evidence_.loaded->frames.rows() < 10 ? 1.0F : 2.0F;
    return v > 40.0F * quiet_ && v > more * static_cast<float>(hot_over_map) * top_ &&
           v > more * static_cast<float>(hot_over_neighbours) *
                   std::max(highest_neighbour(map, r, c), quiet_);
  }

  // Range over the median of a column's cells; nothing where most are missing.
  static std::optional<double> spread(const Map& map, const Mask& missing, Eigen::Index c) {
    std::vector<double> values;
    for (Eigen::Index r = 0; r < map.rows(); ++r) {
      if (!missing(r, c)) values.push_back(map(r, c));
    }
    if (2 * static_cast<Eigen::Index>(values.size()) < map.rows()) return std::nullopt;
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double range = *high - *low;
    return range / std::max(median(values), 1e-9);
  }

  bool stuck(const Map& map, const Mask& missing, Eigen::Index c) const {
    const auto own = spread(map, missing, c);
    if (!own || *own > most_stuck_spread || map.col(c).mean() < 4.0F * quiet_) return false;
    for (const Eigen::Index beside : {c - 1, c + 1}) {
      if (beside < 0 || beside >= map.cols()) continue;
      const auto other = spread(map, missing, beside);
      if (!other || *other < least_spread_beside) return false;
    }
    return true;
  }

  std::vector<int> hot_lines(const Map& map, const Mask& missing) const {
    std::vector<int> hot;
    for (Eigen::Index c = 0; c < map.cols(); ++c) {
      if (stuck(map, missing, c)) hot.push_back(static_cast<int>(c));
    }
    return hot;
  }

  void find_hot(Defects& out) const {
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < cols_; ++c) {
        if (missing_(r, c)) continue;
        if (stands_out(map_, r, c) || pinned(r, c) || jumps(r, c) || loaded_while_empty(r, c)) {
          out.hot_cells.push_back({r, c});
        }
      }
    }
  }

  bool pinned(int r, int c) const {
    const FrameBlock& frames = evidence_.loaded->frames;
    if (!evidence_.saturation || frames.rows() < 10) return false;
    const auto cell = frames.col(r * cols_ + c);
    return (cell >= static_cast<float>(*evidence_.saturation)).all() &&
           map_(r, c) > 5.0F * highest_neighbour(map_, r, c);
  }

  bool jumps(int r, int c) const {
    const FrameBlock& frames = evidence_.loaded->frames;
    const int cell = r * cols_ + c;
    const float usual = map_(r, c);
    // Cheap test first: most cells never come near.
    const float limit = static_cast<float>(hot_over_neighbours) *
                        std::max({usual, quiet_, top_ / static_cast<float>(hot_over_neighbours)});
    const float background = evidence_.background[cell];
    if (!(frames.col(cell).maxCoeff() - background > limit)) return false;
    int count = 0;
    for (Eigen::Index t = 0; t < frames.rows(); ++t) {
      const float v = frames(t, cell) - background;
      if (!(v > limit)) continue;
      float highest = quiet_;
      visit_neighbours(r, c, [&](int i, int j) {
        const int n = i * cols_ + j;
        highest = std::max(highest, frames(t, n) - evidence_.background[n]);
      });
      count += v > hot_over_neighbours * highest ? 1 : 0;
    }
    return count >= least_jumps;
  }

  bool loaded_while_empty(int r, int c) const {
    if (evidence_.empty == nullptr || evidence_.empty->empty()) return false;
    const Eigen::ArrayXf& median = evidence_.empty->median;
    const int cell = r * cols_ + c;
    float highest = -std::numeric_limits<float>::infinity();
    visit_neighbours(r, c,
                     [&](int i, int j) { highest = std::max(highest, median[i * cols_ + j]); });
    return median[cell] - highest > std::max(8.0F * quiet_, 0.3F * top_);
  }

  // What a line shows where both neighbours are loaded.
  struct LineEvidence {
    std::vector<double> share;  // of the mean of the neighbours, a cell each
    double here = 0.0;
    double beside = 0.0;
    double carried_on = 0.0;  // from both sides in a straight line

    bool surface_goes_on() const {
      return carried_on >= least_continuation * beside && carried_on <= most_continuation * beside;
    }
    bool dead() const {
      return here <= dead_share * beside && surface_goes_on() &&
             *std::max_element(share.begin(), share.end()) <= dead_share_of_cell;
    }
    bool weak() const {
      const double middle = median(share);
      return middle > dead_share && middle <= weak_share && surface_goes_on() &&
             quantile(share, 0.75) - quantile(share, 0.25) <= most_weak_spread * middle;
    }
  };

  LineEvidence look_at_column(const Map& map, const Mask& missing, int j) const {
    const float loaded = std::max(4.0F * quiet_, 0.03F * top_);
    LineEvidence line;
    for (int i = 0; i < map.rows(); ++i) {
      const float left = map(i, j - 1);
      const float right = map(i, j + 1);
      if (missing(i, j - 1) || missing(i, j) || missing(i, j + 1)) continue;
      if (std::min(left, right) <= loaded) continue;
      const double expected = 0.5 * (left + right);
      line.share.push_back(map(i, j) / expected);
      line.here += map(i, j);
      line.beside += expected;
      line.carried_on += continuation(map, missing, i, j, expected);
    }
    return line;
  }

  // Columns of `map` that are dead or weak.
  void faulty_lines(const Map& map, const Mask& missing, std::vector<int>& dead,
                    std::vector<int>& weak) const {
    const auto length = static_cast<double>(map.rows());
    const auto enough = [&](const LineEvidence& line, double share) {
      return static_cast<double>(line.share.size()) >= std::max(4.0, share * length);
    };
    int dips = 0;
    for (int j = 1; j + 1 < map.cols(); ++j) {
      const LineEvidence line = look_at_column(map, missing, j);
      if (!enough(line, least_line_share)) continue;
      if (line.dead()) {
        dead.push_back(j);
      } else if (line.here <= dip_share * line.beside) {
        ++dips;
        const double load = line.beside / static_cast<double>(line.share.size());
        if (enough(line, least_weak_share) && load >= least_weak_load * top_ && line.weak()) {
          weak.push_back(j);
        }
      }
    }
    // Cells of an air mattress or slats dip in one direction, some to nothing.
    if (dips > most_dips) {
      dead.clear();
      weak.clear();
    }
  }

  static double continuation(const Map& map, const Mask& missing, int i, int j, double fallback) {
    double sum = 0.0;
    int sides = 0;
    if (j >= 2 && !missing(i, j - 2)) {
      sum += 2.0 * map(i, j - 1) - map(i, j - 2);
      ++sides;
    }
    if (j + 2 < map.cols() && !missing(i, j + 2)) {
      sum += 2.0 * map(i, j + 1) - map(i, j + 2);
      ++sides;
    }
    return sides > 0 ? sum / sides : fallback;
  }

  void find_dead(Defects& out) const {
    const auto in = [](const std::vector<int>& lines, int line) {
      return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    for (int r = 0; r < rows_; ++r) {
      for (int c = 0; c < cols_; ++c) {
        if (in(out.dead_rows, r) || in(out.dead_cols, c)) continue;
        if (in(out.weak_rows, r) || in(out.weak_cols, c)) continue;
        const bool hot = std::find(out.hot_cells.begin(), out.hot_cells.end(),
                                   std::array<int, 2>{r, c}) != out.hot_cells.end();
        if (!hot && (missing_(r, c) || far_below_background(r, c) || hole(r, c, out))) {
          out.dead_cells.push_back({r, c});
        }
      }
    }
  }

  bool far_below_background(int r, int c) const {
    // Empty frames may hold a residue that the body wipes away; the mat's own level does not.
    if (evidence_.empty != nullptr && !evidence_.empty->empty()) return false;
    const float background = evidence_.background[r * cols_ + c];
    return background > 7.0F * quiet_ && map_(r, c) < -std::max(4.0F * quiet_, 0.5F * background);
  }

  // Nothing in any frame, among eight cells that all carry load.
  bool hole(int r, int c, const Defects& lines) const {
    float lowest = std::numeric_limits<float>::infinity();
    int count = 0;
    visit_neighbours(r, c, [&](int i, int j) {
      const bool dead_line =
          std::find(lines.dead_rows.begin(), lines.dead_rows.end(), i) != lines.dead_rows.end() ||
          std::find(lines.dead_cols.begin(), lines.dead_cols.end(), j) != lines.dead_cols.end();
      if (missing_(i, j) || dead_line) return;
      lowest = std::min(lowest, map_(i, j));
      ++count;
    });
    if (count < 7 || lowest < std::max(4.0F * quiet_, 0.15F * top_)) return false;
    const float most =
        (evidence_.loaded->frames.col(r * cols_ + c) - evidence_.background[r * cols_ + c])
            .maxCoeff();
    return most <= std::max(quiet_, 0.05F * lowest);
  }

  const DefectEvidence& evidence_;
  int rows_;
  int cols_;
  Map map_;       // median of the loaded frames over the background
  Mask missing_;  // never finite, or hot
  float quiet_ = 0.0F;
  float top_ = 0.0F;  // 99th percentile of the loaded cells
};

}  // namespace

std::vector<std::uint8_t> Defects::mask(const MatGeometry& geometry) const {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(geometry.cells()), 0);
  const auto set = [&](int r, int c) { out[static_cast<std::size_t>(r * geometry.cols + c)] = 1; };
  for (const auto& [r, c] : dead_cells) set(r, c);
  for (const auto& [r, c] : hot_cells) set(r, c);
  for (const auto* rows : {&dead_rows, &weak_rows, &hot_rows}) {
    for (const int r : *rows) {
      for (int c = 0; c < geometry.cols; ++c) set(r, c);
    }
  }
  for (const auto* cols : {&dead_cols, &weak_cols, &hot_cols}) {
    for (const int c : *cols) {
      for (int r = 0; r < geometry.rows; ++r) set(r, c);
    }
  }
  return out;
}

Defects find_defects(const DefectEvidence& evidence) { return DefectSearch(evidence).run(); }

}  // namespace matfit
