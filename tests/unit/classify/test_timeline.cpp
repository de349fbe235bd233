#include "made_up_maps.hpp"
#include "numeric/random.hpp"
#include "stages/classify/bouts.hpp"
#include "stages/classify/head_end.hpp"
#include "stages/classify/movement.hpp"
#include "stages/classify/stillness.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

using test::lying_body;
using test::series_of;
using test::usual_mat;

std::vector<StillStretch> stretches_of(const PressureSeries& series,
                                       const StillnessOptions& options = {}) {
  std::vector<StillStretch> out;
  for_each_still_stretch(series, options,
                         [&](const StillStretch& s, const Eigen::ArrayXXd&) { out.push_back(s); });
  return out;
}

std::vector<Eigen::ArrayXXd> noisy(const Eigen::ArrayXXd& map, int count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Eigen::ArrayXXd> out;
  for (int i = 0; i < count; ++i) {
    Eigen::ArrayXXd m = map;
    for (Eigen::Index k = 0; k < m.size(); ++k)
      m(k) = std::max(0.0, m(k) + random.normal(0.0, 5.0));
    out.push_back(m);
  }
  return out;
}

void append(std::vector<Eigen::ArrayXXd>& all, const std::vector<Eigen::ArrayXXd>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

TEST(Stillness, NoiseAloneMakesOneStretch) {
  const auto stretches =
      stretches_of(series_of(noisy(lying_body(usual_mat, 0.4), 50, 1), usual_mat));
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_EQ(stretches[0].valid_frames, 50U);
  EXPECT_DOUBLE_EQ(stretches[0].duration_s, 50.0);
}

TEST(Stillness, CutsWhereTheBodyMovesAndMeasuresHowFarItWent) {
  auto maps = noisy(lying_body(usual_mat, 0.3), 20, 1);
  append(maps, noisy(lying_body(usual_mat, 0.5), 20, 2));
  const auto stretches = stretches_of(series_of(maps, usual_mat));
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_EQ(stretches[1].first_frame, 20U);
  EXPECT_TRUE(stretches[1].after_movement);
  ASSERT_TRUE(stretches[1].change_from_settled.has_value());
  EXPECT_GT(*stretches[1].change_from_settled, 0.8);
}

TEST(Stillness, ATwitchThatComesBackIsNoNewPlace) {
  auto maps = noisy(lying_body(usual_mat, 0.4), 20, 1);
  append(maps, noisy(lying_body(usual_mat, 0.5), 1, 2));
  append(maps, noisy(lying_body(usual_mat, 0.4), 20, 3));
  const auto stretches = stretches_of(series_of(maps, usual_mat));
  ASSERT_EQ(stretches.size(), 3U);
  EXPECT_FALSE(stretches[1].change_from_settled.has_value());
  EXPECT_LT(stretches[2].change_from_settled.value(), 0.1);
}

TEST(Stillness, ANoisyMatHasANoisyRest) {
  Random random(7);
  std::vector<Eigen::ArrayXXd> maps;
  for (int i = 0; i < 80; ++i) {
    Eigen::ArrayXXd m = lying_body(usual_mat, 0.4);
    for (Eigen::Index k = 0; k < m.size(); ++k) m(k) *= 1.0 + random.uniform(-0.15, 0.15);
    maps.push_back(m);
  }
  EXPECT_LE(stretches_of(series_of(maps, usual_mat)).size(), 2U);
}

TEST(Stillness, SkipsFramesThatAreNotValid) {
  auto maps = noisy(lying_body(usual_mat, 0.4), 10, 1);
  PressureSeries series = series_of(maps, usual_mat);
  series.valid[0] = series.valid[4] = 0;
  const auto stretches = stretches_of(series);
  ASSERT_EQ(stretches.size(), 1U);
  EXPECT_EQ(stretches[0].first_frame, 1U);
  EXPECT_EQ(stretches[0].valid_frames, 8U);
}

TEST(Stillness, AStretchEndsAtAGapOfTheTimestamps) {
  PressureSeries series = series_of(noisy(lying_body(usual_mat, 0.4), 15, 1), usual_mat);
  for (std::size_t i = 7; i < 15; ++i) series.time_s[i] += 18000.0;
  series.valid[7] = 0;
  const auto stretches = stretches_of(series);
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_DOUBLE_EQ(stretches[0].duration_s, 7.0);
  EXPECT_FALSE(stretches[0].after_gap);
  EXPECT_EQ(stretches[1].first_frame, 8U);
  EXPECT_TRUE(stretches[1].after_gap);
  EXPECT_FALSE(stretches[1].after_movement);
}

TEST(Stillness, DoesNotDependOnHowManyFramesAreReadAtATime) {
  // 200 frames cross three blocks; the movement stands at a block's edge.
  auto maps = noisy(lying_body(usual_mat, 0.3), 128, 1);
  append(maps, noisy(lying_body(usual_mat, 0.5), 72, 2));
  StillnessOptions uncut;
  uncut.longest_stretch_s = 1e9;
  const auto stretches = stretches_of(series_of(maps, usual_mat), uncut);
  ASSERT_EQ(stretches.size(), 2U);
  EXPECT_EQ(stretches[0].valid_frames, 128U);
  EXPECT_EQ(stretches[1].first_frame, 128U);
}

// As if recorded at `rate_hz` instead of one frame a second.
PressureSeries at_rate(PressureSeries series, double rate_hz) {
  for (double& t : series.time_s) t /= rate_hz;
  return series;
}

// Lies for 30 s, turns over for four, lies again.
PressureSeries turning_over(double rate_hz) {
  const Eigen::ArrayXXd from = lying_body(usual_mat, 0.3);
  const Eigen::ArrayXXd to = lying_body(usual_mat, 0.5);
  std::vector<Eigen::ArrayXXd> maps;
  Random random(5);
  for (double t = 0.0; t < 64.0; t += 1.0 / rate_hz) {
    const double done = std::clamp((t - 30.0) / 4.0, 0.0, 1.0);
    maps.push_back((1.0 - done) * from + done * to);
    for (Eigen::Index k = 0; k < from.size(); ++k) {
      maps.back()(k) = std::max(0.0, maps.back()(k) + random.normal(0.0, 5.0));
    }
  }
  return at_rate(series_of(maps, usual_mat), rate_hz);
}

TEST(Stillness, ASlowTurnShowsAtEverySamplingRate) {
  for (const double rate_hz : {1.0, 2.0, 5.0, 15.0, 40.0}) {
    const PressureSeries series = turning_over(rate_hz);
    const auto stretches = stretches_of(series);
    ASSERT_GE(stretches.size(), 2U) << rate_hz;
    EXPECT_NEAR(series.time_s[stretches[1].first_frame], 30.0, 1.01) << rate_hz;
    EXPECT_NEAR(series.time_s[stretches.back().first_frame], 34.0, 1.51) << rate_hz;
    EXPECT_TRUE(stretches.back().settled) << rate_hz;
    EXPECT_GT(stretches.back().change_from_settled.value(), 0.8) << rate_hz;
  }
}

TEST(Stillness, BreathingIsNoMovement) {
  for (const double depth : {0.02, 0.05, 0.10}) {
    for (const double rate_hz : {1.0, 4.0, 15.0}) {
      std::vector<Eigen::ArrayXXd> maps;
      for (double t = 0.0; t < 120.0; t += 1.0 / rate_hz) {
        Eigen::ArrayXXd map = lying_body(usual_mat, 0.4);
        const double breath = depth * std::sin(2.0 * 3.14159265358979 * 0.27 * t);
        map.middleRows(12, 12) *= 1.0 + breath;
        map.middleRows(24, 12) *= 1.0 - breath;
        maps.push_back(map);
      }
      for (const StillStretch& s : stretches_of(at_rate(series_of(maps, usual_mat), rate_hz))) {
        EXPECT_FALSE(s.after_movement) << depth << " at " << rate_hz << " Hz";
      }
    }
  }
}

TEST(Stillness, NoiseOnAnEmptyMatIsNoMovement) {
  auto maps = noisy(lying_body(usual_mat, 0.4), 60, 1);
  append(maps, noisy(Eigen::ArrayXXd::Zero(usual_mat.rows, usual_mat.cols), 60, 2));
  const auto stretches = stretches_of(series_of(maps, usual_mat));
  for (const StillStretch& s : stretches) {
    EXPECT_TRUE(!s.after_movement || s.first_frame <= 61U) << s.first_frame;
  }
}

ReadStretch stretch(std::size_t first, std::size_t last, Posture posture, double probability) {
  ReadStretch s;
  s.still.first_frame = first;
  s.still.last_frame = last;
  s.still.valid_frames = last - first;
  s.still.duration_s = static_cast<double>(last - first);
  s.still.settled = s.still.duration_s >= StillnessOptions().settled_s;
  s.probabilities.fill((1.0 - probability) / (posture_count - 1));
  s.probabilities[static_cast<std::size_t>(posture)] = probability;
  return s;
}

std::vector<double> seconds(std::size_t count) {
  std::vector<double> t(count);
  for (std::size_t i = 0; i < count; ++i) t[i] = static_cast<double>(i);
  return t;
}

TEST(Bouts, AShortDoubtDoesNotBreakABout) {
  const auto bouts =
      bouts_of({stretch(0, 30, Posture::supine, 0.95), stretch(30, 32, Posture::left, 0.80),
                stretch(32, 60, Posture::supine, 0.95)},
               seconds(60), {});
  ASSERT_EQ(bouts.size(), 1U);
  EXPECT_EQ(bouts[0].posture, Posture::supine);
  EXPECT_EQ(bouts[0].last_frame, 60U);
  EXPECT_NEAR(bouts[0].confidence, (58 * 0.95 + 2 * 0.2 / 6) / 60.0, 1e-9);
}

TEST(Bouts, AChangeThatLastsMakesTwoBoutsWithoutAGap) {
  const auto bouts =
      bouts_of({stretch(2, 30, Posture::supine, 0.95), stretch(30, 60, Posture::left, 0.95)},
               seconds(60), {});
  ASSERT_EQ(bouts.size(), 2U);
  EXPECT_EQ(bouts[0].first_frame, 0U);  // the invalid frames at the start belong to it
  EXPECT_EQ(bouts[0].last_frame, 30U);
  EXPECT_EQ(bouts[1].first_frame, 30U);
  EXPECT_DOUBLE_EQ(bouts[1].end_s, 60.0);
  EXPECT_EQ(movement_of(bouts, {}).shifts, 1);
}

TEST(Bouts, AShiftWithinOnePostureBeginsANewBout) {
  std::vector<ReadStretch> stretches = {stretch(0, 30, Posture::supine, 0.95),
                                        stretch(30, 32, Posture::supine, 0.95),
                                        stretch(32, 60, Posture::supine, 0.95)};
  stretches[1].still.after_movement = stretches[2].still.after_movement = true;
  stretches[2].still.change_from_settled = 0.3;
  EXPECT_EQ(bouts_of(stretches, seconds(60), {}).size(), 1U);
  stretches[2].still.change_from_settled = 0.9;
  const auto bouts = bouts_of(stretches, seconds(60), {});
  ASSERT_EQ(bouts.size(), 2U);
  EXPECT_EQ(bouts[1].first_frame, 30U);  // where the movement began
}

TEST(Bouts, ATurnLiesAtTheBeginningOfTheBoutThatItLeadsTo) {
  std::vector<ReadStretch> stretches = {
      stretch(0, 30, Posture::supine, 0.95), stretch(30, 31, Posture::supine, 0.9),
      stretch(31, 32, Posture::prone, 0.99), stretch(32, 33, Posture::supine, 0.9),
      stretch(33, 60, Posture::left, 0.95)};
  for (std::size_t i = 1; i < stretches.size(); ++i) stretches[i].still.after_movement = true;
  stretches[4].still.change_from_settled = 1.0;
  const auto bouts = bouts_of(stretches, seconds(60), {});
  ASSERT_EQ(bouts.size(), 2U);
  EXPECT_EQ(bouts[1].first_frame, 30U);
  EXPECT_EQ(bouts[1].posture, Posture::left);
}

TEST(Bouts, WhoLiesWhereTheyLayHasNotTurned) {
  std::vector<ReadStretch> stretches = {stretch(0, 60, Posture::supine, 0.95),
                                        stretch(60, 64, Posture::left, 0.90),
                                        stretch(64, 120, Posture::supine, 0.95)};
  stretches[1].still.after_movement = stretches[2].still.after_movement = true;
  stretches[1].still.change_from_settled = 0.9;
  stretches[2].still.change_from_settled = 0.9;
  EXPECT_EQ(bouts_of(stretches, seconds(120), {}).size(), 3U);
  stretches[1].still.change_from_settled = 0.1;
  stretches[2].still.change_from_settled = 0.1;
  EXPECT_EQ(bouts_of(stretches, seconds(120), {}).size(), 1U);
}

TEST(Bouts, EndAtAGapOfTheTimestamps) {
  std::vector<double> time_s = seconds(60);
  for (std::size_t i = 30; i < 60; ++i) time_s[i] += 18000.0;
  ReadStretch after = stretch(32, 60, Posture::supine, 0.95);
  after.still.after_gap = true;
  const auto bouts = bouts_of({stretch(0, 28, Posture::supine, 0.95), after}, time_s, {});
  ASSERT_EQ(bouts.size(), 2U);
  EXPECT_EQ(bouts[0].last_frame, 30U);
  EXPECT_DOUBLE_EQ(bouts[0].end_s, 30.0);
  EXPECT_EQ(bouts[1].first_frame, 32U);
  EXPECT_DOUBLE_EQ(bouts[1].start_s, 18032.0);
  EXPECT_DOUBLE_EQ(bouts[1].end_s, 18060.0);
}

TEST(Bouts, NamesNoPostureBelowTheLeastConfidence) {
  ReadStretch s = stretch(0, 1, Posture::left, 0.40);
  const auto bouts = bouts_of({s}, seconds(1), {});
  ASSERT_EQ(bouts.size(), 1U);
  EXPECT_EQ(bouts[0].posture, Posture::unknown);
  EXPECT_EQ(bouts[0].reason, "low_confidence");
}

TEST(Bouts, KeepTheReasonOfAnUnknownContact) {
  ReadStretch s = stretch(0, 9, Posture::unknown, 0.97);
  s.reason = "several_bodies";
  EXPECT_EQ(bouts_of({s}, seconds(9), {}).at(0).reason, "several_bodies");
}

Movement movement_of(const std::vector<PostureBout>& bouts) { return movement_of(bouts, {}); }

PostureBout bout(double start_s, double end_s, Posture posture) {
  PostureBout b;
  b.start_s = start_s;
  b.end_s = end_s;
  b.posture = posture;
  return b;
}

TEST(Movement, GettingUpIsNoShiftAndSharesCountLyingTimeOnly) {
  const Movement m = movement_of({bout(0, 100, Posture::supine), bout(100, 200, Posture::empty),
                                  bout(200, 300, Posture::supine), bout(300, 500, Posture::left)});
  EXPECT_EQ(m.shifts, 1);
  EXPECT_DOUBLE_EQ(m.share_supine, 0.5);
  EXPECT_DOUBLE_EQ(m.share_left, 0.5);
  EXPECT_DOUBLE_EQ(m.longest_still_s, 200.0);
}

TEST(Movement, WhatHappenedInAGapIsNoShiftAndNoTimeLying) {
  const Movement m =
      movement_of({bout(0, 100, Posture::supine), bout(18000, 18100, Posture::left)});
  EXPECT_EQ(m.shifts, 0);
  EXPECT_DOUBLE_EQ(m.share_supine, 0.5);
  EXPECT_DOUBLE_EQ(m.longest_still_s, 100.0);
}

TEST(Movement, UnderAnHourThereIsNoRate) {
  const auto of = [](double middle_s, double end_s) {
    return movement_of({bout(0, middle_s, Posture::supine), bout(middle_s, end_s, Posture::left)});
  };
  EXPECT_FALSE(of(1000, 3599).shifts_per_h.has_value());
  EXPECT_DOUBLE_EQ(of(1000, 7200).shifts_per_h.value(), 0.5);
}

TEST(Movement, LooksThatFollowEachOtherAreOneMovement) {
  // Movements at 30 s (three looks), 40 s (one) and, out of bed, at 70 s.
  std::vector<ReadStretch> stretches = {
      stretch(0, 30, Posture::supine, 0.95),  stretch(30, 31, Posture::supine, 0.95),
      stretch(31, 32, Posture::supine, 0.95), stretch(32, 40, Posture::supine, 0.95),
      stretch(40, 60, Posture::supine, 0.95), stretch(60, 70, Posture::empty, 0.95),
      stretch(70, 90, Posture::empty, 0.95)};
  for (const std::size_t i : {1U, 2U, 3U, 4U, 6U}) {
    stretches[i].still.after_movement = true;
    stretches[i].still.moving_s = 1.0;
  }
  const auto bouts = bouts_of(stretches, seconds(90), {});
  ASSERT_EQ(bouts.size(), 2U);
  const std::vector<BodyMovement> movements = movements_in(bouts, stretches, seconds(90), 1.0);
  ASSERT_EQ(movements.size(), 2U);
  EXPECT_DOUBLE_EQ(movements[0].start_s, 30.0);
  EXPECT_DOUBLE_EQ(movements[0].duration_s, 3.0);
  EXPECT_DOUBLE_EQ(movements[1].start_s, 40.0);
  const Movement m = movement_of(bouts, movements);
  EXPECT_EQ(m.movements, 2);
  EXPECT_FALSE(m.movements_per_h.has_value());
  EXPECT_DOUBLE_EQ(m.restlessness, (3.0 + 1.0) / 60.0);
}

TEST(HeadEnd, OnALongMatIsAtOneOfItsShortSides) {
  EXPECT_EQ(possible_head_ends({64, 32, 0.028, 0.025}, HeadEnd::unknown).size(), 2U);
  EXPECT_EQ(possible_head_ends({32, 64, 0.025, 0.028}, HeadEnd::unknown),
            (std::vector<HeadEnd>{HeadEnd::first_col, HeadEnd::last_col}));
  EXPECT_EQ(possible_head_ends({64, 64, 0.028, 0.028}, HeadEnd::unknown).size(), 4U);
  EXPECT_EQ(possible_head_ends({64, 32, 0.028, 0.025}, HeadEnd::last_row),
            (std::vector<HeadEnd>{HeadEnd::last_row}));
}

TEST(HeadEnd, ConfidenceComesFromTheEvidenceAndNotFromTheNumberOfFrames) {
  const HeadEndChoice brief =
      chosen_head_end({{HeadEnd::first_row, 3.0}, {HeadEnd::last_row, -3.0}}, 3.0);
  const HeadEndChoice night =
      chosen_head_end({{HeadEnd::first_row, 3000.0}, {HeadEnd::last_row, -3000.0}}, 3000.0);
  EXPECT_EQ(brief.head_end, HeadEnd::first_row);
  EXPECT_NEAR(brief.confidence, night.confidence, 1e-12);
  EXPECT_LT(night.confidence, 0.999);
  EXPECT_EQ(chosen_head_end({{HeadEnd::first_row, 0.0}}, 0.0).head_end, HeadEnd::unknown);
}

}  // namespace
}  // namespace matfit
