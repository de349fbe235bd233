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

// A blob of sd 0.04 m, squared and blurred by 0.04 m, is 0.0024 m2 wide, of which the mark's error
// is a quarter of the root; a place known to a cell of 20 mm adds a twelfth of its square.
constexpr double mark_variance_m2 = 0.0024 / 16.0 + 0.0004 / 12.0;

TEST(MarkedLandmarks, go_to_their_mark_and_take_the_others_along) {
  const TwoNodes two(0.03);
  const MarkedLandmarks drawn = two.drawn();
  // Prior variance 4e-4 of the fit and 4e-4 of the definition; the search itself holds the peak
  // back by a little.
  const double all_m2 = 8e-4 + mark_variance_m2;
  EXPECT_NEAR(drawn.place_m[0].x() - 0.40, 0.03 * 8e-4 / all_m2, 0.005);
  EXPECT_NEAR(drawn.place_m[0].y(), 0.30, 1e-3);
  const double peak_m = (drawn.place_m[0].x() - 0.40) * all_m2 / 8e-4;
  EXPECT_NEAR(drawn.place_m[1].x() - 0.40, peak_m * 3e-4 / all_m2, 2e-4);
  EXPECT_NEAR(drawn.place_m[2].x() - 0.40, peak_m * 3.5e-4 / all_m2, 2e-4);
  EXPECT_NEAR(drawn.pose[0] - 0.40, peak_m * 4e-4 / all_m2, 2e-4);
  EXPECT_NEAR(drawn.covariance[0](0, 0), 8e-4 - 64e-8 / all_m2, 5e-6);
  EXPECT_NEAR(drawn.covariance[1](0, 0), 8e-4 - 9e-8 / all_m2, 5e-6);
}

TEST(MarkedLandmarks, heed_a_flat_peak_less_than_a_sharp_one) {
  TwoNodes two(0.03);
  const double sharp_m = two.drawn().place_m[0].x() - 0.40;
  for (Eigen::Index r = 0; r < 60; ++r) {
    for (Eigen::Index c = 0; c < 40; ++c) {
      const Eigen::Vector2d from = two.map.centre(r, c) - two.blob;
      two.map.load(r, c) =
          std::exp(-0.5 * (std::pow(from.x() / 0.15, 2) + std::pow(from.y() / 0.04, 2)));
    }
  }
  const MarkedLandmarks flat = two.drawn();
  EXPECT_LT(flat.place_m[0].x() - 0.40, 0.6 * sharp_m);
  EXPECT_GT(flat.place_m[0].x(), 0.40);
  EXPECT_GT(flat.covariance[0](0, 0), 1.5 * flat.covariance[0](1, 1));
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
  EXPECT_GT(drawn.place_m[0].y(), 0.31);
  EXPECT_LT(drawn.place_m[0].y(), 0.32);
}

// Both ends lie 40 mm lower than the fit has them. Of two waists between them, the one at 0.62 m is
// near where the moved ends have it; the other, at 0.48 m, would be taken from the unmoved ones.
TEST(MarkedLandmarks, seek_a_mark_between_others_once_those_have_moved) {
  TwoNodes two(0.0);
  two.body.landmarks[1].mark = LoadMark::peak;
  two.body.landmarks[1].mark_kernel_m = 0.04;
  for (Eigen::Index r = 0; r < 60; ++r) {
    for (Eigen::Index c = 0; c < 40; ++c) {
      const Eigen::Vector2d at = two.map.centre(r, c);
      const auto bump = [&](double y, double sigma_m) {
        return std::exp(-0.5 * std::pow((at.y() - y) / sigma_m, 2));
      };
      const double along = 0.5 + 2.0 * bump(0.34, 0.04) + 2.0 * bump(0.84, 0.04) -
                           0.36 * bump(0.48, 0.02) - 0.33 * bump(0.62, 0.02);
      two.map.load(r, c) = along * std::exp(-0.5 * std::pow((at.x() - 0.40) / 0.06, 2));
    }
  }
  const MarkedLandmarks ends_only = two.drawn();
  EXPECT_LT(ends_only.place_m[2].y(), 0.58);
  two.body.landmarks[2].mark = LoadMark::waist;
  two.body.landmarks[2].mark_kernel_m = 0.02;
  two.body.landmarks[2].mark_sought = PlaceBetween{0, 1, 0.5};
  EXPECT_GT(two.drawn().place_m[2].y(), ends_only.place_m[2].y() + 0.01);
  two.body.landmarks[2].mark_sought.reset();
  EXPECT_LT(two.drawn().place_m[2].y(), ends_only.place_m[2].y());
}

}  // namespace
}  // namespace matfit
