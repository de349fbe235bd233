#include "made_up_maps.hpp"
#include "stages/classify/displacement.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::lying_body;

// From 30 x 11 cells of 67 x 80 mm to 192 x 84 of 10 mm.
const std::vector<MatGeometry> grids = {{30, 11, 0.067, 0.080},
                                        {40, 26, 0.050, 0.034},
                                        {64, 32, 0.0283, 0.0254},
                                        {192, 84, 0.0102, 0.0104}};

TEST(Displacement, IsHowFarABodyLiesFromWhereItLayOnEveryGrid) {
  for (const MatGeometry& mat : grids) {
    const Eigen::ArrayXXd from = lying_body(mat, 0.45);
    const double step_m = std::max({mat.row_pitch_m, mat.col_pitch_m, 0.02});
    EXPECT_EQ(displacement_m(from, from, mat), 0.0);
    for (const double moved_m : {0.09, 0.13}) {
      EXPECT_NEAR(displacement_m(from, lying_body(mat, 0.45, moved_m), mat), moved_m, 0.6 * step_m)
          << mat.rows;
      EXPECT_NEAR(displacement_m(from, lying_body(mat, 0.45 - moved_m), mat), moved_m, 0.6 * step_m)
          << mat.rows;
    }
  }
}

TEST(Displacement, GoesWithTheBodyHoweverMuchItBears) {
  const MatGeometry& mat = test::usual_mat;
  const Eigen::ArrayXXd from = lying_body(mat, 0.4);
  const Eigen::ArrayXXd to = lying_body(mat, 0.4, 0.085);
  EXPECT_EQ(displacement_m(3.0 * from, 3.0 * to, mat), displacement_m(from, to, mat));
  EXPECT_EQ(displacement_m(to, from, mat), displacement_m(from, to, mat));
}

TEST(Displacement, ALimbThatGoesElsewhereMovesNoBody) {
  for (const MatGeometry& mat : grids) {
    Eigen::ArrayXXd from = lying_body(mat, 0.45);
    Eigen::ArrayXXd to = from;
    test::add_patch(from, mat, 0.15, 0.60, 0.06, 0.15, 2500.0);
    test::add_patch(to, mat, 0.15, 0.30, 0.06, 0.15, 2500.0);
    EXPECT_EQ(displacement_m(from, to, mat), 0.0) << mat.rows;
  }
}

TEST(Displacement, AnotherShapeInTheSamePlaceIsNone) {
  const MatGeometry& mat = test::usual_mat;
  const Eigen::ArrayXXd from = lying_body(mat, 0.4);
  Eigen::ArrayXXd to = from;
  to.bottomRows(24) = 0.0;  // knees drawn up
  EXPECT_EQ(displacement_m(from, to, mat), 0.0);
  EXPECT_EQ(displacement_m(from, Eigen::ArrayXXd::Zero(mat.rows, mat.cols), mat), 0.0);
}

}  // namespace
}  // namespace matfit
