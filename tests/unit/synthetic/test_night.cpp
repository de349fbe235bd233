#include "synthetic/night_frames.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <stdexcept>

namespace matfit {
namespace {

constexpr double background = 7.0;

// Two lies of one block each, on the back and on the side; each frame has a mark of its own.
std::shared_ptr<const NightMaterial> two_lies() {
  auto material = std::make_shared<NightMaterial>();
  material->geometry = {60, 30, 0.032, 0.030};
  material->background = background;
  for (const Posture posture : {Posture::supine, Posture::left}) {
    StillLie lie;
    lie.posture = posture;
    lie.load = FrameBlock::Zero(10, material->geometry.cells());
    for (Eigen::Index f = 0; f < lie.load.rows(); ++f) {
      for (int r = 5; r < 55; ++r) {
        const int first = posture == Posture::supine ? 8 : 14;
        for (int c = first; c < 22; ++c) lie.load(f, r * 30 + c) = 50.0F;
      }
      lie.load(f, 0) = static_cast<float>(f + 1);
    }
    material->lies.push_back(std::move(lie));
  }
  return material;
}

NightPlan night_of(std::uint64_t seed, double rate_hz = 1.0, double hours = 8.0) {
  return random_night(*two_lies(), {hours * 3600.0, rate_hz, seed});
}

TEST(NightPlan, PeriodsFollowEachOtherAndTurnsAreShort) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const NightPlan plan = night_of(seed);
    EXPECT_DOUBLE_EQ(plan.periods.front().start_s, 0.0);
    EXPECT_DOUBLE_EQ(plan.periods.back().end_s, 8.0 * 3600.0);
    int out_of_bed = 0;
    for (std::size_t i = 1; i < plan.periods.size(); ++i) {
      const NightPeriod& before = plan.periods[i - 1];
      const NightPeriod& period = plan.periods[i];
      EXPECT_DOUBLE_EQ(period.start_s, before.end_s);
      EXPECT_GE(period.settled_s - period.start_s, 1.0);
      EXPECT_LE(period.settled_s - period.start_s, 5.0);
      if (period.posture == Posture::empty) ++out_of_bed;
      if (!is_lying(period.posture) || period.posture != before.posture) continue;
      const double moved_m = std::hypot((period.rows_moved - before.rows_moved) * 0.032,
                                        (period.cols_moved - before.cols_moved) * 0.030);
      EXPECT_GT(moved_m, 0.06);
    }
    EXPECT_EQ(out_of_bed, 1);
  }
}

TEST(NightPlan, TheSameSeedGivesTheSameNightAndAnotherSeedAnother) {
  EXPECT_EQ(night_of(3).periods.size(), night_of(3).periods.size());
  EXPECT_DOUBLE_EQ(night_of(3).periods[1].start_s, night_of(3).periods[1].start_s);
  EXPECT_NE(night_of(3).periods[1].start_s, night_of(4).periods[1].start_s);
}

TEST(NightPlan, NeedsTwoPostures) {
  NightMaterial material = *two_lies();
  material.lies[1].posture = Posture::supine;
  EXPECT_THROW(random_night(material, {}), std::invalid_argument);
}

TEST(NightFrames, AreTheSameHoweverManyAreReadAtATime) {
  const NightFrames frames(two_lies(), night_of(2, 2.0, 1.0));
  ASSERT_EQ(frames.size(), 7200U);
  const FrameBlock block = frames.read(1000, 900);
  for (const std::size_t i : {1000U, 1399U, 1899U}) {
    EXPECT_TRUE((frames.read(i, 1).row(0) == block.row(static_cast<Eigen::Index>(i - 1000))).all());
  }
}

TEST(NightFrames, GoForthAndBackThroughALieAndNoneStandsBesideItself) {
  auto material = std::make_shared<NightMaterial>(*two_lies());
  NightPlan plan = night_of(1, 1.0, 1.0);
  plan.periods = {{Posture::supine, 0.0, 0.0, 3600.0, 0, 0}};
  plan.movements.clear();
  plan.breathing_depth = plan.creep_per_decade = 0.0;
  const FrameBlock block = NightFrames(material, plan).read(0, 40);
  for (Eigen::Index i = 1; i < block.rows(); ++i) {
    EXPECT_FLOAT_EQ(std::abs(block(i, 0) - block(i - 1, 0)), 1.0F) << i;
  }
}

TEST(NightFrames, PassThroughALieAtItsOwnPaceAtEveryRate) {
  NightPlan plan = night_of(1, 4.0, 1.0);
  plan.periods = {{Posture::supine, 0.0, 0.0, 3600.0, 0, 0}};
  plan.movements.clear();
  plan.breathing_depth = plan.creep_per_decade = 0.0;
  const FrameBlock block = NightFrames(two_lies(), plan).read(0, 80);
  for (const Eigen::Index second : {1, 5, 12, 17}) {
    const auto mark = static_cast<float>(second <= 9 ? second + 1 : 19 - second);
    EXPECT_FLOAT_EQ(block(4 * second, 0), mark + static_cast<float>(background)) << second;
  }
  EXPECT_FLOAT_EQ(block(9, 0), 3.25F + static_cast<float>(background));
}

TEST(NightFrames, FollowThePostures) {
  const auto material = two_lies();
  const NightPlan plan = night_of(6);
  const NightFrames frames(material, plan);
  for (const NightPeriod& period : plan.periods) {
    const auto middle = static_cast<std::size_t>(0.5 * (period.settled_s + period.end_s));
    const FrameBlock frame = frames.read(middle, 1);
    const double load = static_cast<double>((frame - static_cast<float>(background)).sum());
    const double supine = static_cast<double>(material->lies[0].load.row(0).sum());
    const double left = static_cast<double>(material->lies[1].load.row(0).sum());
    switch (period.posture) {
      case Posture::supine: EXPECT_NEAR(load, supine, 0.2 * supine); break;
      case Posture::left: EXPECT_NEAR(load, left, 0.2 * left); break;
      case Posture::empty: EXPECT_NEAR(load, 0.0, 1.0); break;
      default: EXPECT_LT(load, 0.9 * supine); break;
    }
  }
}

}  // namespace
}  // namespace matfit
