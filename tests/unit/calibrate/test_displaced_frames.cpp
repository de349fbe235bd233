#include "made_recording.hpp"

#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using test::lying_body;
using test::made_recording;
using test::Map;
using test::with_frames;
using testing::AnyOf;
using testing::ElementsAre;
using testing::IsEmpty;

using Numbers = std::vector<std::size_t>;

std::vector<InvalidFrame> left_out(const Recording& recording) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(recording, known).quality.invalid;
}

Numbers out_of_order(const Recording& recording) {
  Numbers frames;
  for (const InvalidFrame& f : left_out(recording)) {
    if (f.reason == "out_of_order") frames.push_back(f.frame);
  }
  return frames;
}

// Takes `count` frames away at `from` and puts them in so that the first becomes number `to`.
Recording moved(const Recording& recording, Eigen::Index from, Eigen::Index to,
                Eigen::Index count = 1) {
  return with_frames(recording, [=](FrameBlock& f) {
    const FrameBlock taken = f.middleRows(from, count);
    FrameBlock rest(f.rows() - count, f.cols());
    rest << f.topRows(from), f.bottomRows(f.rows() - from - count);
    f << rest.topRows(to), taken, rest.bottomRows(rest.rows() - to);
  });
}

// Turns from one place to another between frames 19 and 20 of 40.
Recording one_turn() {
  return made_recording(40, [](std::size_t t) { return lying_body(t < 20 ? 0 : 6); });
}

// Slides over by a column a frame from frame 15 on, eight in all.
Recording slide() {
  return made_recording(
      40, [](std::size_t t) { return lying_body(std::clamp(static_cast<int>(t) - 15, 0, 8) - 4); });
}

// Load that lies to that share on another place.
Map leaning(float share) { return (1.0F - share) * lying_body(0) + share * lying_body(6); }

TEST(DisplacedFrames, AreNoneInACourseThatIsWhole) {
  EXPECT_THAT(out_of_order(one_turn()), IsEmpty());
  EXPECT_THAT(out_of_order(slide()), IsEmpty());
}

TEST(DisplacedFrames, AFrameOfTheNextPoseIsOutOfOrder) {
  EXPECT_THAT(out_of_order(moved(one_turn(), 30, 10)), ElementsAre(10));
}

TEST(DisplacedFrames, AFrameOfThePoseBeforeIsOutOfOrder) {
  EXPECT_THAT(out_of_order(moved(one_turn(), 8, 30)), ElementsAre(30));
}

TEST(DisplacedFrames, ThreeInARowAreOutOfOrder) {
  EXPECT_THAT(out_of_order(moved(one_turn(), 30, 10, 3)), ElementsAre(10, 11, 12));
}

TEST(DisplacedFrames, FramesInSeveralPlacesAreEachOutOfOrder) {
  EXPECT_THAT(out_of_order(moved(moved(one_turn(), 30, 10), 5, 33)), ElementsAre(9, 33));
}

TEST(DisplacedFrames, OneOfTwoExchangedInATurnIsCalled) {
  EXPECT_THAT(out_of_order(moved(one_turn(), 19, 20)), AnyOf(ElementsAre(19), ElementsAre(20)));
}

TEST(DisplacedFrames, OneOfTwoExchangedInAMotionIsCalled) {
  for (Eigen::Index t = 16; t < 22; ++t) {
    const auto n = static_cast<std::size_t>(t);
    EXPECT_THAT(out_of_order(moved(slide(), t, t + 1)), AnyOf(ElementsAre(n), ElementsAre(n + 1)));
  }
}

TEST(DisplacedFrames, AFrameMovedWithinAMotionIsCalledAlone) {
  EXPECT_THAT(out_of_order(moved(slide(), 17, 20)), ElementsAre(20));
  EXPECT_THAT(out_of_order(moved(slide(), 21, 18)), ElementsAre(18));
  EXPECT_EQ(left_out(moved(slide(), 17, 20)).size(), 1U);
}

TEST(DisplacedFrames, SomebodyAmongFramesOfAnEmptyBedIsOutOfOrder) {
  const Recording r = made_recording(
      40, [](std::size_t t) { return t < 20 ? Map(Map::Zero(64, 32)) : lying_body(); });
  EXPECT_THAT(out_of_order(r), IsEmpty());
  EXPECT_THAT(out_of_order(moved(r, 30, 10)), ElementsAre(10));
}

TEST(DisplacedFrames, AreTheSameOnTheMirroredMat) {
  const auto mirrored = [](FrameBlock& f) {
    for (Eigen::Index t = 0; t < f.rows(); ++t) {
      Eigen::Map<Map> map(f.row(t).data(), 64, 32);
      map = map.rowwise().reverse().eval();
    }
  };
  for (const Recording& r : {moved(one_turn(), 30, 10), moved(slide(), 17, 20)}) {
    EXPECT_EQ(out_of_order(with_frames(r, mirrored)), out_of_order(r));
  }
}

TEST(DisplacedFrames, AreTheSameAtAnyOffsetAndScale) {
  const Recording r =
      with_frames(moved(one_turn(), 30, 10), [](FrameBlock& f) { f = (3.0F * f + 44.0F).eval(); });
  EXPECT_THAT(out_of_order(r), ElementsAre(10));
}

TEST(DisplacedFrames, ExchangedAtRestAreAlike) {
  EXPECT_THAT(out_of_order(moved(one_turn(), 8, 9)), IsEmpty());
  EXPECT_THAT(out_of_order(moved(one_turn(), 3, 16)), IsEmpty());
}

TEST(DisplacedFrames, ALimbLiftedForAFrameAndAgainIsThePersons) {
  const auto lifted = [](const Numbers& when) {
    return with_frames(made_recording(60, [](std::size_t) { return lying_body(); }),
                       [&](FrameBlock& f) {
                         for (const std::size_t t : when) {
                           Eigen::Map<Map> map(f.row(static_cast<Eigen::Index>(t)).data(), 64, 32);
                           map.bottomRightCorner(29, 16) = 0.0F;
                         }
                       });
  };
  EXPECT_THAT(out_of_order(lifted({20})), IsEmpty());
  EXPECT_THAT(out_of_order(lifted({20, 40})), IsEmpty());
  EXPECT_THAT(out_of_order(lifted({20, 40, 41, 42, 43, 44, 45, 46, 47, 48})), IsEmpty());
}

TEST(DisplacedFrames, APoseTriedForAFrameTwiceIsThePersons) {
  const Recording r =
      made_recording(40, [](std::size_t t) { return leaning(t == 12 || t == 28 ? 0.5F : 0.0F); });
  EXPECT_THAT(out_of_order(r), IsEmpty());
}

TEST(DisplacedFrames, APoseTriedForAFrameAndTakenUpElsewhereIsThePersons) {
  const Recording r = made_recording(40, [](std::size_t t) {
    return lying_body(t == 12 ? 2 : t < 20 ? 0 : 3);
  });
  EXPECT_THAT(out_of_order(r), IsEmpty());
}

TEST(DisplacedFrames, ALineThatFlickersBeforeItSticksIsNone) {
  const Recording r = with_frames(one_turn(), [](FrameBlock& f) {
    for (const Eigen::Index t : {8, 10, 13, 15, 16, 17, 18, 19}) {
      f.row(t).segment(30 * 32, 32) += 400.0F;
    }
  });
  EXPECT_THAT(out_of_order(r), IsEmpty());
}

TEST(DisplacedFrames, BetweenSlowFramesAPersonMayTurnAndTurnBack) {
  Recording r = moved(one_turn(), 30, 10);
  for (double& t : r.time_s) t *= 60.0;
  EXPECT_THAT(out_of_order(r), IsEmpty());
}

TEST(DisplacedFrames, AFrameBetweenTwoGapsIsNone) {
  Recording r = moved(one_turn(), 30, 10);
  for (std::size_t t = 10; t < 40; ++t) r.time_s[t] += 60.0;
  for (std::size_t t = 11; t < 40; ++t) r.time_s[t] += 60.0;
  EXPECT_THAT(out_of_order(r), IsEmpty());
}

}  // namespace
}  // namespace matfit
