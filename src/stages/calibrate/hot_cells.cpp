#include "stages/calibrate/hot_cells.hpp"

#include "stages/calibrate/cell_neighbours.hpp"

#include <algorithm>
#include <limits>

namespace matfit {

namespace {

constexpr float over_neighbours = 7.0F;
constexpr float over_map = 7.0F;  // over the 99th percentile of the loaded cells
constexpr int least_jumps = 2;
constexpr Eigen::Index recording_frames = 10;
constexpr float pinned_over_neighbours = 5.0F;

class HotCellSearch {
 public:
  HotCellSearch(const DefectEvidence& evidence, const DefectMap& map)
      : evidence_(evidence),
        map_(map),
        frames_(evidence.loaded->frames),
        quiet_(static_cast<float>(3.0 * evidence.noise)) {}

  bool is_hot(int r, int c) const {
    return stands_out(r, c) || pinned(r, c) || jumps(r, c) || loaded_while_empty(r, c);
  }

 private:
  template <typename Visit>
  void visit_present(int r, int c, Visit visit) const {
    visit_neighbours(map_.rows(), map_.cols(), r, c, [&](int i, int j) {
      if (!map_.missing(i, j)) visit(i, j);
    });
  }

  float highest_neighbour(int r, int c) const {
    float highest = 0.0F;
    visit_present(r, c, [&](int i, int j) { highest = std::max(highest, map_.reading(i, j)); });
    return highest;
  }

  bool stands_out(int r, int c) const {
    const float v = map_.reading(r, c);
    // A recording would show a hot cell in other ways too: it must stand out further.
    const float more = frames_.rows() < recording_frames ? 1.0F : 2.0F;
    return v > 40.0F * quiet_ && v > more * over_map * map_.top &&
           v > more * over_neighbours * std::max(highest_neighbour(r, c), quiet_);
  }

  bool pinned(int r, int c) const {
    if (!evidence_.saturation || frames_.rows() < recording_frames) return false;
    const auto cell = frames_.col(r * map_.cols() + c);
    return (cell >= static_cast<float>(*evidence_.saturation)).all() &&
           map_.reading(r, c) > pinned_over_neighbours * highest_neighbour(r, c);
  }

  bool jumps(int r, int c) const {
    const int cell = r * map_.cols() + c;
    // Cheap test first: most cells never come near.
    const float limit =
        over_neighbours * std::max({map_.reading(r, c), quiet_, map_.top / over_neighbours});
    const float background = evidence_.background[cell];
    if (!(frames_.col(cell).maxCoeff() - background > limit)) return false;
    int count = 0;
    for (Eigen::Index t = 0; t < frames_.rows(); ++t) {
      const float v = frames_(t, cell) - background;
      if (!(v > limit)) continue;
      float highest = quiet_;
      visit_present(r, c, [&](int i, int j) {
        const int n = i * map_.cols() + j;
        highest = std::max(highest, frames_(t, n) - evidence_.background[n]);
      });
      count += v > over_neighbours * highest ? 1 : 0;
    }
    return count >= least_jumps;
  }

  bool loaded_while_empty(int r, int c) const {
    if (evidence_.empty == nullptr || evidence_.empty->empty()) return false;
    const Eigen::ArrayXf& median = evidence_.empty->median;
    float highest = -std::numeric_limits<float>::infinity();
    visit_present(r, c,
                  [&](int i, int j) { highest = std::max(highest, median[i * map_.cols() + j]); });
    return median[r * map_.cols() + c] - highest > std::max(8.0F * quiet_, 0.3F * map_.top);
  }

  const DefectEvidence& evidence_;
  const DefectMap& map_;
  const FrameBlock& frames_;
  float quiet_;  // three standard deviations of the noise
};

}  // namespace

std::vector<std::array<int, 2>> find_hot_cells(const DefectEvidence& evidence,
                                               const DefectMap& map) {
  const HotCellSearch search(evidence, map);
  std::vector<std::array<int, 2>> found;
  for (int r = 0; r < map.rows(); ++r) {
    for (int c = 0; c < map.cols(); ++c) {
      if (!map.missing(r, c) && search.is_hot(r, c)) found.push_back({r, c});
    }
  }
  return found;
}

}  // namespace matfit
