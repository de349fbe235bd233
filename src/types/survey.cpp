#include "types/survey.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

std::vector<std::size_t> spread_evenly(const std::vector<std::size_t>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<std::size_t> picked;
  const std::size_t pairs = most / 2;
  for (std::size_t k = 0; k < pairs; ++k) {
    const std::size_t at = k * (all.size() - 2) / (pairs - 1);
    for (const std::size_t i : {at, at + 1}) {
      if (picked.empty() || all[i] > picked.back()) picked.push_back(all[i]);
    }
  }
  return picked;
}

}  // namespace

Eigen::ArrayXf cell_medians(const FrameBlock& frames) {
  Eigen::ArrayXf medians(frames.cols());
  std::vector<float> values;
  for (Eigen::Index c = 0; c < frames.cols(); ++c) {
    values.clear();
    for (Eigen::Index t = 0; t < frames.rows(); ++t) {
      if (std::isfinite(frames(t, c))) values.push_back(frames(t, c));
    }
    if (values.empty()) {
      medians[c] = std::numeric_limits<float>::quiet_NaN();
      continue;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    medians[c] = values.size() % 2 == 1
                     ? *middle
                     : 0.5F * (*middle + *std::max_element(values.begin(), middle));
  }
  return medians;
}

Survey survey_frames(const Recording& recording, const std::vector<std::uint8_t>& usable,
                     std::size_t most) {
  std::vector<std::size_t> candidates;
  for (std::size_t i = 0; i < usable.size(); ++i) {
    if (usable[i] != 0) candidates.push_back(i);
  }
  Survey survey;
  survey.number = spread_evenly(candidates, std::max<std::size_t>(most, 4));
  const auto count = static_cast<Eigen::Index>(survey.number.size());
  survey.frames.resize(count, recording.mat.geometry.cells());
  Eigen::Index filled = 0;
  while (filled < count) {
    const std::size_t first = survey.number[static_cast<std::size_t>(filled)];
    Eigen::Index run = 1;
    while (filled + run < count && survey.number[static_cast<std::size_t>(filled + run)] ==
                                       first + static_cast<std::size_t>(run)) {
      ++run;
    }
    survey.frames.middleRows(filled, run) =
        recording.frames->read(first, static_cast<std::size_t>(run));
    filled += run;
  }
  survey.median = cell_medians(survey.frames);
  return survey;
}

}  // namespace matfit
