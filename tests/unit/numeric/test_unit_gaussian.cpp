#include "numeric/unit_gaussian.hpp"

#include "types/units.hpp"

#include <gtest/gtest.h>
#include <Eigen/LU>

#include <cmath>

namespace matfit {
namespace {

Eigen::RowVectorXd row(std::initializer_list<double> values) {
  Eigen::RowVectorXd out(static_cast<Eigen::Index>(values.size()));
  Eigen::Index i = 0;
  for (const double v : values) out[i++] = v;
  return out;
}

TEST(LinearObservations, OneUnknownSeenOnceFollowsTheTextbook) {
  LinearObservations seen(1);
  seen.observe(row({2.0}), 3.0, 0.5);
  // Precision 1 + (2 / 0.5)^2 = 17, mean (2 * 3 / 0.25) / 17.
  const auto posterior = seen.posterior(Eigen::VectorXd::Ones(1));
  EXPECT_NEAR(posterior.mean[0], 24.0 / 17.0, 1e-12);
  EXPECT_NEAR((posterior.root * posterior.root.transpose())(0, 0), 1.0 / 17.0, 1e-12);
}

TEST(LinearObservations, WithoutObservationsThePriorStays) {
  const LinearObservations seen(3);
  const auto posterior = seen.posterior(Eigen::VectorXd::Ones(3));
  EXPECT_EQ(posterior.mean, Eigen::VectorXd::Zero(3));
  EXPECT_TRUE((posterior.root * posterior.root.transpose()).isIdentity(1e-12));
}

TEST(LinearObservations, TheEvidenceIsTheDensityOfTheValues) {
  LinearObservations seen(2);
  seen.observe(row({1.0, 0.5}), 0.7, 0.3);
  seen.observe(row({-0.4, 2.0}), -1.1, 0.8);
  const auto density = [&](double scale) {
    Eigen::Matrix2d rows;
    rows << 1.0, 0.5 * scale, -0.4, 2.0 * scale;
    Eigen::Matrix2d spread = rows * rows.transpose();
    spread(0, 0) += 0.09;
    spread(1, 1) += 0.64;
    const Eigen::Vector2d value(0.7, -1.1);
    return -0.5 * value.dot(spread.inverse() * value) - 0.5 * std::log(spread.determinant());
  };
  const auto evidence = [&](double scale) {
    return seen.log_evidence(Eigen::Vector2d(1.0, scale));
  };
  EXPECT_NEAR(evidence(2.0) - evidence(0.5), density(2.0) - density(0.5), 1e-10);
}

TEST(LinearObservations, TheScaleOfAnUnknownIsFoundFromManyOfIts) {
  Random random(3);
  constexpr Eigen::Index n = 400;
  LinearObservations seen(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    Eigen::RowVectorXd one = Eigen::RowVectorXd::Zero(n);
    one[i] = 1.0;
    seen.observe(one, random.normal(0.0, 0.3) + random.normal(0.0, 0.1), 0.1);
  }
  const auto evidence = [&](double scale) {
    return seen.log_evidence(Eigen::VectorXd::Constant(n, scale));
  };
  EXPECT_GT(evidence(0.3), evidence(0.2));
  EXPECT_GT(evidence(0.3), evidence(0.45));
}

TEST(OppositeNormals, CancelInTheMeanAndScatterAsTheyShould) {
  Random random(8);
  const Eigen::MatrixXd draws = opposite_normals(4, 20000, random);
  ASSERT_EQ(draws.cols(), 40000);
  EXPECT_LT(draws.rowwise().mean().cwiseAbs().maxCoeff(), 1e-12);
  const Eigen::MatrixXd covariance = draws * draws.transpose() / 40000.0;
  EXPECT_LT((covariance - Eigen::MatrixXd::Identity(4, 4)).cwiseAbs().maxCoeff(), 0.03);
}

}  // namespace
}  // namespace matfit
