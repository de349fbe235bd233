#include "stages/calibrate/repeated_frames.hpp"

#include "numeric/statistics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace matfit {

namespace {

// Cells that differ between frames that do differ, in the median: with so many, that none differs
// by chance does not happen. In PmatData I it is hundreds, and no two of 14108 pairs are the same.
constexpr double least_usual_change = 20.0;

bool repeats(const std::vector<FrameStatistics>& frames, const std::vector<std::uint8_t>& loaded,
             std::size_t i) {
  return loaded[i] != 0 && loaded[i - 1] != 0 && frames[i].changed == 0;
}

}  // namespace

std::optional<RepeatedFrames> repeated_frames(const std::vector<FrameStatistics>& frames,
                                              const std::vector<std::uint8_t>& loaded,
                                              const std::vector<double>& time_s) {
  std::vector<double> changes;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (loaded[i] != 0 && loaded[i - 1] != 0 && frames[i].changed > 0) {
      changes.push_back(static_cast<double>(frames[i].changed));
    }
  }
  if (changes.empty() || median(std::move(changes)) < least_usual_change) return std::nullopt;
  RepeatedFrames found;
  for (std::size_t i = 1; i < frames.size(); ++i) {
    if (!repeats(frames, loaded, i)) continue;
    const std::size_t first = i - 1;
    while (i + 1 < frames.size() && repeats(frames, loaded, i + 1)) ++i;
    found.count += i - first;
    found.longest_s = std::max(found.longest_s, time_s[i] - time_s[first]);
  }
  return found;
}

QualityFigures repetition_figures(const std::optional<RepeatedFrames>& repeated,
                                  const std::vector<double>& time_s) {
  if (!repeated) return {};
  const double span_s = time_s.back() - time_s.front();
  return {{"repeated_frames",
           {static_cast<double>(repeated->count),
            fmt::format("the longest stretch {:.0f} s", repeated->longest_s)}},
          {"frozen_share",
           {repeated->longest_s / span_s, fmt::format("{:.0f} s", repeated->longest_s)}}};
}

}  // namespace matfit
