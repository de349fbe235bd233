#pragma once

#include "numeric/random.hpp"
#include "types/mat_geometry.hpp"
#include "types/posture.hpp"

#include <Eigen/Core>

namespace matfit {

// A map in the body frame with the posture of the one who lies on it.
struct LabelledMap {
  Eigen::ArrayXXd pressure;  // rows x cols, any unit
  MatGeometry geometry;
  Posture posture = Posture::unknown;
};

struct AugmentationOptions {
  double mirror_chance = 0.5;
  double pitch_scale_sd = 0.06;
  double shift_m = 0.08;
  double turn_sd_rad = 0.07;
  double gamma_log_sd = 0.30;
  double band_chance = 0.50;     // bands across, as of air cells
  double coarse_chance = 0.30;   // a coarser mat
  double partial_chance = 0.30;  // head, feet or a side beyond the mat
  double dead_line_chance = 0.20;
  double hot_cell_chance = 0.20;
};

// The same person as another mat, mattress and place on the bed would show them. Mirroring swaps
// left and right in `posture`.
LabelledMap augmented(const LabelledMap& sample, Random& random,
                      const AugmentationOptions& options = {});

}  // namespace matfit
