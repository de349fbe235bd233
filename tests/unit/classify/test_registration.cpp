#include "made_up_maps.hpp"
#include "stages/classify/body_registration.hpp"
#include "stages/classify/gradient_features.hpp"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>

namespace matfit {
namespace {

using test::lying_body;
using test::usual_mat;

double relative_difference(const cv::Mat1f& a, const cv::Mat1f& b) {
  return cv::norm(a, b, cv::NORM_L1) / cv::norm(a, cv::NORM_L1);
}

TEST(Registration, PutsTheBodysLoadInTheMiddleColumns) {
  const RegisteredBody body = register_body(lying_body(usual_mat, 0.30), usual_mat);
  double sum = 0.0;
  double moment = 0.0;
  for (int r = 0; r < registered_rows; ++r) {
    for (int c = 0; c < registered_cols; ++c) {
      sum += body.image(r, c);
      moment += body.image(r, c) * c;
    }
  }
  EXPECT_NEAR(moment / sum, 0.5 * (registered_cols - 1), 0.3);
  EXPECT_NEAR(body.centre_x_m, 0.30, 0.02);
}

TEST(Registration, ShiftingTheBodyByWholeCellsShiftsItsCentreAndLeavesTheImage) {
  const RegisteredBody here = register_body(lying_body(usual_mat, 0.35), usual_mat);
  const double four_cells_m = 4 * usual_mat.col_pitch_m;
  const RegisteredBody there = register_body(lying_body(usual_mat, 0.35 + four_cells_m), usual_mat);
  EXPECT_NEAR(there.centre_x_m - here.centre_x_m, four_cells_m, 0.01);
  EXPECT_LT(relative_difference(here.image, there.image), 0.08);
}

TEST(Registration, DoesNotDependOnTheUnitOfPressure) {
  const Eigen::ArrayXXd map = lying_body(usual_mat, 0.4);
  const RegisteredBody pascal = register_body(map, usual_mat);
  const RegisteredBody mmhg = register_body(map / 133.322, usual_mat);
  EXPECT_LT(relative_difference(pascal.image, mmhg.image), 1e-5);
}

TEST(Registration, ShowsTheSameBodyAlikeOnACoarseAndAFineMat) {
  const MatGeometry coarse = {40, 26, 1.81 / 40, 0.81 / 26};
  const MatGeometry fine = {192, 84, 1.81 / 192, 0.81 / 84};
  const RegisteredBody a = register_body(lying_body(coarse, 0.4), coarse);
  const RegisteredBody b = register_body(lying_body(fine, 0.4), fine);
  EXPECT_LT(relative_difference(b.image, a.image), 0.20);
}

TEST(Registration, TurnsABodyThatLiesAskewUpright) {
  const Eigen::ArrayXXd straight = lying_body(usual_mat, 0.4);
  Eigen::ArrayXXd askew = Eigen::ArrayXXd::Zero(usual_mat.rows, usual_mat.cols);
  for (int r = 0; r < usual_mat.rows; ++r) {  // sheared by one column in six rows
    const int shift = (r - 32) / 6;
    for (int c = 0; c < usual_mat.cols; ++c) {
      const int from = c - shift;
      if (from >= 0 && from < usual_mat.cols) askew(r, c) = straight(r, from);
    }
  }
  const RegisteredBody body = register_body(askew, usual_mat);
  const double expected = std::atan(usual_mat.col_pitch_m / (6.0 * usual_mat.row_pitch_m));
  EXPECT_NEAR(body.tilt_rad, expected, 0.03);
}

TEST(Registration, GivesAnEmptyImageForAnEmptyMat) {
  const Eigen::ArrayXXd nothing = Eigen::ArrayXXd::Zero(usual_mat.rows, usual_mat.cols);
  EXPECT_EQ(cv::countNonZero(register_body(nothing, usual_mat).image), 0);
}

TEST(GradientFeatures, AreAsManyAsStatedAndFiniteForAnEmptyImage) {
  const cv::Mat1f image = cv::Mat1f::zeros(registered_rows, registered_cols);
  const Eigen::VectorXf features = gradient_features(image);
  EXPECT_EQ(features.size(), gradient_feature_count(registered_rows, registered_cols));
  EXPECT_EQ(features.cwiseAbs().maxCoeff(), 0.0F);
}

TEST(GradientFeatures, TellARisingFromAFallingEdge) {
  cv::Mat1f rising(registered_rows, registered_cols);
  for (int r = 0; r < registered_rows; ++r) {
    for (int c = 0; c < registered_cols; ++c) rising(r, c) = static_cast<float>(c) / 32.0F;
  }
  cv::Mat1f falling;
  cv::flip(rising, falling, 1);
  const Eigen::VectorXf difference = gradient_features(rising) - gradient_features(falling);
  EXPECT_GT(difference.norm(), 1.0F);
}

}  // namespace
}  // namespace matfit
