#include "made_recording.hpp"

#include "numeric/random.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

using test::Map;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t frames_of_pose = 20;

Quality quality_of(const Recording& recording) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(recording, known).quality;
}

// Somebody who lies further to the side in each pose, on a mat each of whose cells has a gain of
// its own; `change` acts as the mat does.
Quality on_uneven_mat(const std::function<void(Map&)>& change, std::size_t poses = 1) {
  Random random(5);
  Map gains(test::made_rows, test::made_cols);
  for (float& gain : gains.reshaped()) gain = static_cast<float>(std::exp(random.normal(0.0, 0.1)));
  return quality_of(test::made_recording(
      frames_of_pose * poses,
      [&](std::size_t t) {
        Map map = test::lying_body(4 * static_cast<int>(t / frames_of_pose)) * gains;
        change(map);
        return map;
      },
      44.0));
}

TEST(GainSteps, AreNotInABodysShape) {
  for (const std::size_t poses : {1U, 3U}) {
    EXPECT_THAT(on_uneven_mat([](Map&) {}, poses).gain_steps, IsEmpty());
  }
}

TEST(GainSteps, RowsThatReadAFractionFromSomewhereOnAreNamedWithTheFactor) {
  for (const float factor : {0.4F, 2.5F}) {
    const Quality quality =
        on_uneven_mat([&](Map& map) { map.bottomRows(test::made_rows - 29) *= factor; });
    ASSERT_THAT(quality.gain_steps, SizeIs(1)) << factor;
    const GainStep& step = quality.gain_steps[0];
    EXPECT_TRUE(step.between_rows);
    EXPECT_EQ(step.line, 29);
    EXPECT_LT(std::abs(std::log(step.factor / factor)), 2.0 * step.relative_sd);
    EXPECT_LT(step.relative_sd, 0.3);
    EXPECT_EQ(step.poses, 1);
    const auto why =
        std::find_if(quality.reasons.begin(), quality.reasons.end(),
                     [](const QualityReason& reason) { return reason.code == "gain_step"; });
    ASSERT_NE(why, quality.reasons.end());
    EXPECT_EQ(why->cap, Grade::b);
    EXPECT_THAT(why->text, HasSubstr("rows from 29 on read"));
  }
}

TEST(GainSteps, ABlockHasABoundaryAtEitherEnd) {
  const Quality quality = on_uneven_mat([](Map& map) { map.middleRows(17, 12) *= 0.35F; });
  ASSERT_THAT(quality.gain_steps, SizeIs(2));
  EXPECT_EQ(quality.gain_steps[0].line, 17);
  EXPECT_LT(quality.gain_steps[0].factor, 1.0);
  EXPECT_EQ(quality.gain_steps[1].line, 29);
  EXPECT_GT(quality.gain_steps[1].factor, 1.0);
}

TEST(GainSteps, OfColumnsStayWhereTheyAreWhileThePersonMoves) {
  const Quality quality = on_uneven_mat([](Map& map) { map.rightCols(14) *= 0.4F; }, 3);
  ASSERT_THAT(quality.gain_steps, SizeIs(1));
  EXPECT_FALSE(quality.gain_steps[0].between_rows);
  EXPECT_EQ(quality.gain_steps[0].line, 18);
  EXPECT_NEAR(quality.gain_steps[0].factor, 0.4, 0.1);
  EXPECT_GE(quality.gain_steps[0].poses, 2);
}

TEST(GainSteps, AMirroredMatReadsTheInverseFactor) {
  const Quality quality = on_uneven_mat([](Map& map) {
    map.bottomRows(test::made_rows - 29) *= 0.4F;
    map = map.colwise().reverse().eval();
  });
  ASSERT_THAT(quality.gain_steps, SizeIs(1));
  EXPECT_EQ(quality.gain_steps[0].line, test::made_rows - 29);
  EXPECT_NEAR(std::log(quality.gain_steps[0].factor), -std::log(0.4), 0.35);
}

TEST(GainSteps, ASingleLineThatReadsLessIsNone) {
  for (const float factor : {0.3F, 0.6F}) {
    EXPECT_THAT(on_uneven_mat([&](Map& map) { map.row(29) *= factor; }).gain_steps, IsEmpty());
  }
}

}  // namespace
}  // namespace matfit
