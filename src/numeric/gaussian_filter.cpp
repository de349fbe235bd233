#include "numeric/gaussian_filter.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

Eigen::ArrayXXd filtered_columns(const Eigen::ArrayXXd& map, const Eigen::ArrayXd& weights) {
  const Eigen::Index reach = weights.size() / 2;
  Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(map.rows(), map.cols());
  for (Eigen::Index k = -reach; k <= reach; ++k) {
    const Eigen::Index first = std::max<Eigen::Index>(0, -k);
    const Eigen::Index count = map.rows() - std::abs(k);
    if (count <= 0) continue;
    out.middleRows(first, count) += weights[k + reach] * map.middleRows(first + k, count);
  }
  return out;
}

}  // namespace

Eigen::ArrayXd gaussian_weights(double sigma) {
  const auto reach = static_cast<Eigen::Index>(std::ceil(3.0 * sigma));
  Eigen::ArrayXd weights(2 * reach + 1);
  for (Eigen::Index i = -reach; i <= reach; ++i) {
    const double z = static_cast<double>(i) / std::max(sigma, 1e-9);
    weights[i + reach] = std::exp(-0.5 * z * z);
  }
  return weights;
}

Eigen::ArrayXXd filtered(const Eigen::ArrayXXd& map, const Eigen::ArrayXd& along_column,
                         const Eigen::ArrayXd& along_row) {
  const Eigen::ArrayXXd half = filtered_columns(map, along_column).transpose();
  return filtered_columns(half, along_row).transpose();
}

}  // namespace matfit
