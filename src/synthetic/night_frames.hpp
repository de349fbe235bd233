#pragma once

#include "synthetic/night_plan.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <memory>
#include <vector>

namespace matfit {

// The frames of a planned night, made on reading: memory holds the material alone, whatever the
// night's length. Each frame depends on the plan and its number alone. Within a stretch the frames
// of its lie follow each other forth and back at their own pace, those between them interpolated.
// Safe to read from several threads.
class NightFrames final : public FrameSource {
 public:
  NightFrames(std::shared_ptr<const NightMaterial> material, NightPlan plan);
  std::size_t size() const override { return count_; }
  FrameBlock read(std::size_t first, std::size_t count) const override;

  // A cell that a moving limb takes load from, and the one that it brings it to.
  struct LimbCell {
    int from = 0;
    int to = 0;
    double weight = 0.0;  // share of the cell's load that is the limb's
  };

 private:
  using Cells = Eigen::ArrayXf;

  Cells frame(std::size_t number) const;
  // Of one stretch at rest, its small movements and breathing in it.
  Cells at_rest(std::size_t period, double time_s) const;
  Cells turning(std::size_t period, std::size_t number, double time_s) const;

  std::shared_ptr<const NightMaterial> material_;
  NightPlan plan_;
  std::size_t count_ = 0;
  std::vector<Cells> trunk_;           // a lie each: how a cell goes with the breath, -1..1
  std::vector<double> usual_load_;     // a lie each: sum over cells
  std::vector<std::size_t> first_of_;  // a period each: its first frame
  std::vector<std::vector<std::size_t>> movements_of_;  // a period each: indices by time
  std::vector<std::vector<LimbCell>> limbs_;            // a movement each
};

// The times of a night's frames.
std::vector<double> night_times(const NightRequest& request);

}  // namespace matfit
