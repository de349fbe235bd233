#include "made_up_maps.hpp"
#include "numeric/random.hpp"
#include "stages/classify/bouts.hpp"
#include "stages/classify/movement.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

namespace matfit {
namespace {

using test::lying_body;

struct Mat {
  std::string name;
  MatGeometry geometry;
};

const std::vector<Mat> mats = {{"30 x 11", {30, 11, 0.067, 0.080}},
                               {"40 x 26", {40, 26, 0.050, 0.034}},
                               {"64 x 32", {64, 32, 0.0313, 0.0281}},
                               {"192 x 84", {192, 84, 0.0104, 0.0107}}};

// A soft mattress spreads the load over more of the mat.
enum class Support { firm, soft };

Eigen::ArrayXXd body_on(const MatGeometry& mat, Support support) {
  const Eigen::ArrayXXd firm = lying_body(mat, 0.45);
  if (support == Support::firm) return firm;
  Eigen::ArrayXXd soft = 0.4 * firm;
  for (const double by_m : {-0.06, -0.03, 0.03, 0.06}) soft += 0.15 * lying_body(mat, 0.45 + by_m);
  return soft;
}

// The breath lifts the chest and presses the pelvis, then the other way round.
Eigen::ArrayXXd breathing(Eigen::ArrayXXd map, double depth, double time_s) {
  const double breath = depth * std::sin(2.0 * pi * 0.27 * time_s);
  const Eigen::Index part = map.rows() / 5;
  map.middleRows(part, part) *= 1.0 + breath;
  map.middleRows(2 * part, part) *= 1.0 - breath;
  return map;
}

PressureSeries recorded(const MatGeometry& mat, double rate_hz, double length_s,
                        const std::function<Eigen::ArrayXXd(double time_s)>& map_at) {
  constexpr std::size_t noises = 23;  // drawn once and then over again, which saves most time
  Random random(11);
  std::vector<Eigen::ArrayXXd> noise(noises, Eigen::ArrayXXd(mat.rows, mat.cols));
  for (Eigen::ArrayXXd& map : noise) {
    for (double& p : map.reshaped()) p = random.normal(0.0, 20.0);
  }
  std::vector<Eigen::ArrayXXd> maps;
  for (double t = 0.0; t < length_s; t += 1.0 / rate_hz) {
    maps.push_back((map_at(t) + noise[maps.size() % noises]).max(0.0));
  }
  PressureSeries series = test::series_of(maps, mat);
  for (double& t : series.time_s) t /= rate_hz;
  return series;
}

struct Told {
  std::vector<BodyMovement> movements;
  std::size_t bouts = 0;
};

// As if the model were sure that the body lies on its back.
Told told_of(const PressureSeries& series) {
  std::vector<ReadStretch> stretches;
  for_each_still_stretch(series, {}, [&](const StillStretch& still, const Eigen::ArrayXXd&) {
    ReadStretch stretch;
    stretch.still = still;
    stretch.probabilities.fill(0.01);
    stretch.probabilities[static_cast<std::size_t>(Posture::supine)] = 0.94;
    stretches.push_back(stretch);
  });
  const BoutOptions options;
  const auto bouts = bouts_of(stretches, series.time_s, options);
  return {movements_in(bouts, stretches, series.time_s, options.longest_pause_s), bouts.size()};
}

TEST(RestAndMovement, BreathingIsNoMovementShallowOrDeepOnFirmAndSoftMattressesAndEveryGrid) {
  constexpr double usual_depth = 0.03;
  for (const Mat& mat : mats) {
    for (const Support support : {Support::firm, Support::soft}) {
      for (const double times : {0.5, 1.0, 2.0, 3.0}) {
        const Eigen::ArrayXXd body = body_on(mat.geometry, support);
        const Told told = told_of(recorded(mat.geometry, 2.0, 60.0, [&](double t) {
          return breathing(body, times * usual_depth, t);
        }));
        EXPECT_TRUE(told.movements.empty())
            << mat.name << (support == Support::soft ? " soft " : " firm ") << times;
        EXPECT_EQ(told.bouts, 1U);
      }
    }
  }
}

TEST(RestAndMovement, ASoftMattressThatGivesWayForMinutesIsNoMovement) {
  for (const Mat& mat : mats) {
    const Eigen::ArrayXXd before = body_on(mat.geometry, Support::firm);
    const Eigen::ArrayXXd after = 1.2 * body_on(mat.geometry, Support::soft);
    const Told told = told_of(recorded(mat.geometry, 1.0, 480.0, [&](double t) {
      const double given_way = 1.0 - std::exp(-t / 180.0);
      return breathing((1.0 - given_way) * before + given_way * after, 0.03, t);
    }));
    EXPECT_TRUE(told.movements.empty()) << mat.name;
    EXPECT_EQ(told.bouts, 1U) << mat.name;
  }
}

TEST(RestAndMovement, AnArmThatGoesElsewhereIsOneMovementAndNoShiftOnEveryGrid) {
  constexpr double begins_s = 60.0;
  constexpr double lasts_s = 1.5;
  for (const Mat& mat : mats) {
    for (const double rate_hz : {1.0, 4.0, 10.0}) {
      const Eigen::ArrayXXd body = body_on(mat.geometry, Support::firm);
      const auto with_arm_at = [&](double y_m) {
        Eigen::ArrayXXd map = body;
        test::add_patch(map, mat.geometry, 0.16, y_m, 0.05, 0.12, 1.0);
        const double arm_share = 0.05;
        return Eigen::ArrayXXd(body + arm_share / (1.0 - arm_share) * body.sum() * (map - body) /
                                          (map - body).sum());
      };
      const Eigen::ArrayXXd beside_the_hip = with_arm_at(0.85);
      const Eigen::ArrayXXd beside_the_head = with_arm_at(0.30);
      const Told told = told_of(recorded(mat.geometry, rate_hz, 120.0, [&](double t) {
        const double done = std::clamp((t - begins_s) / lasts_s, 0.0, 1.0);
        return breathing((1.0 - done) * beside_the_hip + done * beside_the_head, 0.02, t);
      }));
      ASSERT_EQ(told.movements.size(), 1U) << mat.name << " at " << rate_hz << " Hz";
      EXPECT_NEAR(told.movements[0].start_s, begins_s, 1.0);
      EXPECT_NEAR(told.movements[0].duration_s, lasts_s + 0.5, 1.01);
      EXPECT_EQ(told.bouts, 1U);
    }
  }
}

TEST(RestAndMovement, ABodyThatLiesElsewhereAlongTheBedHasShiftedOnEveryGrid) {
  for (const Mat& mat : mats) {
    const Eigen::ArrayXXd from = lying_body(mat.geometry, 0.45);
    const Eigen::ArrayXXd to = lying_body(mat.geometry, 0.45, 0.09);
    const Told told = told_of(recorded(mat.geometry, 2.0, 120.0, [&](double t) {
      const double done = std::clamp((t - 60.0) / 2.0, 0.0, 1.0);
      return breathing((1.0 - done) * from + done * to, 0.02, t);
    }));
    EXPECT_EQ(told.bouts, 2U) << mat.name;
    EXPECT_EQ(told.movements.size(), 1U) << mat.name;
  }
}

}  // namespace
}  // namespace matfit
