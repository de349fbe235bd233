#include "made_recording.hpp"

#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace matfit {
namespace {

using test::byte_swapped;
using test::lying_body;
using test::made_recording;
using test::Map;
using testing::ElementsAre;
using testing::IsEmpty;

const CalibrationKnowledge& knowledge() {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return known;
}

// "3 torn" and so on.
std::vector<std::string> invalid_frames(const Recording& recording) {
  const PressureSeries series = calibrate(recording, knowledge());
  std::vector<std::string> out;
  for (const InvalidFrame& f : series.quality.invalid) {
    out.push_back(std::to_string(f.frame) + " " + f.reason);
    EXPECT_EQ(series.valid[f.frame], 0);
    EXPECT_TRUE(std::isnan(series.load_n[f.frame]));
  }
  const auto marked = static_cast<std::size_t>(
      std::count(series.valid.begin(), series.valid.end(), std::uint8_t{0}));
  EXPECT_EQ(marked, out.size());
  EXPECT_EQ(series.quality.invalid_frames, out.size());
  return out;
}

Recording still_body(std::size_t count = 12) {
  return made_recording(count, [](std::size_t) { return lying_body(); });
}

TEST(CorruptFrames, AStillBodyHasNone) { EXPECT_THAT(invalid_frames(still_body()), IsEmpty()); }

TEST(CorruptFrames, AByteSwappedFrameIsKnownByItsContent) {
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) {
    f.row(7) = (2.0F * f.row(7)).unaryExpr(&byte_swapped).eval();
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("7 byte_swapped"));
}

TEST(CorruptFrames, AHalfSwappedFrameIsKnownToo) {
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) {
    f.row(7).head(1024) = (2.0F * f.row(7).head(1024)).unaryExpr(&byte_swapped).eval();
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("7 byte_swapped"));
}

TEST(CorruptFrames, AFragmentBeforeTheFirstWholeFrameIsStartUp) {
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) {
    f.row(0).setZero();
    f.row(0).segment(900, 12).setConstant(200.0F);
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("0 start_up"));
}

TEST(CorruptFrames, RowsMissingFromOneFrameAreTorn) {
  const Recording r = test::with_frames(
      still_body(), [](FrameBlock& f) { f.row(6).segment(30 * 32 + 5, 200).setZero(); });
  EXPECT_THAT(invalid_frames(r), ElementsAre("6 torn"));
}

TEST(CorruptFrames, AFrameMovedRoundByHalfIsShifted) {
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) {
    const FrameBlock kept = f.row(5);
    f.row(5).head(1024) = kept.row(0).tail(1024);
    f.row(5).tail(1024) = kept.row(0).head(1024);
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("5 shifted"));
}

TEST(CorruptFrames, AFrameThatSlidesSomeRowsAndComesBackIsShifted) {
  constexpr Eigen::Index by = 3 * 32;
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) {
    const FrameBlock kept = f.row(5);
    f.row(5).head(2048 - by) = kept.row(0).tail(2048 - by);
    f.row(5).tail(by) = kept.row(0).head(by);
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("5 shifted"));
}

TEST(CorruptFrames, AFrameWithHalfOfAnotherPostureIsTorn) {
  const Map turned = lying_body(6);
  const Recording r = test::with_frames(still_body(), [&](FrameBlock& f) {
    for (Eigen::Index c = 1024; c < 2048; ++c) f(5, c) = turned.data()[c];
  });
  EXPECT_THAT(invalid_frames(r), ElementsAre("5 torn"));
}

TEST(CorruptFrames, LiftedLegsAreThePersons) {
  const Recording r =
      test::with_frames(still_body(), [&](FrameBlock& f) { f.row(5).tail(24 * 32) *= 0.3F; });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

bool says_frozen(const Recording& recording) {
  const Quality quality = calibrate(recording, knowledge()).quality;
  return std::any_of(quality.reasons.begin(), quality.reasons.end(),
                     [](const QualityReason& r) { return r.code == "frozen_frames"; });
}

TEST(RepeatedFrames, AreSaidAndStayValid) {
  const Recording r = test::with_frames(still_body(20), [](FrameBlock& f) {
    for (Eigen::Index t = 8; t < 14; ++t) f.row(t) = f.row(7);
  });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
  const Quality quality = calibrate(r, knowledge()).quality;
  const auto found = std::find_if(quality.reasons.begin(), quality.reasons.end(),
                                  [](const QualityReason& q) { return q.code == "frozen_frames"; });
  ASSERT_NE(found, quality.reasons.end());
  EXPECT_THAT(found->text, testing::HasSubstr("6 s, 32 %"));
  EXPECT_FALSE(says_frozen(still_body(20)));
}

TEST(RepeatedFrames, OfAnEmptyBedAreNotSaid) {
  const Recording r = test::with_frames(still_body(40), [](FrameBlock& f) {
    for (Eigen::Index t = 0; t < 12; ++t) f.row(t).setZero();
  });
  EXPECT_FALSE(says_frozen(r));
}

TEST(RepeatedFrames, OfAMatTooCoarseToTellAreNotSaid) {
  // Without noise only the cells at the end of a breath change.
  const Recording coarse = test::with_frames(still_body(20), [](FrameBlock& f) {
    for (Eigen::Index t = 1; t < 20; ++t) f.row(t) = f.row(0);
    for (Eigen::Index t = 0; t < 20; t += 4) f.row(t).segment(20 * 32 + 12, 5) += 8.0F;
  });
  EXPECT_FALSE(says_frozen(coarse));
}

TEST(CorruptFrames, ALoadThatVanishesForOneFrameIsADropout) {
  const Recording r = test::with_frames(still_body(), [](FrameBlock& f) { f.row(5).setZero(); });
  EXPECT_THAT(invalid_frames(r), ElementsAre("5 dropout"));
}

TEST(CorruptFrames, ASurgeOfTheLoadIsNoPerson) {
  const Recording r =
      test::with_frames(still_body(), [](FrameBlock& f) { f.row(5) = 4.0F * f.row(5); });
  EXPECT_THAT(invalid_frames(r), ElementsAre("5 surge"));
}

TEST(CorruptFrames, AnEmptyBedBeforeThePersonStaysValid) {
  const Recording r = made_recording(
      20, [](std::size_t t) { return t < 6 ? Map(Map::Zero(64, 32)) : lying_body(); });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

TEST(CorruptFrames, SomeoneWhoTurnsOverStaysValid) {
  const Recording r = made_recording(20, [](std::size_t t) {
    const int step = std::clamp(static_cast<int>(t) - 9, 0, 2);
    return Map(lying_body(3 * step) * (step == 1 ? 0.8F : 1.0F));
  });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

TEST(CorruptFrames, SomeoneWhoGetsUpStaysValid) {
  const Recording r = made_recording(20, [](std::size_t t) {
    Map map = lying_body();
    if (t >= 14) map.topRows(24).setZero();
    if (t >= 15) map.setZero();
    return map;
  });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

TEST(CorruptFrames, BetweenSlowFramesSomeoneMayComeAndGo) {
  Recording r = test::with_frames(still_body(), [](FrameBlock& f) { f.row(5).setZero(); });
  for (double& t : r.time_s) t *= 60.0;
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

TEST(CorruptFrames, ASingleFrameIsJudgedByItsContentAlone) {
  EXPECT_THAT(invalid_frames(still_body(1)), IsEmpty());
  const Recording swapped = test::with_frames(still_body(1), [](FrameBlock& f) {
    f.row(0) = (2.0F * f.row(0)).unaryExpr(&byte_swapped).eval();
  });
  EXPECT_THAT(invalid_frames(swapped), ElementsAre("0 byte_swapped"));
}

TEST(CorruptFrames, ReadingsInTheUpperByteAreNoSwap) {
  const Recording r = test::with_frames(still_body(4), [](FrameBlock& f) { f *= 256.0F; });
  EXPECT_THAT(invalid_frames(r), IsEmpty());
}

TEST(CorruptFrames, ManyReadingsThatAreNotFiniteSpoilAFrameAndAFewDoNot) {
  Recording r = still_body();
  r.integer_counts = false;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const Recording spoiled = test::with_frames(r, [nan](FrameBlock& f) {
    f(3, 1000) = nan;
    f.row(8).head(100).setConstant(nan);
  });
  EXPECT_THAT(invalid_frames(spoiled), ElementsAre("8 not_finite"));
  const PressureSeries series = calibrate(spoiled, knowledge());
  EXPECT_TRUE(series.frames_pa->read(0, 12).isFinite().all());
}

}  // namespace
}  // namespace matfit
