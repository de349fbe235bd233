#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace matfit {

// The fixed grid on which postures are compared: square cells, row 0 towards the head.
inline constexpr int registered_rows = 64;
inline constexpr int registered_cols = 32;
inline constexpr double registered_cell_m = 0.030;

struct RegistrationOptions {
  // The share of cells taken as unloaded: their upper value is the background that is removed.
  double background_quantile = 0.50;
  // The loaded cells' quantile that becomes 1 before compression.
  double full_scale_quantile = 0.97;
  double compression_exponent = 0.6;
  // Gaussian smoothing on the fixed grid, metres: a common resolution for fine and coarse mats.
  double smoothing_m = 0.020;
  // Steeper axes are taken for asymmetric contact, not for a body lying askew.
  double largest_tilt_rad = 0.35;
};

// A body on the fixed grid, shifted and turned so that its long axis runs along the middle column.
struct RegisteredBody {
  cv::Mat1f image;          // registered_rows x registered_cols, compressed pressure, 0..1
  double tilt_rad = 0.0;    // of the body's axis against the rows' direction
  double centre_x_m = 0.0;  // of the body, in the map's frame
  double centre_y_m = 0.0;
};

// `map` is in the body frame (rows along the body) in any unit, at least 4 x 4 cells. A map without
// load gives an image of zeros. Only ratios of pressure matter, not its unit.
RegisteredBody register_body(const Eigen::ArrayXXd& map, const MatGeometry& geometry,
                             const RegistrationOptions& options = {});

}  // namespace matfit
