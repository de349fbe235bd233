#include "numeric/weighted_quantile.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace matfit {
namespace {

TEST(WeightedQuantile, CountsAValueByItsWeight) {
  EXPECT_EQ(weighted_quantile({{3.0, 1.0}, {1.0, 1.0}, {2.0, 1.0}}, 0.5), 2.0);
  EXPECT_EQ(weighted_quantile({{3.0, 4.0}, {1.0, 1.0}, {2.0, 1.0}}, 0.5), 3.0);
  EXPECT_EQ(weighted_quantile({{3.0, 1.0}, {1.0, 4.0}, {2.0, 0.0}}, 0.75), 1.0);
}

TEST(WeightedQuantile, ReachesFromTheLeastToTheGreatest) {
  EXPECT_EQ(weighted_quantile({{5.0, 1.0}, {-2.0, 1.0}}, 0.0), -2.0);
  EXPECT_EQ(weighted_quantile({{5.0, 1.0}, {-2.0, 1.0}}, 1.0), 5.0);
  EXPECT_THROW(weighted_quantile({}, 0.5), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
