#pragma once

#include "stages/calibrate/cell_responses.hpp"
#include "stages/calibrate/repair.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace matfit {

// What is done to each reading: less the cell's background, 0 under the dead zone, without creep,
// through the cell's response, times the scale.
struct Calibration {
  Eigen::ArrayXf background;  // a cell each, in the recording's unit
  float dead_zone = 0.0F;     // readings over the background below this are noise
  std::shared_ptr<const CellResponses> responses;  // of the mat's profile; none: linear
  float scale = 1.0F;               // Pa per unit of the recording, or of what the responses give
  std::vector<float> creep_factor;  // a frame each, divides the reading; empty: all 1
  RepairPlan repair;
};

// A recording's frames in Pa, computed on reading. Readings that are not finite count as
// unloaded. Safe to read from several threads: nothing changes after construction.
class CalibratedFrames final : public FrameSource {
 public:
  CalibratedFrames(std::shared_ptr<const FrameSource> frames, Calibration calibration);
  std::size_t size() const override { return frames_->size(); }
  FrameBlock read(std::size_t first, std::size_t count) const override;

 private:
  std::shared_ptr<const FrameSource> frames_;
  Calibration calibration_;
};

}  // namespace matfit
