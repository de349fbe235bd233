#include "numeric/ridge_regression.hpp"

#include "numeric/random.hpp"

#include <Eigen/Cholesky>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

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

TEST(Ridge, RecoversALawWithoutNoiseWhateverThePredictorsUnits) {
  Eigen::MatrixXd x = noise(40, 3, 1);
  x.col(1) *= 1000.0;
  x.col(2).array() += 50.0;
  Eigen::MatrixXd y(40, 2);
  y.col(0) = 2.0 * x.col(0) - 0.003 * x.col(1);
  y.col(0).array() += 7.0;
  y.col(1) = 0.5 * x.col(2);
  const RidgeRegression fit = fit_ridge(x, y);
  const Eigen::RowVectorXd told = fit.predict(Eigen::RowVector3d(1.5, -400.0, 48.0));
  EXPECT_NEAR(told[0], 2.0 * 1.5 + 0.003 * 400.0 + 7.0, 1e-3);
  EXPECT_NEAR(told[1], 24.0, 1e-3);
}

TEST(Ridge, TellsTheMeanWhereThePredictorsTellNothing) {
  const Eigen::MatrixXd x = noise(60, 30, 2);
  const Eigen::MatrixXd y = noise(60, 1, 3).array() + 4.0;
  const RidgeRegression fit = fit_ridge(x, y);
  EXPECT_GT(fit.ridge[0], 100.0);
  EXPECT_NEAR(fit.predict(noise(1, 30, 4).row(0))[0], y.mean(), 0.3);
}

// What is said of the error on samples left out is what leaving each of them out gives. The
// scale of the predictors may shift a little with the sample.
TEST(Ridge, StatesTheErrorOnSamplesThatItHasNotSeen) {
  const Eigen::MatrixXd x = noise(25, 4, 5);
  const Eigen::MatrixXd y = 3.0 * x.col(0) + x.col(1) + 0.7 * noise(25, 1, 6);
  const RidgeRegression fit = fit_ridge(x, y);
  double sum = 0.0;
  for (Eigen::Index out = 0; out < x.rows(); ++out) {
    Eigen::MatrixXd others(x.rows() - 1, x.cols());
    Eigen::VectorXd values(x.rows() - 1);
    for (Eigen::Index r = 0, to = 0; r < x.rows(); ++r) {
      if (r == out) continue;
      others.row(to) = (x.row(r) - fit.centre).cwiseQuotient(fit.scale);
      values[to++] = y(r, 0);
    }
    const Eigen::RowVectorXd centre = others.colwise().mean();
    const Eigen::MatrixXd centred = others.rowwise() - centre;
    const double level = values.mean();
    const Eigen::MatrixXd normal =
        centred.transpose() * centred + fit.ridge[0] * Eigen::MatrixXd::Identity(4, 4);
    const Eigen::VectorXd weight =
        normal.ldlt().solve(centred.transpose() * (values.array() - level).matrix());
    const Eigen::RowVectorXd place = (x.row(out) - fit.centre).cwiseQuotient(fit.scale) - centre;
    sum += std::pow(level + place.dot(weight) - y(out, 0), 2);
  }
  EXPECT_NEAR(fit.kept_out_rms[0], std::sqrt(sum / 25.0), 1e-9);
}

TEST(Ridge, LeavesAConstantPredictorAlone) {
  Eigen::MatrixXd x = noise(20, 2, 7);
  x.col(1).setConstant(3.0);
  const Eigen::MatrixXd y = x.col(0);
  EXPECT_NEAR(fit_ridge(x, y).predict(Eigen::RowVector2d(0.4, 3.0))[0], 0.4, 1e-3);
}

TEST(Ridge, AsksForTargetsOfAllSamples) {
  EXPECT_THROW(fit_ridge(noise(5, 2, 8), noise(4, 1, 9)), std::invalid_argument);
  EXPECT_THROW(fit_ridge(noise(2, 2, 8), noise(2, 1, 9)), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
