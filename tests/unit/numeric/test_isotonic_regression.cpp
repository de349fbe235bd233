#include "numeric/isotonic_regression.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace matfit {
namespace {

TEST(IsotonicRegression, LeavesWhatRisesAlone) {
  EXPECT_THAT(isotonic_regression({1, 2, 2, 5}), testing::ElementsAre(1, 2, 2, 5));
  EXPECT_TRUE(isotonic_regression({}).empty());
}

TEST(IsotonicRegression, ReplacesViolatorsByTheirMean) {
  EXPECT_THAT(isotonic_regression({1, 4, 2, 6}), testing::ElementsAre(1, 3, 3, 6));
  EXPECT_THAT(isotonic_regression({3, 2, 1}), testing::ElementsAre(2, 2, 2));
}

TEST(IsotonicRegression, WeighsTheValues) {
  EXPECT_THAT(isotonic_regression({4, 1}, {1, 2}), testing::ElementsAre(2, 2));
  EXPECT_THROW(isotonic_regression({1, 2}, {1}), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
