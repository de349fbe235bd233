#include "numeric/anderson_acceleration.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

TEST(AndersonAcceleration, FindsWhereLinearStepsLeadAfterAsManyStepsAsThereAreParameters) {
  const Eigen::Matrix2d shrink = (Eigen::Matrix2d() << 0.9, 0.05, -0.1, 0.7).finished();
  const Eigen::Vector2d end(2.0, -3.0);
  const Eigen::Vector2d scale(1.0, 50.0);
  const auto step = [&](const Eigen::VectorXd& at) {
    return Eigen::VectorXd(shrink * (at - end) - (at - end));
  };
  AndersonAcceleration acceleration;
  Eigen::VectorXd at = Eigen::Vector2d(10.0, 10.0);
  EXPECT_FALSE(acceleration.ahead(at, step(at), scale));
  at += step(at);
  for (int i = 0; i < 2; ++i) {
    const auto ahead = acceleration.ahead(at, step(at), scale);
    ASSERT_TRUE(ahead);
    at = *ahead;
  }
  EXPECT_LT((at - end).norm(), 1e-9);
}

TEST(AndersonAcceleration, KnowsNothingOfStepsThatAreForgotten) {
  AndersonAcceleration acceleration;
  const Eigen::VectorXd one = Eigen::VectorXd::Ones(3);
  acceleration.ahead(one, one, one);
  acceleration.forget();
  EXPECT_FALSE(acceleration.ahead(2.0 * one, one, one));
}

}  // namespace
}  // namespace matfit
