#include "stages/fit/slope_columns.hpp"

#include "numeric/random.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

NormalEquations no_sums(Eigen::Index parameters) {
  return {Eigen::MatrixXd::Zero(parameters, parameters), Eigen::VectorXd::Zero(parameters)};
}

// Fills cells [first, end) of a column with random slopes, in `dense` too.
void fill(SlopeColumns& slopes, Eigen::MatrixXd& dense, Eigen::Index parameter, Eigen::Index first,
          Eigen::Index end, Random& random) {
  slopes.widen(parameter, first, end);
  for (Eigen::Index i = first; i < end; ++i) {
    const double slope = random.normal();
    slopes.column(parameter)[i] += slope;
    dense(i, parameter) += slope;
  }
}

TEST(SlopeColumns, SumAsADenseJacobianDoes) {
  constexpr Eigen::Index cells = 30, parameters = 5;
  Random random(3);
  SlopeColumns slopes(cells, parameters);
  for (int use = 0; use < 2; ++use) {  // nothing of the first is left in the second
    slopes.clear();
    Eigen::MatrixXd dense = Eigen::MatrixXd::Zero(cells, parameters);
    fill(slopes, dense, 4, 3, 12, random);
    fill(slopes, dense, 0, 8, 20, random);
    fill(slopes, dense, 2, 25, 30, random);
    fill(slopes, dense, 4, 10, 28, random);  // wider than before, over a part of it
    fill(slopes, dense, 0, 2, 4, random);    // apart from it
    Eigen::VectorXd scale(cells);
    Eigen::VectorXd residual(cells);
    for (double& v : scale) v = random.uniform(0.1, 2.0);
    for (double& v : residual) v = random.normal();
    NormalEquations sums = no_sums(parameters);
    slopes.into(sums, scale, residual);
    const Eigen::MatrixXd scaled = scale.asDiagonal() * dense;
    const Eigen::MatrixXd normal = (scaled.transpose() * scaled).triangularView<Eigen::Lower>();
    EXPECT_LT((sums.normal - normal).norm(), 1e-12 * normal.norm());
    EXPECT_LT((sums.gradient - scaled.transpose() * residual).norm(), 1e-12 * residual.norm() * 30);
  }
}

}  // namespace
}  // namespace matfit
