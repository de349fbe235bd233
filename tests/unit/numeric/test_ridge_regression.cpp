#include "numeric/ridge_regression.hpp"

#include "numeric/random.hpp"

#include <gtest/gtest.h>
#include <Eigen/Cholesky>

#include <cmath>
#include <cstddef>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace matfit {
namespace {

Eigen::MatrixXd noise(Eigen::Index rows, Eigen::Index cols, std::uint64_t seed) {
  Random random(seed);
  Eigen::MatrixXd out(rows, cols);
  for (Eigen::Index r = 0; r < rows; ++r) {
    for (Eigen::Index c = 0; c < cols; ++c) out(r, c) = random.normal();
  }
  return out;
}

std::vector<std::size_t> each_its_own(std::size_t samples) {
  std::vector<std::size_t> group(samples);
  std::iota(group.begin(), group.end(), std::size_t{0});
  return group;
}

TEST(Ridge, RecoversALawWithoutNoiseWhateverThePredictorsUnits) {
  Eigen::MatrixXd x = noise(40, 3, 1);
  x.col(1) *= 1000.0;
  x.col(2).array() += 50.0;
  Eigen::MatrixXd y(40, 2);
  y.col(0) = 2.0 * x.col(0) - 0.003 * x.col(1);
  y.col(0).array() += 7.0;
  y.col(1) = 0.5 * x.col(2);
  const RidgeRegression fit = fit_ridge(x, y, each_its_own(40));
  const Eigen::RowVectorXd told = fit.predict(Eigen::RowVector3d(1.5, -400.0, 48.0));
  EXPECT_NEAR(told[0], 2.0 * 1.5 + 0.003 * 400.0 + 7.0, 1e-3);
  EXPECT_NEAR(told[1], 24.0, 1e-3);
}

TEST(Ridge, TellsTheMeanWhereThePredictorsTellNothing) {
  const Eigen::MatrixXd x = noise(60, 30, 2);
  const Eigen::MatrixXd y = noise(60, 1, 3).array() + 4.0;
  const RidgeRegression fit = fit_ridge(x, y, each_its_own(60));
  EXPECT_GT(fit.ridge[0], 100.0);
  EXPECT_NEAR(fit.predict(noise(1, 30, 4).row(0))[0], y.mean(), 0.3);
}

// What is said of the error is what leaving each group out gives, on predictors scaled alike.
TEST(Ridge, StatesTheErrorOnGroupsThatItHasNotSeen) {
  const Eigen::MatrixXd x = noise(24, 4, 5);
  const Eigen::MatrixXd y = 3.0 * x.col(0) + x.col(1) + 0.7 * noise(24, 1, 6);
  std::vector<std::size_t> group;
  for (std::size_t i = 0; i < 24; ++i) group.push_back(i < 12 ? i / 3 : i);  // of three, and of one
  const RidgeRegression fit = fit_ridge(x, y, group);
  const Eigen::MatrixXd scaled = (x.rowwise() - fit.centre).array().rowwise() / fit.scale.array();
  double sum = 0.0;
  for (std::size_t out = 0; out < 24; ++out) {
    std::vector<Eigen::Index> others;
    for (std::size_t i = 0; i < 24; ++i) {
      if (group[i] != group[out]) others.push_back(static_cast<Eigen::Index>(i));
    }
    const Eigen::MatrixXd seen = scaled(others, Eigen::all);
    const Eigen::VectorXd values = y(others, 0);
    const Eigen::RowVectorXd centre = seen.colwise().mean();
    const Eigen::MatrixXd centred = seen.rowwise() - centre;
    const double level = values.mean();
    const Eigen::MatrixXd normal =
        centred.transpose() * centred + fit.ridge[0] * Eigen::MatrixXd::Identity(4, 4);
    const Eigen::VectorXd weight =
        normal.ldlt().solve(centred.transpose() * (values.array() - level).matrix());
    const auto row = static_cast<Eigen::Index>(out);
    sum += std::pow(level + (scaled.row(row) - centre).dot(weight) - y(row, 0), 2);
  }
  EXPECT_NEAR(fit.kept_out_rms[0], std::sqrt(sum / 24.0), 1e-9);
}

// Ten copies of each of few samples: left out one by one they would praise any fit.
TEST(Ridge, CopiesOfASampleDoNotMakeItTrustNoise) {
  const Eigen::MatrixXd x = noise(20, 30, 10).replicate(10, 1);
  const Eigen::MatrixXd y = noise(20, 1, 11).replicate(10, 1);
  std::vector<std::size_t> person;
  for (std::size_t i = 0; i < 200; ++i) person.push_back(i % 20);
  const RidgeRegression honest = fit_ridge(x, y, person);
  const RidgeRegression fooled = fit_ridge(x, y, each_its_own(200));
  EXPECT_GT(honest.kept_out_rms[0], 0.7 * std::sqrt(y.squaredNorm() / 200.0));
  EXPECT_LT(fooled.kept_out_rms[0], 0.1 * honest.kept_out_rms[0]);
  EXPECT_GT(honest.ridge[0], 100.0 * fooled.ridge[0]);
}

TEST(Ridge, LeavesAConstantPredictorAlone) {
  Eigen::MatrixXd x = noise(20, 2, 7);
  x.col(1).setConstant(3.0);
  const Eigen::MatrixXd y = x.col(0);
  EXPECT_NEAR(fit_ridge(x, y, each_its_own(20)).predict(Eigen::RowVector2d(0.4, 3.0))[0], 0.4,
              1e-3);
}

TEST(Ridge, AsksForTargetsOfAllSamplesInThreeGroups) {
  const Eigen::MatrixXd x = noise(5, 2, 8);
  const Eigen::MatrixXd y = noise(5, 1, 9);
  EXPECT_NO_THROW(fit_ridge(x, y, {1, 1, 2, 2, 3}));
  EXPECT_THROW(fit_ridge(x, y, {1, 1, 2, 2, 2}), std::invalid_argument);
  EXPECT_THROW(fit_ridge(x, y, {1, 2, 3, 4}), std::invalid_argument);
  EXPECT_THROW(fit_ridge(x, y.topRows(4), {1, 2, 3, 4, 5}), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
