#include "stages/calibrate/content_faults.hpp"

#include <algorithm>

namespace matfit {

namespace {

constexpr double swap_share = 0.75;          // chance gives 1/16, real frames stay under 0.5
constexpr double least_large_share = 0.005;  // of the cells; fewer say nothing
constexpr double most_not_finite = 0.02;     // of the cells, beyond those always missing

bool swap_pattern(const FrameStatistics& f, double cells) {
  const double large = static_cast<double>(f.large);
  return large >= std::max(8.0, least_large_share * cells) &&
         static_cast<double>(f.swap_like) >= swap_share * large;
}

// Readings that are all multiples of 256 come from a converter that fills the upper bits first.
bool left_justified(const std::vector<FrameStatistics>& frames) {
  return std::all_of(frames.begin(), frames.end(),
                     [](const FrameStatistics& f) { return f.multiples_of_256 == f.large; });
}

}  // namespace

std::vector<InvalidFrame> content_faults(const std::vector<FrameStatistics>& frames,
                                         Eigen::Index cells) {
  std::vector<InvalidFrame> faults;
  if (frames.empty()) return faults;
  const auto least = std::min_element(frames.begin(), frames.end(),
                                      [](auto& a, auto& b) { return a.not_finite < b.not_finite; });
  const auto cell_count = static_cast<double>(cells);
  const bool may_be_swapped = !left_justified(frames);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto missing = static_cast<double>(frames[i].not_finite - least->not_finite);
    if (missing > most_not_finite * cell_count || frames[i].not_finite == std::size_t(cells)) {
      faults.push_back({i, "not_finite"});
    } else if (may_be_swapped && swap_pattern(frames[i], cell_count)) {
      faults.push_back({i, "byte_swapped"});
    }
  }
  return faults;
}

}  // namespace matfit
