#pragma once

#include <Eigen/Core>
#include <opencv2/core.hpp>

namespace matfit {

inline constexpr int gradient_cell_px = 4;
inline constexpr int gradient_orientations = 8;  // over the full circle: edges keep their sign

// Histograms of oriented gradients (Dalal & Triggs, CVPR 2005) with signed orientation, bilinear in
// place and orientation, each cell normalised with its neighbourhood and clipped at 0.4, followed
// by the cells' mean pressure. `image` has sides that are multiples of gradient_cell_px.
Eigen::VectorXf gradient_features(const cv::Mat1f& image);

int gradient_feature_count(int rows, int cols);

}  // namespace matfit
