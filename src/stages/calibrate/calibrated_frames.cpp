#include "stages/calibrate/calibrated_frames.hpp"

#include <limits>
#include <utility>

namespace matfit {

CalibratedFrames::CalibratedFrames(std::shared_ptr<const FrameSource> frames,
                                   Calibration calibration)
    : frames_(std::move(frames)), calibration_(std::move(calibration)) {}

FrameBlock CalibratedFrames::read(std::size_t first, std::size_t count) const {
  FrameBlock block = frames_->read(first, count);
  const float* background = calibration_.background.data();
  const float dead_zone = calibration_.dead_zone;
  const CellResponses* responses = calibration_.responses.get();
  for (Eigen::Index t = 0; t < block.rows(); ++t) {
    float* cells = block.data() + t * block.cols();
    const std::size_t frame = first + static_cast<std::size_t>(t);
    const float settled =
        calibration_.creep_factor.empty() ? 1.0F : 1.0F / calibration_.creep_factor[frame];
    const float scale = settled * calibration_.scale;
    for (Eigen::Index c = 0; c < block.cols(); ++c) {
      const float v = cells[c] - background[c];
      // False for NaN too.
      const bool loaded = v > dead_zone && v <= std::numeric_limits<float>::max();
      if (!responses) {
        cells[c] = loaded ? v * scale : 0.0F;
      } else {
        cells[c] = loaded ? responses->pressure_pa(c, v * settled) * calibration_.scale : 0.0F;
      }
    }
    repair(calibration_.repair, block.row(t));
  }
  return block;
}

}  // namespace matfit
