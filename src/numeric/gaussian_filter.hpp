#pragma once

#include <Eigen/Core>

namespace matfit {

// exp(-z^2 / 2) at whole steps out to three standard deviations (in steps) to either side; 1 in the
// middle.
Eigen::ArrayXd gaussian_weights(double sigma);

// The map with each value the sum of its neighbours' by the weights, of odd number, along its
// column and then along its row; nothing beyond the edges.
Eigen::ArrayXXd filtered(const Eigen::ArrayXXd& map, const Eigen::ArrayXd& along_column,
                         const Eigen::ArrayXd& along_row);

}  // namespace matfit
