#pragma once

#include "types/recording.hpp"

#include <cstddef>
#include <limits>
#include <vector>

namespace matfit {

// What one pass over a recording tells of each frame, in the recording's unit. Values that are not
// finite count as 0.
struct FrameStatistics {
  std::size_t not_finite = 0;
  double sum = 0.0;
  double minimum = 0.0;
  double maximum = 0.0;
  std::size_t large = 0;      // values that need a second byte (256 and more); whole numbers only
  std::size_t swap_like = 0;  // of those, values that would be small with their bytes exchanged
  std::size_t multiples_of_256 = 0;  // of those
  // Correlation of the cells with those of the frame before; NaN where either is constant.
  double likeness_to_previous = std::numeric_limits<double>::quiet_NaN();
  std::size_t changed = 0;  // cells that differ from the frame before at all; 0 for the first frame
};

// One entry a frame; reads the recording once, in blocks.
std::vector<FrameStatistics> frame_statistics(const Recording& recording);

// Pearson correlation of two frames' cells; NaN where either is constant.
double likeness(const Eigen::Ref<const Eigen::ArrayXf>& a,
                const Eigen::Ref<const Eigen::ArrayXf>& b);

}  // namespace matfit
