#include "numeric/logistic.hpp"
#include "numeric/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

TEST(Logistic, finds_the_weights_that_samples_were_drawn_with) {
  constexpr Eigen::Index count = 20000;
  Random random(5);
  Logistic truth;
  truth.intercept = -0.5;
  truth.weight = Eigen::Vector2d(1.5, -0.8);
  Eigen::MatrixXd x(count, 2);
  std::vector<int> is_one;
  for (Eigen::Index i = 0; i < count; ++i) {
    x.row(i) << random.normal(0.0, 1.0), random.normal(0.0, 1.0);
    is_one.push_back(random.uniform(0.0, 1.0) < truth.probability(x.row(i)) ? 1 : 0);
  }
  const Logistic found = fit_logistic(x, is_one, 1e-6);
  EXPECT_NEAR(found.intercept, truth.intercept, 0.06);
  EXPECT_NEAR(found.weight[0], truth.weight[0], 0.06);
  EXPECT_NEAR(found.weight[1], truth.weight[1], 0.06);
}

TEST(Logistic, stays_finite_where_samples_part_and_shrinks_with_the_ridge) {
  Eigen::MatrixXd x(4, 1);
  x << -2.0, -1.0, 1.0, 2.0;
  const Logistic loose = fit_logistic(x, {0, 0, 1, 1}, 0.01);
  const Logistic tight = fit_logistic(x, {0, 0, 1, 1}, 10.0);
  EXPECT_TRUE(std::isfinite(loose.weight[0]));
  EXPECT_GT(loose.weight[0], 2.0 * tight.weight[0]);
  EXPECT_NEAR(loose.intercept, 0.0, 1e-6);
  // At the best the slope of the likelihood meets the ridge's.
  double slope = -10.0 * tight.weight[0];
  for (Eigen::Index i = 0; i < 4; ++i) {
    slope += ((i >= 2 ? 1.0 : 0.0) - tight.probability(x.row(i))) * x(i, 0);
  }
  EXPECT_NEAR(slope, 0.0, 1e-6);
}

TEST(Logistic, refuses_samples_of_one_kind) {
  EXPECT_THROW(fit_logistic(Eigen::MatrixXd::Zero(3, 1), {1, 1, 1}, 1.0), std::invalid_argument);
  EXPECT_THROW(fit_logistic(Eigen::MatrixXd::Zero(3, 1), {1, 0}, 1.0), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
