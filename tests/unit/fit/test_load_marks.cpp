#include "stages/fit/load_marks.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

// A mat of 28 mm cells, 1.12 m long and 0.84 m wide, with soft blobs of load.
struct Blob {
  Eigen::Vector2d at;
  double sigma_m = 0.05;
  double load = 1.0;
};

ContactMap map_with(const std::vector<Blob>& blobs) {
  ContactMap map;
  map.row_pitch_m = map.col_pitch_m = 0.028;
  map.load = Eigen::ArrayXXd::Zero(40, 30);
  map.length_m = 40 * 0.028;
  map.width_m = 30 * 0.028;
  for (Eigen::Index r = 0; r < 40; ++r) {
    for (Eigen::Index c = 0; c < 30; ++c) {
      for (const Blob& blob : blobs) {
        const double d2 = (map.centre(r, c) - blob.at).squaredNorm();
        map.load(r, c) += blob.load * std::exp(-0.5 * d2 / (blob.sigma_m * blob.sigma_m));
      }
    }
  }
  map.seen = map.load.unaryExpr(map.compression);
  map.trust = Eigen::ArrayXXd::Ones(40, 30);
  return map;
}

double distance_m(const std::optional<FoundMark>& found, const Eigen::Vector2d& truth) {
  return found ? (found->at - truth).norm() : INFINITY;
}

constexpr double far_search_m = 1.0;

TEST(LoadPeak, is_found_within_a_fraction_of_a_cell_wherever_it_lies_between_cells) {
  for (const double dx : {0.0, 0.007, 0.014, 0.021}) {
    for (const double dy : {0.0, 0.009, 0.019}) {
      const Eigen::Vector2d truth(0.40 + dx, 0.50 + dy);
      const ContactMap map = map_with({{truth}});
      const auto found = load_peak(map, truth + Eigen::Vector2d(0.03, -0.04), 0.04, far_search_m);
      EXPECT_LT(distance_m(found, truth), 0.001) << dx << " " << dy;
    }
  }
}

TEST(LoadPeak, is_the_one_near_the_start_and_not_the_highest) {
  const Eigen::Vector2d low(0.3, 0.4);
  const ContactMap map = map_with({{low, 0.04, 0.5}, {{0.55, 0.4}, 0.04, 3.0}});
  EXPECT_LT(distance_m(load_peak(map, {0.32, 0.42}, 0.03, far_search_m), low), 0.005);
}

TEST(LoadPeak, is_held_back_by_a_narrow_search) {
  const Eigen::Vector2d truth(0.40, 0.50);
  const ContactMap map = map_with({{truth}});
  const Eigen::Vector2d start(0.40, 0.45);
  const double held = distance_m(load_peak(map, start, 0.04, 0.02), truth);
  EXPECT_GT(held, 0.02);
  EXPECT_LT(held, 0.05);
}

// A faint limb beside a part draws the centre of its load, and its peak hardly.
TEST(LoadPeak, is_hardly_drawn_by_the_load_beside_it) {
  const Eigen::Vector2d truth(0.40, 0.50);
  const ContactMap map = map_with({{truth}, {{0.52, 0.50}, 0.05, 0.3}});
  EXPECT_LT(distance_m(load_peak(map, truth, 0.04, far_search_m), truth), 0.012);
}

TEST(LoadPeak, is_none_on_an_empty_mat_nor_at_its_edge) {
  EXPECT_FALSE(load_peak(map_with({}), {0.4, 0.5}, 0.04, far_search_m));
  EXPECT_FALSE(load_peak(map_with({{{0.4, 0.0}}}), {0.4, 0.03}, 0.04, far_search_m));
}

TEST(LoadPeak, does_not_rest_on_repaired_cells) {
  const Eigen::Vector2d truth(0.40, 0.50);
  ContactMap map = map_with({{truth}, {{0.45, 0.50}, 0.015, 2.0}});
  const double misled = distance_m(load_peak(map, truth, 0.04, far_search_m), truth);
  for (Eigen::Index r = 0; r < map.load.rows(); ++r) {
    for (Eigen::Index c = 0; c < map.load.cols(); ++c) {
      if ((map.centre(r, c) - Eigen::Vector2d(0.45, 0.50)).norm() < 0.03) map.trust(r, c) = 0.25;
    }
  }
  EXPECT_LT(distance_m(load_peak(map, truth, 0.04, far_search_m), truth), 0.8 * misled);
}

// A Gaussian blob of sd s, squared and blurred by k, is a Gaussian of variance s^2 / 2 + k^2.
TEST(LoadPeak, is_as_wide_as_its_blob_and_the_blur_make_it) {
  const Eigen::Vector2d truth(0.40, 0.50);
  for (const double sigma_m : {0.03, 0.05, 0.08}) {
    const auto found = load_peak(map_with({{truth, sigma_m}}), truth, 0.04, far_search_m);
    ASSERT_TRUE(found);
    const double width_m = std::sqrt(0.5 * sigma_m * sigma_m + 0.04 * 0.04);
    EXPECT_NEAR(found->width_m[0], width_m, 0.05 * width_m) << sigma_m;
    EXPECT_NEAR(found->width_m[1], width_m, 0.05 * width_m) << sigma_m;
  }
}

TEST(LoadPeak, is_wide_along_a_ridge_and_narrow_across_it) {
  const Eigen::Vector2d along(std::sin(0.6), std::cos(0.6));
  const Eigen::Vector2d middle(0.42, 0.56);
  const ContactMap map =
      map_with({{middle - 0.09 * along}, {middle, 0.05, 1.2}, {middle + 0.09 * along}});
  const auto found = load_peak(map, middle, 0.04, far_search_m);
  ASSERT_TRUE(found);
  const int wide = found->width_m[0] > found->width_m[1] ? 0 : 1;
  EXPECT_GT(found->width_m[wide], 1.5 * found->width_m[1 - wide]);
  EXPECT_GT(std::abs(found->axes.col(wide).dot(along)), 0.98);
}

LoadStrip strip_at(const Eigen::Vector2d& middle, const Eigen::Vector2d& along) {
  return {middle, along.normalized(), 0.14, 0.08};
}

TEST(LoadExtreme, finds_the_waist_between_two_parts_on_a_body_that_lies_askew) {
  for (const double angle : {-0.4, 0.0, 0.3}) {
    const Eigen::Vector2d along(std::sin(angle), std::cos(angle));
    const Eigen::Vector2d waist(0.42, 0.56);
    const ContactMap map =
        map_with({{waist - 0.15 * along, 0.06, 1.0}, {waist + 0.15 * along, 0.06, 1.0}});
    const auto found =
        load_extreme(map, strip_at(waist + 0.03 * along, along), 0.035, LoadExtreme::least);
    EXPECT_LT(distance_m(found, waist), 0.006) << angle;
  }
}

TEST(LoadExtreme, finds_the_seat_and_the_middle_of_its_load) {
  const Eigen::Vector2d seat(0.42, 0.56);
  const ContactMap map =
      map_with({{seat + Eigen::Vector2d(0.05, 0.0)}, {seat - Eigen::Vector2d(0.05, 0.0)}});
  const auto found = load_extreme(map, strip_at(seat + Eigen::Vector2d(0.02, 0.04), {0.0, 1.0}),
                                  0.05, LoadExtreme::most);
  EXPECT_LT(distance_m(found, seat), 0.006);
}

TEST(LoadExtreme, is_as_wide_as_its_blob_and_the_blurs_make_it) {
  const Eigen::Vector2d seat(0.42, 0.56);
  const auto found =
      load_extreme(map_with({{seat}}), strip_at(seat, {0.0, 1.0}), 0.05, LoadExtreme::most);
  ASSERT_TRUE(found);
  EXPECT_NEAR(std::abs(found->axes.col(0).y()), 1.0, 1e-12);
  const double along_m = std::sqrt(0.5 * (0.05 * 0.05 + 0.05 * 0.05));
  const double across_m = std::sqrt(0.5 * (0.05 * 0.05 + 0.08 * 0.08));
  EXPECT_NEAR(found->width_m[0], along_m, 0.1 * along_m);
  EXPECT_NEAR(found->width_m[1], across_m, 0.1 * across_m);
}

TEST(LoadExtreme, is_wide_where_the_waist_is_hardly_narrower_than_the_trunk) {
  const Eigen::Vector2d waist(0.42, 0.56);
  const auto width_m = [&](double apart_m) {
    const Eigen::Vector2d away(0.0, apart_m);
    const auto found = load_extreme(map_with({{waist - away, 0.06}, {waist + away, 0.06}}),
                                    strip_at(waist, {0.0, 1.0}), 0.035, LoadExtreme::least);
    return found ? found->width_m[0] : INFINITY;
  };
  EXPECT_GT(width_m(0.11), 1.5 * width_m(0.15));
  EXPECT_LT(width_m(0.11), widest_mark_m);
}

// The wedge's load is a third of the trunk's, and all of it lies on one side.
TEST(LoadExtreme, leaves_a_wedge_beside_the_trunk_out_of_its_middle) {
  const Eigen::Vector2d waist(0.42, 0.56);
  std::vector<Blob> blobs = {{waist - Eigen::Vector2d(0.0, 0.15), 0.06, 1.0},
                             {waist + Eigen::Vector2d(0.0, 0.15), 0.06, 1.0}};
  for (const double aside_m : {0.20, 0.28}) {
    for (const double along_m : {-0.16, -0.08, 0.0, 0.08, 0.16}) {
      blobs.push_back({waist + Eigen::Vector2d(aside_m, along_m), 0.05, 0.15});
    }
  }
  const auto found =
      load_extreme(map_with(blobs), strip_at(waist, {0.0, 1.0}), 0.035, LoadExtreme::least);
  ASSERT_TRUE(found);
  EXPECT_LT(std::abs(found->at.x() - waist.x()), 0.015);
}

TEST(LoadExtreme, is_none_where_the_load_only_rises_or_is_not_there) {
  const ContactMap slope = map_with({{{0.42, 0.9}, 0.2, 1.0}});
  for (const LoadExtreme extreme : {LoadExtreme::least, LoadExtreme::most}) {
    EXPECT_FALSE(load_extreme(slope, strip_at({0.42, 0.56}, {0.0, 1.0}), 0.035, extreme));
    EXPECT_FALSE(load_extreme(map_with({}), strip_at({0.42, 0.56}, {0.0, 1.0}), 0.035, extreme));
  }
}

}  // namespace
}  // namespace matfit
