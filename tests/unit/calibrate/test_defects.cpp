#include "made_recording.hpp"

#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::lying_body;
using test::made_recording;
using test::Map;
using testing::ElementsAre;
using testing::IsEmpty;

using Cell = std::array<int, 2>;

Quality quality_of(const Recording& recording) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return calibrate(recording, known).quality;
}

// A still body in `count` frames, changed map by map.
Recording changed_body(std::size_t count, const std::function<void(Map&, std::size_t)>& change,
                       double offset = 44.0) {
  return made_recording(
      count,
      [&](std::size_t t) {
        Map map = lying_body();
        change(map, t);
        return map;
      },
      offset);
}

void expect_sound(const Quality& quality) {
  EXPECT_THAT(quality.dead_cells, IsEmpty());
  EXPECT_THAT(quality.hot_cells, IsEmpty());
  EXPECT_THAT(quality.dead_rows, IsEmpty());
  EXPECT_THAT(quality.dead_cols, IsEmpty());
}

TEST(Defects, ABodyWithTwoLegsOnASoundMatHasNone) {
  for (const std::size_t frames : {1U, 12U}) {
    expect_sound(quality_of(changed_body(frames, [](Map&, std::size_t) {})));
  }
}

TEST(Defects, ADeadColumnThroughTheBodyIsFoundAndBridged) {
  for (const std::size_t frames : {1U, 12U}) {
    const Recording r = changed_body(frames, [](Map& map, std::size_t) { map.col(14).setZero(); });
    EXPECT_THAT(quality_of(r).dead_cols, ElementsAre(14));
    static const CalibrationKnowledge known =
        load_calibration_knowledge(test::project_folder() / "calibration");
    const PressureSeries series = calibrate(r, known);
    EXPECT_TRUE(series.repaired.col(14).all());
    EXPECT_EQ(series.repaired.count(), 64);
    const FrameBlock frame = series.frames_pa->read(0, 1);
    const double scale = series.quality.units.scale_to_mmhg * pa_per_mmhg;
    EXPECT_NEAR(frame(0, 29 * 32 + 14) / scale, lying_body()(29, 14), 12.0);
  }
}

TEST(Defects, ADeadRowThroughTheTrunkIsFound) {
  const Recording r = changed_body(3, [](Map& map, std::size_t) { map.row(28).setZero(); });
  EXPECT_THAT(quality_of(r).dead_rows, ElementsAre(28));
  EXPECT_EQ(quality_of(r).grade, Grade::b);
}

TEST(Defects, AColumnThatReadsAThirdOfItsNeighboursIsWeakAndBridged) {
  const Recording r = changed_body(3, [](Map& map, std::size_t) { map.col(12) *= 0.3F; });
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const PressureSeries series = calibrate(r, known);
  EXPECT_THAT(series.quality.dead_cols, IsEmpty());
  ASSERT_FALSE(series.quality.reasons.empty());
  EXPECT_EQ(series.quality.reasons[0].code, "weak_line");
  EXPECT_THAT(series.quality.reasons[0].text, testing::HasSubstr("column 12"));
  EXPECT_TRUE(series.repaired.col(12).all());
  EXPECT_EQ(series.repaired.count(), 64);
}

TEST(Defects, AWeakColumnIsFoundFromATenthToFourTenthsAndAFaintOneIsNot) {
  for (const float gain : {0.1F, 0.2F, 0.3F, 0.4F}) {
    const Recording r = changed_body(3, [&](Map& map, std::size_t) { map.col(14) *= gain; });
    const Quality quality = quality_of(r);
    EXPECT_THAT(quality.dead_cols.empty() ? quality.weak_cols : quality.dead_cols, ElementsAre(14))
        << gain;
  }
  const Recording faint = changed_body(3, [](Map& map, std::size_t) { map.col(14) *= 0.8F; });
  EXPECT_THAT(quality_of(faint).weak_cols, IsEmpty());
}

TEST(Defects, AColumnBesideOneThatReadsTwiceTooMuchIsNotWeak) {
  const Recording r = changed_body(3, [](Map& map, std::size_t) { map.col(14) *= 2.5F; });
  EXPECT_THAT(quality_of(r).weak_cols, IsEmpty());
}

TEST(Defects, AMirroredMapHasTheMirroredWeakColumn) {
  const auto weak = [](Map& map, std::size_t) { map.col(12) *= 0.3F; };
  EXPECT_THAT(quality_of(changed_body(3, weak)).weak_cols, ElementsAre(12));
  const auto mirrored = [&](Map& map, std::size_t t) {
    weak(map, t);
    map = map.rowwise().reverse().eval();
  };
  EXPECT_THAT(quality_of(changed_body(3, mirrored)).weak_cols, ElementsAre(31 - 12));
}

TEST(Defects, ALineThatIsStuckHighIsHotAndBridged) {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const auto stuck_column = [](Map& map, std::size_t) { map.col(12) = 700.0F; };
  const auto stuck_row = [](Map& map, std::size_t) { map.row(28) = 700.0F; };
  const PressureSeries column = calibrate(changed_body(3, stuck_column), known);
  ASSERT_FALSE(column.quality.reasons.empty());
  EXPECT_EQ(column.quality.reasons[0].code, "hot_line");
  EXPECT_THAT(column.quality.reasons[0].text, testing::HasSubstr("column 12"));
  EXPECT_TRUE(column.repaired.col(12).all());
  EXPECT_EQ(column.repaired.count(), 64);
  const PressureSeries row = calibrate(changed_body(3, stuck_row), known);
  EXPECT_THAT(row.quality.reasons[0].text, testing::HasSubstr("row 28"));
  EXPECT_EQ(row.repaired.count(), 32);
}

TEST(Defects, TheGapsOfAnAirMattressAreNoDeadRows) {
  const Recording r = changed_body(3, [](Map& map, std::size_t) {
    for (int row = 2; row < 62; row += 4) map.row(row) *= row % 8 == 2 ? 0.02F : 0.3F;
  });
  expect_sound(quality_of(r));
}

TEST(Defects, ALineThatReadsNothingAtAllIsADeadLineAndNotManyCells) {
  const Recording column =
      test::with_frames(changed_body(3, [](Map&, std::size_t) {}), [](FrameBlock& f) {
        for (int r = 0; r < 64; ++r) f.col(r * 32 + 3) = 0.0F;
      });
  EXPECT_THAT(quality_of(column).dead_cols, ElementsAre(3));
  EXPECT_THAT(quality_of(column).dead_cells, IsEmpty());
  const Recording half =
      test::with_frames(changed_body(3, [](Map&, std::size_t) {}), [](FrameBlock& f) {
        for (int r = 32; r < 64; ++r) f.col(r * 32 + 3) = 0.0F;
      });
  const Quality quality = quality_of(half);
  ASSERT_EQ(quality.dead_parts.size(), 1U);
  EXPECT_EQ(quality.dead_parts[0].first, 32);
  EXPECT_EQ(quality.dead_parts[0].last, 64);
  EXPECT_THAT(quality.dead_cells, IsEmpty());
}

TEST(Defects, ADeadHalfOfAColumnIsAPartAndTheOtherHalfStays) {
  const Recording r =
      changed_body(3, [](Map& map, std::size_t) { map.col(14).head(28).setZero(); });
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const PressureSeries series = calibrate(r, known);
  const Quality& quality = series.quality;
  EXPECT_THAT(quality.dead_cols, IsEmpty());
  ASSERT_EQ(quality.dead_parts.size(), 1U);
  EXPECT_FALSE(quality.dead_parts[0].is_row);
  EXPECT_EQ(quality.dead_parts[0].line, 14);
  EXPECT_EQ(quality.dead_parts[0].first, 0);
  EXPECT_EQ(quality.dead_parts[0].last, 28);
  EXPECT_EQ(series.repaired.count(), 28);
  ASSERT_FALSE(quality.reasons.empty());
  EXPECT_EQ(quality.reasons[0].code, "dead_part");
  EXPECT_THAT(quality.reasons[0].text, testing::HasSubstr("column 14 from 0 to 27"));
}

TEST(Defects, AHalfColumnThatOnePostureLoadsIsAGapAndNoDeadPart) {
  const auto parts_where_column_14_is_silent = [](std::size_t frames) {
    return quality_of(changed_body(12,
                                   [&](Map& map, std::size_t t) {
                                     if (t < frames) map.col(14).head(28).setZero();
                                   }))
        .dead_parts;
  };
  EXPECT_EQ(parts_where_column_14_is_silent(12).size(), 1U);
  EXPECT_THAT(parts_where_column_14_is_silent(9), IsEmpty());
}

TEST(Defects, AColumnThatOnePostureLoadsIsNeitherDeadNorWeak) {
  for (const float gain : {0.0F, 0.3F}) {
    const auto found = [&](std::size_t frames) {
      const Quality quality = quality_of(changed_body(12, [&](Map& map, std::size_t t) {
        if (t < frames) map.col(14) *= gain;
      }));
      return quality.dead_cols.size() + quality.weak_cols.size();
    };
    EXPECT_EQ(found(12), 1U) << gain;
    EXPECT_EQ(found(9), 0U) << gain;
  }
}

TEST(Defects, TwoDeadColumnsSideBySideAreBothFound) {
  const Recording r =
      changed_body(3, [](Map& map, std::size_t) { map.middleCols(13, 2).setZero(); });
  EXPECT_THAT(quality_of(r).dead_cols, ElementsAre(13, 14));
}

TEST(Defects, ADeadOutermostColumnUnderABroadLoadIsFoundAndABareEdgeIsNot) {
  const auto broad = [](Map& map) { map.block(20, 0, 14, 20).setConstant(150.0F); };
  const Recording sound = changed_body(3, [&](Map& map, std::size_t) { broad(map); });
  EXPECT_THAT(quality_of(sound).dead_cols, IsEmpty());
  const Recording dead = changed_body(3, [&](Map& map, std::size_t) {
    broad(map);
    map.col(0).setZero();
  });
  EXPECT_THAT(quality_of(dead).dead_cols, ElementsAre(0));
  // An arm, three cells wide, that ends one cell before the edge.
  const Recording arm =
      changed_body(3, [&](Map& map, std::size_t) { map.block(20, 1, 14, 3).setConstant(150.0F); });
  EXPECT_THAT(quality_of(arm).dead_cols, IsEmpty());
}

TEST(Defects, AbsentCellsAreNoDefectsAndNoNeighbours) {
  Recording r = changed_body(3, [](Map& map, std::size_t) { map.col(14).setZero(); });
  r.integer_counts = false;
  r.mat.absent.assign(64 * 32, 0);
  for (int row = 0; row < 64; ++row) r.mat.absent[static_cast<std::size_t>(row * 32)] = 1;
  r.mat.absent[28 * 32 + 20] = 1;  // within the trunk
  r = test::with_frames(r, [&](FrameBlock& f) {
    for (std::size_t i = 0; i < r.mat.absent.size(); ++i) {
      if (r.mat.absent[i] != 0) f.col(static_cast<Eigen::Index>(i)).setConstant(std::nanf(""));
    }
  });
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const PressureSeries series = calibrate(r, known);
  EXPECT_THAT(series.quality.dead_cells, IsEmpty());
  EXPECT_THAT(series.quality.dead_cols, ElementsAre(14));
  EXPECT_FALSE(series.repaired.col(0).any());
  EXPECT_TRUE(series.repaired(28, 20));
  EXPECT_EQ(series.repaired.count(), 65);
  const FrameBlock frame = series.frames_pa->read(0, 1);
  EXPECT_EQ(frame(0, 28 * 32), 0.0F);
  EXPECT_GT(frame(0, 28 * 32 + 20), 0.0F);
}

TEST(Defects, ARepairedCellIsKnownNoBetterThanItsRepair) {
  const Recording r = changed_body(3, [](Map& map, std::size_t) { map.col(14).setZero(); });
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const PressureSeries series = calibrate(r, known);
  const PressureField field = mean_field(series, 0, 3, series.orientation);
  EXPECT_NEAR(field.sd_pa(29, 14) / field.pressure_pa(29, 14), 0.42, 0.04);
  EXPECT_LT(field.sd_pa(29, 12), 0.1 * field.pressure_pa(29, 12));
}

TEST(Defects, AHotCellIsFoundAndAHeelIsNot) {
  // A heel: one cell at four times its neighbours and the map's highest.
  const auto heel = [](Map& map, std::size_t) { map(59, 12) = 1000.0F; };
  expect_sound(quality_of(changed_body(1, heel)));
  const auto hot = [](Map& map, std::size_t) { map(30, 11) = 4000.0F; };
  EXPECT_THAT(quality_of(changed_body(1, hot)).hot_cells, ElementsAre(Cell{30, 11}));
}

TEST(Defects, ACellThatJumpsNowAndThenIsHot) {
  const auto jump = [](Map& map, std::size_t t) {
    if (t == 3 || t == 4 || t == 9) map(20, 2) = 4051.0F;
  };
  EXPECT_THAT(quality_of(changed_body(20, jump)).hot_cells, ElementsAre(Cell{20, 2}));
}

TEST(Defects, ACellPinnedToSaturationIsHot) {
  const Recording r =
      test::with_frames(changed_body(20, [](Map&, std::size_t) {}),
                        [](FrameBlock& f) { f.col(19 * 32 + 30).setConstant(4095.0F); });
  EXPECT_THAT(quality_of(r).hot_cells, ElementsAre(Cell{19, 30}));
  EXPECT_EQ(quality_of(r).saturated_share, 0.0) << "a defective cell says nothing of the range";
}

TEST(Defects, ACellLoadedWhileTheMatIsEmptyIsHot) {
  const Recording r = made_recording(
      30,
      [](std::size_t t) {
        Map map = t < 10 ? Map(Map::Zero(64, 32)) : lying_body();
        map(50, 3) = 200.0F;
        return map;
      },
      44.0);
  EXPECT_THAT(quality_of(r).hot_cells, ElementsAre(Cell{50, 3}));
}

TEST(Defects, AHoleInTheTrunkIsADeadCell) {
  const auto hole = [](Map& map, std::size_t) { map(29, 16) = 0.0F; };
  EXPECT_THAT(quality_of(changed_body(5, hole)).dead_cells, ElementsAre(Cell{29, 16}));
}

TEST(Defects, ACellFarBelowTheBackgroundOrNeverFiniteIsDead) {
  Recording r = changed_body(5, [](Map&, std::size_t) {});
  EXPECT_THAT(
      quality_of(test::with_frames(r, [](FrameBlock& f) { f.col(70).setZero(); })).dead_cells,
      ElementsAre(Cell{2, 6}));
  r.integer_counts = false;
  const Recording missing =
      test::with_frames(r, [](FrameBlock& f) { f.col(70).setConstant(std::nanf("")); });
  EXPECT_THAT(quality_of(missing).dead_cells, ElementsAre(Cell{2, 6}));
  EXPECT_THAT(quality_of(missing).invalid, IsEmpty());
}

TEST(Saturation, IsSeenByThePileUpAtTheTop) {
  const Recording clipped = test::with_frames(changed_body(
                                                  4, [](Map&, std::size_t) {}, 0.0),
                                              [](FrameBlock& f) { f = f.min(200.0F); });
  const Quality quality = quality_of(clipped);
  EXPECT_EQ(quality.raw.saturation, 200.0);
  EXPECT_GT(quality.saturated_share, 0.02);
  EXPECT_EQ(quality.grade, Grade::c);
  EXPECT_FALSE(quality_of(changed_body(
                              4, [](Map&, std::size_t) {}, 0.0))
                   .raw.saturation.has_value());
}

TEST(Saturation, IsTheDocumentedFullScale) {
  Recording r = test::with_frames(changed_body(
                                      4, [](Map&, std::size_t) {}, 0.0),
                                  [](FrameBlock& f) { f(1, 29 * 32 + 15) = 500.0F; });
  EXPECT_FALSE(quality_of(r).raw.saturation.has_value());
  r.mat.full_scale = 500.0;
  EXPECT_EQ(quality_of(r).raw.saturation, 500.0);
}

}  // namespace
}  // namespace matfit
