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
  double pitch_scale_sd = 0.10;
  double shift_m = 0.08;
  double turn_sd_rad = 0.07;
  double askew_chance = 0.15;  // lying across a corner
  double largest_askew_rad = 0.45;
  double edge_chance = 0.20;  // lying at a side, in part beyond it
  double largest_edge_shift_m = 0.35;
  double gamma_log_sd = 0.30;
  double band_chance = 0.50;    // bands across, as of air cells
  double coarse_chance = 0.40;  // a coarser mat
  double largest_row_pitch_m = 0.080;
  double largest_col_pitch_m = 0.095;
  double spot_chance = 0.4;      // of coarse cells: only a spot in their middle senses
  double limited_chance = 0.25;  // readings that end early, begin late or go in few steps
  double halo_chance = 0.35;     // pressure spread wide, as by a cover or a mattress over the mat
  double leak_chance = 0.30;     // loaded lines show in their unloaded cells
  double partial_chance = 0.30;  // head, feet or a side beyond the mat
  double dead_line_chance = 0.20;
  double hot_cell_chance = 0.20;
};

// The same person as another mat, mattress and place on the bed would show them. Mirroring swaps
// left and right in `posture`.
LabelledMap augmented(const LabelledMap& sample, Random& random,
                      const AugmentationOptions& options = {});

}  // namespace matfit
