#include "numeric/gaussian_filter.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

TEST(GaussianFilter, ItsWeightsFallEvenlyToBothSidesFromOne) {
  const Eigen::ArrayXd weights = gaussian_weights(1.5);
  ASSERT_EQ(weights.size(), 11);
  EXPECT_EQ(weights[5], 1.0);
  EXPECT_DOUBLE_EQ(weights[8], std::exp(-2.0));
  EXPECT_TRUE((weights == weights.reverse()).all());
}

TEST(GaussianFilter, WithoutWidthLeavesTheMap) {
  const Eigen::ArrayXXd map = Eigen::ArrayXXd::Random(4, 3);
  const Eigen::ArrayXd none = gaussian_weights(0.0);
  EXPECT_TRUE((filtered(map, none, none) == map).all());
}

TEST(GaussianFilter, SpreadsOneCellAlongColumnAndRow) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(9, 12);
  map(4, 7) = 2.0;
  const Eigen::ArrayXd column = gaussian_weights(1.0);
  const Eigen::ArrayXd row = gaussian_weights(0.6);
  const Eigen::ArrayXXd out = filtered(map, column, row);
  for (Eigen::Index r = 0; r < 9; ++r) {
    for (Eigen::Index c = 0; c < 12; ++c) {
      const bool reached = std::abs(r - 4) <= 3 && std::abs(c - 7) <= 2;
      EXPECT_DOUBLE_EQ(out(r, c), reached ? 2.0 * column[r - 4 + 3] * row[c - 7 + 2] : 0.0);
    }
  }
}

TEST(GaussianFilter, TakesNothingFromBeyondTheEdges) {
  const Eigen::ArrayXd weights = gaussian_weights(1.0);
  const Eigen::ArrayXXd out = filtered(Eigen::ArrayXXd::Ones(2, 1), weights, weights);
  EXPECT_DOUBLE_EQ(out(0, 0), 1.0 + std::exp(-0.5));
  EXPECT_DOUBLE_EQ(out(1, 0), 1.0 + std::exp(-0.5));
}

}  // namespace
}  // namespace matfit
