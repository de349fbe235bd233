#include "stages/calibrate/occupation.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// Of the recording's 90th percentile of load.
constexpr double loaded_share = 0.5;
constexpr double empty_share = 0.1;

}  // namespace

Occupation occupation(const std::vector<FrameStatistics>& frames,
                      const std::vector<std::uint8_t>& valid, const Background& background,
                      double cells) {
  std::vector<double> loads;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (valid[i] != 0) loads.push_back(frames[i].sum - background.level * cells);
  }
  Occupation out;
  out.loaded.assign(frames.size(), 0);
  out.empty.assign(frames.size(), 0);
  if (loads.empty()) return out;
  // Less than this is the noise of all cells together and of the background's level.
  const double least = background.noise * (3.0 * std::sqrt(cells) + 0.5 * cells);
  const double highest_noise = background.level + 8.0 * background.noise;
  const double level = quantile(loads, 0.9);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    if (valid[i] == 0) continue;
    const double load = frames[i].sum - background.level * cells;
    const bool stands_out = load > least && frames[i].maximum > highest_noise;
    out.loaded[i] = stands_out && load >= loaded_share * level ? 1 : 0;
    out.empty[i] = load < std::max(empty_share * level, least) ? 1 : 0;
    out.loaded_frames += out.loaded[i];
    out.empty_frames += out.empty[i];
  }
  return out;
}

}  // namespace matfit
