#include "stages/calibrate/dead_cells.hpp"

#include "stages/calibrate/cell_neighbours.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// Of the quiet reading, on the geometric mean of opposite neighbours, both ways. In PmatData one
// cell in fifty maps is quiet by nature among as much.
constexpr float least_load_about = 11.5F;
constexpr float most_reading = 3.0F;  // of the quiet reading, in any frame
constexpr float most_reading_over_noise_in_time = 4.0F;

bool is_absent(const DefectEvidence& evidence, Eigen::Index cell) {
  return !evidence.absent.empty() && evidence.absent[static_cast<std::size_t>(cell)] != 0;
}

class HoleSearch {
 public:
  HoleSearch(const DefectEvidence& evidence, const DefectMap& map)
      : evidence_(evidence), map_(map), frames_(evidence.loaded->frames) {}

  bool is_hole(int r, int c) const {
    const Eigen::Index cell = index(r, c);
    const float background = evidence_.background[cell];
    const float most = frames_.rows() < 10 ? most_reading : most_reading_over_noise_in_time;
    if ((frames_.col(cell) - background > most * map_.quiet).any()) return false;
    for (Eigen::Index t = 0; t < frames_.rows(); ++t) {
      if (load_about(t, r, c) >= least_load_about * map_.quiet) return true;
    }
    return false;
  }

 private:
  Eigen::Index index(int r, int c) const { return Eigen::Index{r} * map_.cols() + c; }

  // 0 where the neighbour is missing.
  float load_at(Eigen::Index t, int r, int c) const {
    if (map_.missing(r, c)) return 0.0F;
    const float v = frames_(t, index(r, c)) - evidence_.background[index(r, c)];
    return std::isfinite(v) ? std::max(v, 0.0F) : 0.0F;
  }

  // 0 at the mat's edge and where a neighbour is quiet too, as in the gaps between limbs.
  float load_about(Eigen::Index t, int r, int c) const {
    if (r == 0 || c == 0 || r + 1 == map_.rows() || c + 1 == map_.cols()) return 0.0F;
    const float across = load_at(t, r, c - 1) * load_at(t, r, c + 1);
    const float along = load_at(t, r - 1, c) * load_at(t, r + 1, c);
    const float about = std::sqrt(std::min(across, along));
    bool alone = true;
    visit_neighbours(map_.rows(), map_.cols(), r, c, [&](int i, int j) {
      alone = alone && (map_.missing(i, j) || load_at(t, i, j) > most_reading * map_.quiet);
    });
    return alone ? about : 0.0F;
  }

  const DefectEvidence& evidence_;
  const DefectMap& map_;
  const FrameBlock& frames_;
};

}  // namespace

std::vector<std::array<int, 2>> find_holes(const DefectEvidence& evidence, const DefectMap& map) {
  const HoleSearch search(evidence, map);
  std::vector<std::array<int, 2>> found;
  for (int r = 0; r < map.rows(); ++r) {
    for (int c = 0; c < map.cols(); ++c) {
      if (!map.missing(r, c) && search.is_hole(r, c)) found.push_back({r, c});
    }
  }
  return found;
}

std::vector<std::array<int, 2>> find_silent_cells(const DefectEvidence& evidence) {
  const Eigen::ArrayXf& median = evidence.loaded->median;
  // Empty frames may hold a residue that the body wipes away; the mat's own level does not.
  const bool own_level = evidence.empty == nullptr || evidence.empty->empty();
  const double noise = evidence.noise;
  std::vector<std::array<int, 2>> found;
  for (Eigen::Index cell = 0; cell < median.size(); ++cell) {
    if (is_absent(evidence, cell)) continue;
    const double background = evidence.background[cell];
    const bool far_below = own_level && background > 21.0 * noise &&
                           median[cell] - background < -std::max(12.0 * noise, 0.5 * background);
    if (!std::isfinite(median[cell]) || far_below) {
      found.push_back({static_cast<int>(cell / evidence.geometry.cols),
                       static_cast<int>(cell % evidence.geometry.cols)});
    }
  }
  return found;
}

}  // namespace matfit
