#include "made_field.hpp"

#include "numeric/random.hpp"
#include "stages/hotspots/find_hotspots.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

using test::made_field;
using test::made_series;
using test::Mound;

constexpr double kpa = 1000.0;

PostureBout bout_of(std::size_t frames, Posture posture = Posture::supine) {
  PostureBout bout;
  bout.last_frame = frames;
  bout.end_s = static_cast<double>(frames);
  bout.posture = posture;
  return bout;
}

std::vector<Hotspot> hotspots_of(const PressureField& field, const BodyFit& body = {},
                                 Posture posture = Posture::supine,
                                 const std::vector<double>& share = {1.0}) {
  return find_hotspots(made_series(field, share), bout_of(share.size(), posture), field, body);
}

TEST(FindHotspots, FindsEachLoadOnceHighestFirst) {
  const auto spots = hotspots_of(made_field({{{0.30, 0.40}, 5 * kpa, 0.04},
                                             {{0.50, 0.42}, 6 * kpa, 0.04},
                                             {{0.40, 0.90}, 8 * kpa, 0.05}}));
  ASSERT_EQ(spots.size(), 3U);
  EXPECT_NEAR(spots[0].position_m.y(), 0.90, 0.002);
  EXPECT_NEAR(spots[1].position_m.x(), 0.50, 0.002);
  EXPECT_NEAR(spots[2].position_m.x(), 0.30, 0.002);
}

TEST(FindHotspots, AnUnloadedMapHasNone) { EXPECT_TRUE(hotspots_of(made_field({})).empty()); }

TEST(FindHotspots, ABumpOnAMuchHigherSlopeIsNoHotspot) {
  const auto spots =
      hotspots_of(made_field({{{0.40, 0.80}, 8 * kpa, 0.08}, {{0.47, 0.80}, 0.5 * kpa, 0.02}}));
  EXPECT_EQ(spots.size(), 1U);
}

TEST(FindHotspots, ARepairedCellIsNotAPeakByItself) {
  PressureField field = made_field({{{0.40, 0.80}, 5 * kpa, 0.05}});
  field.pressure_pa(10, 10) = 20 * kpa;
  field.repaired(10, 10) = true;
  const auto spots = hotspots_of(field);
  ASSERT_EQ(spots.size(), 1U);
  EXPECT_LT(spots[0].peak_pa, 6 * kpa);
}

TEST(FindHotspots, TheStripsOfAnAirMattressAreOneHotspot) {
  PressureField field = made_field({{{0.40, 0.80}, 6 * kpa, 0.07}});
  for (int r = 0; r < 64; r += 3) field.pressure_pa.row(r) *= 0.4;
  EXPECT_EQ(hotspots_of(field).size(), 1U);
}

TEST(FindHotspots, PlacesPeaksBetweenCellsWithAnHonestError) {
  Random random(5);
  double squares = 0.0;
  double worst = 0.0;
  constexpr int trials = 200;
  for (int i = 0; i < trials; ++i) {
    const Eigen::Vector2d at(random.uniform(0.3, 0.5), random.uniform(0.6, 1.0));
    const double sigma = random.uniform(0.03, 0.06);
    const auto spots = hotspots_of(made_field({{at, 6 * kpa, sigma}}, 0.025, 150.0, 100 + i));
    ASSERT_FALSE(spots.empty());
    const double error = (spots[0].position_m - at).norm() / std::sqrt(2.0);
    worst = std::max(worst, error);
    squares += std::pow(error / spots[0].sd_m, 2.0);
  }
  EXPECT_LT(worst, 0.006) << "a quarter of a cell";
  const double ratio = std::sqrt(squares / trials);  // 1: the stated sd is the true one
  EXPECT_GT(ratio, 0.5);
  EXPECT_LT(ratio, 1.6);
}

TEST(FindHotspots, ShiftingByWholeCellsShiftsTheAnswer) {
  const auto a = hotspots_of(made_field({{{0.31, 0.62}, 5 * kpa, 0.04}}));
  const auto b = hotspots_of(made_field({{{0.31 + 0.075, 0.62 + 0.1}, 5 * kpa, 0.04}}));
  ASSERT_EQ(a.size(), 1U);
  ASSERT_EQ(b.size(), 1U);
  EXPECT_NEAR(b[0].position_m.x() - a[0].position_m.x(), 0.075, 1e-6);
  EXPECT_NEAR(b[0].position_m.y() - a[0].position_m.y(), 0.1, 1e-6);
  EXPECT_NEAR(a[0].ppi_pa, b[0].ppi_pa, 1e-6);
  EXPECT_NEAR(a[0].gradient_pa_per_m, b[0].gradient_pa_per_m, 1e-6);
}

TEST(FindHotspots, TheGradientIsThatOfTheFlank) {
  const double sigma = 0.06;
  const auto spots = hotspots_of(made_field({{{0.16, 0.32}, 5 * kpa, sigma}}, 0.01));
  ASSERT_FALSE(spots.empty());
  // A Gaussian's steepest slope: top / sigma * exp(-1/2), at one sigma.
  EXPECT_NEAR(spots[0].gradient_pa_per_m, 5 * kpa / sigma * std::exp(-0.5), 1200.0);
}

// A broad load and beside it a narrow one, higher but lower once smoothed.
PressureField order_reversed_by_smoothing() {
  return made_field({{{0.12, 0.40}, 6 * kpa, 0.07}, {{0.25, 0.40}, 9 * kpa, 0.016}}, 0.0125);
}

TEST(FindHotspots, NoneHasTheFiguresOfItsNeighbour) {
  const auto spots = hotspots_of(order_reversed_by_smoothing());
  ASSERT_EQ(spots.size(), 2U);
  const Hotspot& narrow = spots[0];
  const Hotspot& broad = spots[1];
  EXPECT_NEAR(narrow.position_m.x(), 0.25, 0.01);
  EXPECT_NEAR(broad.position_m.x(), 0.12, 0.01);
  EXPECT_GT(narrow.peak_pa, 8 * kpa);
  EXPECT_NEAR(broad.peak_pa, 6 * kpa, 0.2 * kpa);
  EXPECT_LT(broad.ppi_pa, 6.01 * kpa);
  EXPECT_LT(narrow.ppi_pa, narrow.peak_pa);
  // Steepest slope of a Gaussian: top / sigma * exp(-1/2).
  EXPECT_NEAR(broad.gradient_pa_per_m, 6 * kpa / 0.07 * std::exp(-0.5), 8e3);
  EXPECT_GT(narrow.gradient_pa_per_m, 2.0 * broad.gradient_pa_per_m);
  EXPECT_GT(narrow.dose_pa_s, 1.1 * broad.dose_pa_s);
}

TEST(FindHotspots, AreasDoNotContainTheNeighbour) {
  const auto both = hotspots_of(order_reversed_by_smoothing());
  const auto alone = hotspots_of(made_field({{{0.12, 0.40}, 6 * kpa, 0.07}}, 0.0125));
  ASSERT_EQ(both.size(), 2U);
  ASSERT_EQ(alone.size(), 1U);
  EXPECT_NEAR(both[1].area_m2, alone[0].area_m2, 0.08 * alone[0].area_m2);
}

TEST(FindHotspots, ThePeakIsOneAtThePlaceReported) {
  // A ridge that sags towards one end, where a single cell reads high: far from its top.
  PressureField field = made_field({{{0.10, 0.40}, 6 * kpa, 0.05},
                                    {{0.17, 0.40}, 5 * kpa, 0.05},
                                    {{0.24, 0.40}, 4.5 * kpa, 0.05}},
                                   0.0125);
  field.pressure_pa(32, 22) += 5 * kpa;
  const auto spots = hotspots_of(field);
  ASSERT_EQ(spots.size(), 1U);
  const Eigen::Vector2d place = spots[0].position_m;
  const int row = static_cast<int>(place.y() / 0.0125);
  const int col = static_cast<int>(place.x() / 0.0125);
  EXPECT_NEAR(spots[0].peak_pa, field.pressure_pa.block(row - 1, col - 1, 3, 3).maxCoeff(), 1.0);
}

TEST(FindHotspots, AGapInTheTimestampsIsNoDose) {
  const PressureField field = made_field({{{0.4125, 0.8125}, 8 * kpa, 0.05}});
  PressureSeries series = made_series(field, {1.0, 1.0, 1.0, 1.0, 1.0, 1.0});
  for (std::size_t i = 3; i < 6; ++i) series.time_s[i] += 600.0;
  PostureBout bout = bout_of(6);
  bout.end_s = 606.0;
  const auto spots = find_hotspots(series, bout, field, {});
  ASSERT_EQ(spots.size(), 1U);
  EXPECT_DOUBLE_EQ(spots[0].duration_s, 5.0 + 3.0) << "the frame before the gap counts thrice";
  EXPECT_NEAR(spots[0].dose_pa_s, 8.0 * (spots[0].ppi_pa - HotspotOptions().dose_threshold_pa),
              1.0);
}

TEST(FindHotspots, DoseAndDurationCountWhatLiesAboveTheThreshold) {
  const PressureField field = made_field({{{0.4125, 0.8125}, 8 * kpa, 0.05}});
  const std::vector<double> share = {1.0, 1.0, 0.2, 1.0};
  const HotspotOptions options;
  const auto spots = hotspots_of(field, {}, Posture::supine, share);
  ASSERT_EQ(spots.size(), 1U);
  EXPECT_DOUBLE_EQ(spots[0].duration_s, 3.0);
  EXPECT_NEAR(spots[0].dose_pa_s, 3.0 * (spots[0].ppi_pa - options.dose_threshold_pa), 1.0);
}

TEST(FindHotspots, AnInvalidFrameRepeatsTheLastValidOne) {
  const PressureField field = made_field({{{0.4125, 0.8125}, 8 * kpa, 0.05}});
  PressureSeries series = made_series(field, {1.0, 50.0, 1.0});
  series.valid[1] = 0;
  const auto spots = find_hotspots(series, bout_of(3), field, {});
  ASSERT_EQ(spots.size(), 1U);
  EXPECT_DOUBLE_EQ(spots[0].duration_s, 3.0);
  EXPECT_NEAR(spots[0].dose_pa_s, 3.0 * (spots[0].ppi_pa - HotspotOptions().dose_threshold_pa),
              1.0);
}

// Landmarks of somebody on the back, head at row 0, seen from above: the right side at low x.
BodyFit body_on_the_back() {
  BodyFit body;
  body.status = FitStatus::converged;
  body.axis = {0.0, 1.0};
  const auto put = [&](Landmark l, double x, double y) {
    body.at(l) = LandmarkEstimate{{x, y}, Eigen::Matrix2d::Identity() * 4e-4};
  };
  put(Landmark::head, 0.40, 0.15);
  put(Landmark::right_shoulder, 0.25, 0.40);
  put(Landmark::left_shoulder, 0.55, 0.40);
  put(Landmark::lumbar, 0.40, 0.70);
  put(Landmark::pelvis, 0.40, 0.85);
  put(Landmark::right_hip, 0.30, 0.88);
  put(Landmark::left_hip, 0.50, 0.88);
  put(Landmark::right_heel, 0.33, 1.50);
  put(Landmark::left_heel, 0.47, 1.50);
  return body;
}

std::string site_near(const std::vector<Hotspot>& spots, double x, double y) {
  for (const Hotspot& h : spots) {
    if ((h.position_m - Eigen::Vector2d(x, y)).norm() < 0.02) return h.site;
  }
  return "none";
}

TEST(Sites, AreNamedByTheNearestLandmarkOfTheBody) {
  const PressureField field = made_field({{{0.40, 0.14}, 5 * kpa, 0.03},
                                          {{0.26, 0.42}, 4 * kpa, 0.03},
                                          {{0.54, 0.42}, 4 * kpa, 0.03},
                                          {{0.40, 0.87}, 7 * kpa, 0.04},
                                          {{0.33, 1.52}, 6 * kpa, 0.02},
                                          {{0.47, 1.52}, 6 * kpa, 0.02},
                                          {{0.70, 1.10}, 7 * kpa, 0.03}});
  const auto spots = hotspots_of(field, body_on_the_back());
  ASSERT_EQ(spots.size(), 7U);
  EXPECT_EQ(site_near(spots, 0.40, 0.14), "head");
  EXPECT_EQ(site_near(spots, 0.26, 0.42), "right_shoulder");
  EXPECT_EQ(site_near(spots, 0.54, 0.42), "left_shoulder");
  EXPECT_EQ(site_near(spots, 0.40, 0.87), "sacrum");
  EXPECT_EQ(site_near(spots, 0.33, 1.52), "right_heel");
  EXPECT_EQ(site_near(spots, 0.47, 1.52), "left_heel");
  EXPECT_EQ(site_near(spots, 0.70, 1.10), "unnamed") << "a hand far from every site";
}

TEST(Sites, ALowPeakCountsOnlyWhereASiteIsKnown) {
  const PressureField field = made_field({{{0.40, 0.87}, 8 * kpa, 0.05},
                                          {{0.26, 0.42}, 4 * kpa, 0.03},
                                          {{0.70, 1.10}, 4 * kpa, 0.03}});
  const auto named = hotspots_of(field, body_on_the_back());
  EXPECT_EQ(site_near(named, 0.26, 0.42), "right_shoulder");
  EXPECT_EQ(site_near(named, 0.70, 1.10), "none");
  EXPECT_EQ(hotspots_of(field).size(), 1U) << "without a body no site is known";
}

TEST(Sites, LyingOnTheSideItIsTheShoulderAndHipLainOn) {
  BodyFit body = body_on_the_back();
  for (const Landmark l : {Landmark::left_shoulder, Landmark::right_shoulder}) {
    body.at(l)->position_m = {0.40, 0.40};
  }
  for (const Landmark l : {Landmark::left_hip, Landmark::right_hip}) {
    body.at(l)->position_m = {0.40, 0.88};
  }
  const PressureField field =
      made_field({{{0.40, 0.41}, 6 * kpa, 0.03}, {{0.41, 0.87}, 7 * kpa, 0.04}});
  const auto left = hotspots_of(field, body, Posture::left);
  EXPECT_EQ(site_near(left, 0.40, 0.41), "left_shoulder");
  EXPECT_EQ(site_near(left, 0.41, 0.87), "left_hip");
  const auto right = hotspots_of(field, body, Posture::right);
  EXPECT_EQ(site_near(right, 0.40, 0.41), "right_shoulder");
  EXPECT_EQ(site_near(right, 0.41, 0.87), "right_hip");
}

TEST(Sites, AreNotGuessedWithoutABody) {
  const PressureField field = made_field({{{0.40, 0.87}, 7 * kpa, 0.04}});
  EXPECT_EQ(hotspots_of(field)[0].site, "unnamed");
  EXPECT_EQ(hotspots_of(field, body_on_the_back(), Posture::unknown)[0].site, "unnamed");
}

}  // namespace
}  // namespace matfit
