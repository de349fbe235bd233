#include "made_recording.hpp"

#include "numeric/random.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace matfit {
namespace {

using test::made_recording;
using test::Map;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Quality quality_of(const Recording& recording) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(recording, known).quality;
}

// Somebody on a mat each of whose cells has a gain of its own, changed in between.
Recording on_uneven_mat(const std::function<void(Map&)>& change, double offset = 44.0) {
  Random random(5);
  Map gains(test::made_rows, test::made_cols);
  for (float& gain : gains.reshaped()) gain = static_cast<float>(std::exp(random.normal(0.0, 0.1)));
  return made_recording(
      4,
      [&](std::size_t) {
        Map map = test::lying_body() * gains;
        change(map);
        return map;
      },
      offset);
}

// Columns `first` to `first` + count - 1 touch from `row` on: each reads what they do on the mean.
void touch(Map& map, int first, int count, int row) {
  auto lines = map.block(row, first, map.rows() - row, count);
  const Eigen::ArrayXf mean = lines.rowwise().mean();
  lines.colwise() = mean;
}

void touch_rows(Map& map, int first, int count) {
  auto lines = map.middleRows(first, count);
  const Eigen::Array<float, 1, Eigen::Dynamic> mean = lines.colwise().mean();
  lines.rowwise() = mean;
}

// `share` of what a row bears is spread evenly over its cells.
void leak(Map& map, float share) {
  const Eigen::ArrayXf mean = map.rowwise().mean();
  map = (1.0F - share) * map;
  map.colwise() += share * mean;
}

const QualityReason* reason(const Quality& quality, const std::string& code) {
  const auto at = std::find_if(quality.reasons.begin(), quality.reasons.end(),
                               [&](const QualityReason& r) { return r.code == code; });
  return at == quality.reasons.end() ? nullptr : &*at;
}

TEST(CrossTalk, IsNeitherInASmoothBodyThatMirrorsItselfNorOnAnUnevenMat) {
  for (const int shift : {0, 3}) {
    const Recording smooth = made_recording(
        4, [&](std::size_t) { return test::lying_body(shift); }, 44.0);
    EXPECT_THAT(quality_of(smooth).bridged, IsEmpty());
    EXPECT_THAT(quality_of(smooth).leakage, IsEmpty());
  }
  const Quality uneven = quality_of(on_uneven_mat([](Map&) {}));
  EXPECT_THAT(uneven.bridged, IsEmpty());
  EXPECT_THAT(uneven.leakage, IsEmpty());
}

TEST(CrossTalk, TwoColumnsThatTouchFromSomewhereOnAreNamedWithTheirCells) {
  const Quality quality = quality_of(on_uneven_mat([](Map& map) { touch(map, 12, 2, 20); }));
  ASSERT_THAT(quality.bridged, SizeIs(1));
  const BridgedLines& found = quality.bridged[0];
  EXPECT_FALSE(found.rows);
  EXPECT_EQ(found.first_line, 12);
  EXPECT_EQ(found.last_line, 14);
  EXPECT_NEAR(found.first, 20, 2);
  EXPECT_GT(found.last, 50);
  EXPECT_GT(found.load_share, 0.08);
  const QualityReason* why = reason(quality, "bridged_lines");
  ASSERT_NE(why, nullptr);
  EXPECT_EQ(why->cap, Grade::b);
  EXPECT_THAT(why->text, HasSubstr("columns 12 to 13 in rows "));
}

TEST(CrossTalk, LinesThatTouchDoSoInEveryPosture) {
  Random random(5);
  Map gains(test::made_rows, test::made_cols);
  for (float& gain : gains.reshaped()) gain = static_cast<float>(std::exp(random.normal(0.0, 0.1)));
  const auto bridged = [&](std::size_t frames_that_touch) {
    return quality_of(made_recording(
                          60,
                          [&](std::size_t t) {
                            Map map = test::lying_body(t < 40 ? 0 : 7) * gains;
                            if (t < frames_that_touch) touch(map, 18, 2, 0);
                            return map;
                          },
                          44.0))
        .bridged;
  };
  ASSERT_THAT(bridged(60), SizeIs(1));
  EXPECT_EQ(bridged(60)[0].first_line, 18);
  EXPECT_THAT(bridged(40), IsEmpty());
}

TEST(CrossTalk, AMirroredMatHasItsColumnsMirrored) {
  const Quality quality = quality_of(on_uneven_mat([](Map& map) {
    touch(map, 12, 2, 20);
    map = map.rowwise().reverse().eval();
  }));
  ASSERT_THAT(quality.bridged, SizeIs(1));
  EXPECT_EQ(quality.bridged[0].first_line, 32 - 14);
  EXPECT_EQ(quality.bridged[0].last_line, 32 - 12);
}

TEST(CrossTalk, APlateauOfManyColumnsIsOneAndHoldsTheGrade) {
  const Quality quality = quality_of(on_uneven_mat([](Map& map) { touch(map, 17, 5, 0); }));
  ASSERT_THAT(quality.bridged, SizeIs(1));
  EXPECT_EQ(quality.bridged[0].first_line, 17);
  EXPECT_EQ(quality.bridged[0].last_line, 22);
  ASSERT_NE(reason(quality, "bridged_lines"), nullptr);
  EXPECT_EQ(reason(quality, "bridged_lines")->cap, Grade::c);
  EXPECT_GE(quality.grade, Grade::c);
}

TEST(CrossTalk, RowsThatTouchAreFoundAsColumnsAre) {
  const Quality quality = quality_of(on_uneven_mat([](Map& map) { touch_rows(map, 28, 2); }));
  ASSERT_THAT(quality.bridged, SizeIs(1));
  EXPECT_TRUE(quality.bridged[0].rows);
  EXPECT_EQ(quality.bridged[0].first_line, 28);
  EXPECT_EQ(quality.bridged[0].last_line, 30);
}

TEST(CrossTalk, LeakageAlongTheRowsIsMeasuredWhateverTheOffset) {
  for (const double offset : {5.0, 44.0}) {
    const Quality quality = quality_of(on_uneven_mat([](Map& map) { leak(map, 0.12F); }, offset));
    ASSERT_THAT(quality.leakage, SizeIs(1));
    EXPECT_TRUE(quality.leakage[0].along_rows);
    EXPECT_NEAR(quality.leakage[0].share, 0.12, 0.02);
    EXPECT_LE(quality.leakage[0].least, quality.leakage[0].share);
    ASSERT_NE(reason(quality, "leakage"), nullptr);
    EXPECT_EQ(reason(quality, "leakage")->cap, Grade::b);
  }
}

TEST(CrossTalk, LeakageAlongTheColumnsIsToldFromTheRows) {
  // Nothing under the legs, so that loaded columns have cells without load.
  const Quality quality = quality_of(made_recording(
      4,
      [](std::size_t) {
        Map map = test::lying_body();
        map.bottomRows(26).setZero();
        Map turned = map.transpose();
        leak(turned, 0.2F);
        return Map(turned.transpose());
      },
      44.0));
  ASSERT_THAT(quality.leakage, SizeIs(1));
  EXPECT_FALSE(quality.leakage[0].along_rows);
  EXPECT_NEAR(quality.leakage[0].share, 0.2, 0.03);
  EXPECT_EQ(reason(quality, "leakage")->cap, Grade::c);
}

// A blanket, a pillow, or what slopes over the mat's width.
TEST(CrossTalk, LightThingsOnTheMatAreNoLeakage) {
  const Quality pillow =
      quality_of(on_uneven_mat([](Map& map) { map.block(0, 4, 10, 24) += 12.0F; }));
  EXPECT_THAT(pillow.leakage, IsEmpty());
  const Quality blanket = quality_of(on_uneven_mat([](Map& map) { map.bottomRows(50) += 6.0F; }));
  EXPECT_THAT(blanket.leakage, IsEmpty());
}

}  // namespace
}  // namespace matfit
