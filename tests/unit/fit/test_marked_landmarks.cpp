#include "stages/fit/marked_landmarks.hpp"

#include "stages/fit/template_pose.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

// A body of two nodes 0.5 m apart, a landmark at each and one in the middle, and a map with one
// blob of load near the first node.
struct TwoNodes {
  BodyTemplate body;
  Eigen::VectorXd pose;
  Eigen::MatrixXd covariance;
  ContactMap map;
  Eigen::Vector2d blob;
  std::vector<double> definition_sd_m = {0.02, 0.02, 0.02};

  explicit TwoNodes(double blob_away_m) : blob(0.40 + blob_away_m, 0.30) {
    body.nodes = 2;
    TemplatePoint first, second, middle;
    first.weight[0] = second.weight[1] = 1.0;
    middle.weight[0] = middle.weight[1] = 0.5;
    body.trunk_top = first;
    body.trunk_bottom = second;
    for (const TemplatePoint& point : {first, second, middle}) {
      TemplateLandmark landmark;
      landmark.place = point;
      body.landmarks.push_back(landmark);
    }
    body.landmarks[0].mark = LoadMark::peak;
    body.landmarks[0].mark_kernel_m = 0.04;
    // 1e-4 m2 in all: a place known to a cell of 20 mm has a variance of a twelfth of its square.
    body.landmarks[0].mark_sd_m = std::sqrt(1e-4 - 0.02 * 0.02 / 12.0);
    pose = pose_at(body, {{0.40, 0.30}, {0.40, 0.80}});
    covariance = 1e-6 * Eigen::MatrixXd::Identity(pose.size(), pose.size());
    // Both nodes go together: what moves one moves the other.
    for (int i = 0; i < 4; ++i) {
      covariance(i, i) = 4e-4;
      covariance(i, (i + 2) % 4) = 3e-4;
    }
    map.row_pitch_m = map.col_pitch_m = 0.02;
    map.length_m = 1.2;
    map.width_m = 0.8;
    map.load = Eigen::ArrayXXd::Zero(60, 40);
    for (Eigen::Index r = 0; r < 60; ++r) {
      for (Eigen::Index c = 0; c < 40; ++c) {
        map.load(r, c) = std::exp(-0.5 * (map.centre(r, c) - blob).squaredNorm() / 0.0016);
      }
    }
    map.seen = map.load.unaryExpr(map.compression);
    map.trust = Eigen::ArrayXXd::Ones(60, 40);
  }
  MarkedLandmarks drawn() const {
    return drawn_to_marks(map, body, pose, covariance, definition_sd_m);
  }
};

TEST(MarkedLandmarks, go_to_their_mark_and_take_the_others_along) {
  const TwoNodes two(0.03);
  const MarkedLandmarks drawn = two.drawn();
  // Prior variance 4e-4 of the fit and 4e-4 of the definition against 1e-4 of the mark; the search
  // itself holds the peak back by a little.
  EXPECT_NEAR(drawn.place_m[0].x() - 0.40, 0.03 * 8.0 / 9.0, 0.005);
  EXPECT_NEAR(drawn.place_m[0].y(), 0.30, 1e-3);
  const double peak_m = (drawn.place_m[0].x() - 0.40) * 9.0 / 8.0;
  EXPECT_NEAR(drawn.place_m[1].x() - 0.40, peak_m * 3.0 / 9.0, 1e-6);
  EXPECT_NEAR(drawn.place_m[2].x() - 0.40, peak_m * 3.5 / 9.0, 1e-6);
  EXPECT_NEAR(drawn.pose[0] - 0.40, peak_m * 4.0 / 9.0, 1e-6);
  EXPECT_NEAR(drawn.covariance[0](0, 0), 8e-4 - 64e-8 / 9e-4, 1e-9);
  EXPECT_NEAR(drawn.covariance[1](0, 0), 8e-4 - 9e-8 / 9e-4, 1e-9);
}

TEST(MarkedLandmarks, leave_a_mark_to_others_that_is_too_far) {
  const TwoNodes two(0.12);
  const MarkedLandmarks drawn = two.drawn();
  EXPECT_EQ(drawn.pose, two.pose);
  EXPECT_NEAR(drawn.place_m[0].x(), 0.40, 1e-12);
  EXPECT_NEAR(drawn.covariance[0](0, 0), 8e-4, 1e-12);
}

TEST(MarkedLandmarks, stay_where_no_mark_is) {
  TwoNodes two(0.03);
  two.body.landmarks[0].mark = LoadMark::none;
  const MarkedLandmarks drawn = two.drawn();
  EXPECT_EQ(drawn.pose, two.pose);
  EXPECT_NEAR(drawn.place_m[2].y(), 0.55, 1e-12);
}

TEST(MarkedLandmarks, take_only_the_height_from_a_mark_of_height) {
  TwoNodes two(0.03);
  two.blob = {0.43, 0.32};
  for (Eigen::Index r = 0; r < 60; ++r) {
    for (Eigen::Index c = 0; c < 40; ++c) {
      two.map.load(r, c) =
          std::exp(-0.5 * (two.map.centre(r, c) - two.blob).squaredNorm() / 0.0016);
    }
  }
  two.body.landmarks[0].mark = LoadMark::seat_along;
  const MarkedLandmarks drawn = two.drawn();
  EXPECT_NEAR(drawn.place_m[0].x(), 0.40, 1e-9);
  EXPECT_NEAR(drawn.place_m[0].y(), 0.30 + 0.02 * 8.0 / 9.0, 0.003);
}

}  // namespace
}  // namespace matfit
