#include "stages/write/spine_words.hpp"

#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::Not;

JudgedFigure angle(const char* measure, double low, double high) {
  return {"L", measure, "the angle", {0.5 * (low + high), 1.0, low, high}, true, 3.0, 6.0};
}

BoutResult lying(Posture posture, std::vector<JudgedFigure> figures) {
  BoutResult bout = test::sample_result("r", "s", "m", posture).bouts[0];
  bout.roll.reset();
  bout.fit.alignment_figures = std::move(figures);
  return bout;
}

std::string said(const BoutResult& bout) { return spine_sentence(bout, Phrases("en")); }

TEST(Rating, IsWhatTheIntervalLeavesOpenWhateverTheSign) {
  struct {
    double low, high;
    Rating best, worst;
  } const cases[] = {{-2.9, 2.9, Rating::good, Rating::good},
                     {-3.0, 3.0, Rating::good, Rating::good},  // the line itself is good
                     {-3.1, 1.0, Rating::good, Rating::fair},
                     {1.0, 6.1, Rating::good, Rating::poor},
                     {-5.0, -3.5, Rating::fair, Rating::fair},
                     {4.0, 9.0, Rating::fair, Rating::poor},
                     {-9.0, -7.0, Rating::poor, Rating::poor}};
  for (const auto& each : cases) {
    const RatingRange range = rating_of(angle("tilt_deg", each.low, each.high));
    EXPECT_EQ(range.best, each.best) << each.low << " to " << each.high;
    EXPECT_EQ(range.worst, each.worst) << each.low << " to " << each.high;
  }
}

TEST(Rating, WithoutAnIntervalIsOpen) {
  JudgedFigure judged = angle("tilt_deg", -1.0, 1.0);
  judged.figure = {};
  EXPECT_EQ(rating_of(judged).best, Rating::good);
  EXPECT_EQ(rating_of(judged).worst, Rating::poor);
  EXPECT_FALSE(rating_of(std::vector<JudgedFigure>{}).has_value());
}

TEST(Rating, TakesTheWorstOfTheFigures) {
  const RatingRange range = *rating_of({angle("tilt_deg", -1.0, 1.0), angle("bend", 4.0, 7.0)});
  EXPECT_EQ(range.best, Rating::fair);
  EXPECT_EQ(range.worst, Rating::poor);
}

TEST(SpineSentence, SaysThatItCannotTellWhereverAnIntervalCrossesALine) {
  const std::pair<double, double> crossing[] = {{-1.0, 4.0}, {0.0, 8.0}, {4.0, 8.0}};
  for (const auto& [low, high] : crossing) {
    for (const Posture posture : {Posture::left, Posture::supine}) {
      EXPECT_THAT(said(lying(posture, {angle("tilt_deg", low, high)})), HasSubstr("cannot tell"));
    }
  }
  const std::pair<double, double> within[] = {{-1.0, 1.0}, {3.5, 5.5}, {-9.0, -7.0}};
  for (const auto& [low, high] : within) {
    for (const Posture posture : {Posture::right, Posture::prone}) {
      EXPECT_THAT(said(lying(posture, {angle("tilt_deg", low, high)})),
                  Not(HasSubstr("cannot tell")));
    }
  }
}

TEST(SpineSentence, DiffersForEveryRatingAndPlane) {
  std::set<std::string> sentences;
  const std::pair<double, double> intervals[] = {{-1.0, 1.0}, {-1.0, 4.0}, {0.0, 8.0},
                                                 {3.5, 5.5},  {4.0, 8.0},  {7.0, 8.0}};
  for (const auto& [low, high] : intervals) {
    for (const Posture posture : {Posture::left, Posture::supine}) {
      sentences.insert(said(lying(posture, {angle("tilt_deg", low, high)})));
    }
  }
  EXPECT_EQ(sentences.size(), 12U);
}

TEST(SpineSentence, NamesTheFigureAndTheSideThatDecide) {
  const JudgedFigure straight = angle("thoracolumbar_angle_deg", -1.0, 1.0);
  EXPECT_THAT(said(lying(Posture::left, {straight, angle("tilt_deg", 7.0, 9.0)})),
              HasSubstr("the pelvis lies lower than the shoulders"));
  EXPECT_THAT(said(lying(Posture::left, {straight, angle("tilt_deg", -9.0, -7.0)})),
              HasSubstr("the shoulders lie lower than the pelvis"));
  EXPECT_THAT(said(lying(Posture::left, {angle("thoracolumbar_angle_deg", 7.0, 9.0),
                                         angle("tilt_deg", -1.0, 1.0)})),
              HasSubstr("bends down towards the mattress"));
}

TEST(SpineSentence, SaysFromWhatTheHeightsAreKnown) {
  BoutResult bout = lying(Posture::left, {angle("tilt_deg", -1.0, 1.0)});
  EXPECT_THAT(said(bout), HasSubstr("measured curve of this mattress"));
  bout.spine.basis = SpineBasis::preset;
  EXPECT_THAT(said(bout), HasSubstr("typical values"));
  EXPECT_THAT(said(bout), Not(HasSubstr("measured curve")));
  bout.spine.basis = SpineBasis::none;
  EXPECT_THAT(said(bout), HasSubstr("stiffness of the mattress is not known"));
  EXPECT_THAT(said(bout), Not(HasSubstr("straight")));
}

TEST(SpineSentence, SaysNothingOfASpineThatWasNotEstimatedOrNotJudged) {
  BoutResult bout = lying(Posture::left, {angle("tilt_deg", -1.0, 1.0)});
  for (const FitStatus status : {FitStatus::not_run, FitStatus::not_converged,
                                 FitStatus::unknown_posture, FitStatus::too_little_contact}) {
    bout.spine.status = status;
    EXPECT_THAT(said(bout), Not(HasSubstr("straight")));
  }
  EXPECT_THAT(said(lying(Posture::left, {})), HasSubstr("was not judged"));
}

TEST(SpineSentence, SaysThatThePersonIsProppedUp) {
  BoutResult bout = lying(Posture::left, {angle("tilt_deg", -1.0, 1.0)});
  EXPECT_THAT(said(bout), Not(HasSubstr("propped")));
  bout.roll = RollEstimate{{0.1, 0.75, 0.15}, true, Roll::low};
  EXPECT_THAT(said(bout), HasSubstr("propped up"));
}

TEST(SpineSentence, KnowsALineThatHasNoWordsOfItsOwn) {
  EXPECT_THAT(said(lying(Posture::left, {angle("neck_angle", 7.0, 9.0)})), HasSubstr("neck angle"));
}

}  // namespace
}  // namespace matfit
