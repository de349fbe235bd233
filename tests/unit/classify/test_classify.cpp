#include "caricature_model.hpp"
#include "stages/classify/classify.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace matfit {
namespace {

using test::caricature;
using test::caricature_model;
using test::series_of;
using test::usual_mat;

// `seconds` of each posture, one after the other; unknown stands for an empty mat.
std::vector<Eigen::ArrayXXd> maps_of(const std::vector<Posture>& postures, int seconds,
                                     const Orientation& orientation = {}) {
  std::vector<Eigen::ArrayXXd> maps;
  for (const Posture p : postures) {
    Eigen::ArrayXXd map = p == Posture::unknown
                              ? Eigen::ArrayXXd::Zero(usual_mat.rows, usual_mat.cols)
                              : caricature(p);
    map = recording_from_canonical(map, orientation);
    maps.insert(maps.end(), static_cast<std::size_t>(seconds), map);
  }
  return maps;
}

std::vector<Posture> postures_of(const PostureTimeline& timeline) {
  std::vector<Posture> out;
  for (const PostureBout& b : timeline.bouts) out.push_back(b.posture);
  return out;
}

double of(const PostureBout& bout, Posture posture) {
  return bout.probabilities[static_cast<std::size_t>(posture)];
}

TEST(Classify, FollowsABodyThroughTheNight) {
  const PressureSeries series = series_of(
      maps_of({Posture::unknown, Posture::supine, Posture::left, Posture::prone, Posture::unknown},
              20),
      usual_mat);
  const PostureTimeline timeline = classify(series, caricature_model());
  EXPECT_EQ(postures_of(timeline),
            (std::vector<Posture>{Posture::empty, Posture::supine, Posture::left, Posture::prone,
                                  Posture::empty}));
  EXPECT_EQ(timeline.bouts[2].first_frame, 40U);
  EXPECT_EQ(timeline.movement.shifts, 2);
  EXPECT_FALSE(timeline.movement.shifts_per_h.has_value());
  EXPECT_DOUBLE_EQ(timeline.orientation.confidence, 1.0);
  EXPECT_FALSE(timeline.orientation.inferred);
}

TEST(Classify, GivesTheSameAnswerHoweverTheMatLies) {
  const std::vector<Posture> lie = {Posture::supine, Posture::right};
  const PostureTimeline straight =
      classify(series_of(maps_of(lie, 20), usual_mat), caricature_model());
  for (const HeadEnd head_end : {HeadEnd::first_row, HeadEnd::last_row}) {
    for (const View view : {View::above, View::below}) {
      const Orientation o = {head_end, view, false, 1.0};
      const PostureTimeline turned =
          classify(series_of(maps_of(lie, 20, o), usual_mat, head_end, view), caricature_model());
      ASSERT_EQ(postures_of(turned), postures_of(straight));
      EXPECT_NEAR(of(turned.bouts[1], Posture::right), of(straight.bouts[1], Posture::right), 1e-9);
    }
  }
}

TEST(Classify, FindsTheHeadEndThatIsNotStated) {
  for (const HeadEnd truth : {HeadEnd::first_row, HeadEnd::last_row}) {
    const Orientation o = {truth, View::above, false, 1.0};
    const PressureSeries series = series_of(maps_of({Posture::supine, Posture::left}, 20, o),
                                            usual_mat, HeadEnd::unknown, View::above);
    const PostureTimeline timeline = classify(series, caricature_model());
    EXPECT_EQ(timeline.orientation.head_end, truth);
    EXPECT_TRUE(timeline.orientation.inferred);
    EXPECT_GT(timeline.orientation.confidence, 0.5);
    EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::supine, Posture::left}));
  }
}

TEST(Classify, LeavesTheHeadEndOpenWhereNobodyLies) {
  const PostureTimeline timeline = classify(
      series_of(maps_of({Posture::unknown}, 10), usual_mat, HeadEnd::unknown), caricature_model());
  EXPECT_EQ(timeline.orientation.head_end, HeadEnd::unknown);
  EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::empty}));
}

TEST(Classify, WithoutAViewLeftAndRightShareTheirProbability) {
  const PostureTimeline timeline = classify(
      series_of(maps_of({Posture::left}, 20), usual_mat, HeadEnd::first_row, View::unknown),
      caricature_model());
  ASSERT_EQ(timeline.bouts.size(), 1U);
  EXPECT_EQ(timeline.orientation.view, View::unknown);
  EXPECT_EQ(timeline.bouts[0].posture, Posture::left);  // as seen from above
  EXPECT_LE(timeline.bouts[0].confidence, 0.5);
  EXPECT_DOUBLE_EQ(of(timeline.bouts[0], Posture::left), of(timeline.bouts[0], Posture::right));
  EXPECT_LE(timeline.orientation.confidence, 0.5);
  EXPECT_EQ(timeline.orientation.view_source, ViewSource::unknown);
  EXPECT_DOUBLE_EQ(timeline.orientation.head_end_confidence, 1.0);
}

TEST(Classify, TakesTheViewFromTheLabelsWhereTheyTellASide) {
  for (const View truth : {View::above, View::below}) {
    const Orientation o = {HeadEnd::first_row, truth, false, 1.0};
    const PressureSeries series = series_of(maps_of({Posture::supine, Posture::right}, 20, o),
                                            usual_mat, HeadEnd::first_row, View::unknown);
    ClassifyOptions options;
    options.labels.assign(20, Posture::supine);
    options.labels.resize(40, Posture::right);
    const PostureTimeline timeline = classify(series, caricature_model(), options);
    EXPECT_EQ(timeline.orientation.view, truth);
    EXPECT_EQ(timeline.orientation.view_source, ViewSource::labels);
    EXPECT_GT(timeline.orientation.view_confidence, 0.95);
    EXPECT_LT(timeline.orientation.view_confidence, 1.0);
    EXPECT_DOUBLE_EQ(timeline.orientation.confidence, timeline.orientation.view_confidence);
    EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::supine, Posture::right}));
  }
}

TEST(Classify, LeavesTheViewOpenWhereTheLabelsContradictEachOther) {
  const PressureSeries series =
      series_of(maps_of({Posture::right, Posture::supine, Posture::right}, 20), usual_mat,
                HeadEnd::first_row, View::unknown);
  ClassifyOptions options;
  options.labels.assign(20, Posture::right);
  options.labels.resize(40, Posture::supine);
  options.labels.resize(60, Posture::left);
  const Orientation open = classify(series, caricature_model(), options).orientation;
  EXPECT_EQ(open.view, View::unknown);
  EXPECT_EQ(open.view_source, ViewSource::unknown);
  EXPECT_DOUBLE_EQ(open.view_confidence, 0.5);
}

TEST(Classify, IgnoresFramesThatAreNotValid) {
  std::vector<Eigen::ArrayXXd> maps = maps_of({Posture::supine}, 20);
  maps[0].setConstant(65535.0);
  maps[9].setConstant(65535.0);
  PressureSeries series = series_of(maps, usual_mat);
  series.valid[0] = series.valid[9] = 0;
  series.load_n[0] = series.load_n[9] = std::numeric_limits<double>::quiet_NaN();
  const PostureTimeline timeline = classify(series, caricature_model());
  EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::supine}));
  EXPECT_EQ(timeline.bouts[0].first_frame, 0U);
  EXPECT_EQ(timeline.bouts[0].last_frame, 20U);
}

TEST(Classify, SaysNothingWhereNoFrameIsValid) {
  PressureSeries series = series_of(maps_of({Posture::supine}, 3), usual_mat);
  series.valid.assign(3, 0);
  EXPECT_TRUE(classify(series, caricature_model()).bouts.empty());
}

TEST(Classify, AnswersForASingleFrame) {
  const PostureTimeline timeline =
      classify(series_of({caricature(Posture::right)}, usual_mat), caricature_model());
  EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::right}));
}

TEST(Classify, KeepsItsAnswerWithADeadColumnAndHotCells) {
  Eigen::ArrayXXd map = caricature(Posture::left);
  map.col(14).setZero();
  map(3, 28) = map(50, 4) = 60000.0;
  const PostureTimeline timeline = classify(series_of({map}, usual_mat), caricature_model());
  EXPECT_EQ(postures_of(timeline), (std::vector<Posture>{Posture::left}));
}

TEST(Classify, RefusesAnEmptyModelAndLabelsOfAnotherLength) {
  const PressureSeries series = series_of(maps_of({Posture::supine}, 3), usual_mat);
  EXPECT_THROW(classify(series, PostureModel{}), std::invalid_argument);
  ClassifyOptions options;
  options.labels.assign(2, Posture::supine);
  EXPECT_THROW(classify(series, caricature_model(), options), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
