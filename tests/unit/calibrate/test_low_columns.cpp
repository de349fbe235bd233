#include "made_recording.hpp"

#include "stages/calibrate/faulty_lines.hpp"
#include "stages/calibrate/low_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matfit {
namespace {

using test::Map;
using testing::ElementsAre;
using testing::IsEmpty;

DefectMap map_of(const Map& reading) {
  DefectMap map;
  map.reading = reading;
  map.missing = DefectMap::Marks::Constant(reading.rows(), reading.cols(), false);
  map.top = 400.0F;
  map.quiet = 1.0F;
  return map;
}

std::vector<int> weak_columns(const Map& reading) {
  DefectMap map = map_of(reading);
  return find_column_faults(map).weak;
}

std::vector<int> weak_rows(const Map& reading) {
  DefectMap map = map_of(reading).transposed();
  return find_column_faults(map).weak;
}

// The made body, and an arm beside its trunk with one column between them that carries nothing.
Map body_with_an_arm() {
  Map map = test::lying_body();
  map.block(12, 22, 16, 1).setZero();
  map.block(12, 23, 16, 3).setConstant(90.0F);
  return map;
}

TEST(LowColumns, ColumnsOfASoundBodyAreNotWeak) {
  EXPECT_THAT(weak_columns(test::lying_body()), IsEmpty());
  EXPECT_THAT(weak_rows(test::lying_body()), IsEmpty());
}

TEST(LowColumns, AGapBetweenTrunkAndArmIsNotWeak) {
  EXPECT_THAT(weak_columns(body_with_an_arm()), IsEmpty());
}

TEST(LowColumns, AWeakColumnThroughALegAloneIsFound) {
  Map map = test::lying_body();
  map.topRows(32).leftCols(13).setZero();  // of column 11 only the leg is left
  EXPECT_THAT(weak_columns(map), IsEmpty());
  map.col(11) *= 0.2F;
  EXPECT_THAT(weak_columns(map), ElementsAre(11));
}

TEST(LowColumns, EachOfTwoWeakColumnsIsFound) {
  Map map = test::lying_body();
  for (const int column : {11, 19}) map.col(column) *= 0.3F;
  EXPECT_THAT(weak_columns(map), ElementsAre(11, 19));
}

TEST(LowColumns, WhatLiesBesideTheNeighbourOfAWeakColumnIsNotTakenForOne) {
  for (const int column : {10, 11, 12, 13, 14, 15}) {
    Map map = test::lying_body();
    map.col(column) *= 0.15F;
    EXPECT_THAT(weak_columns(map), ElementsAre(column));
  }
}

TEST(LowColumns, AWeakRowThroughTheTrunkIsFoundAndNoneAmongManyAlike) {
  Map one = test::lying_body();
  one.row(28) *= 0.25F;
  EXPECT_THAT(weak_rows(one), ElementsAre(28));
  Map air_cells = test::lying_body();
  for (int row = 12; row < 56; row += 4) air_cells.row(row) *= 0.25F;
  EXPECT_THAT(weak_rows(air_cells), IsEmpty());
}

TEST(LowColumns, LevelsOfAMirroredMapAreMirrored) {
  Map map = body_with_an_arm();
  map.col(14) *= 0.3F;
  const DefectMap there = map_of(map);
  const DefectMap back = map_of(map.rowwise().reverse());
  const LineLevels levels(there);
  const LineLevels mirrored(back);
  for (int c = 1; c < 31; ++c) {
    const auto a = levels.of(c);
    const auto b = mirrored.of(31 - c);
    ASSERT_EQ(a.has_value(), b.has_value()) << c;
    if (!a) continue;
    EXPECT_EQ(a->loaded, b->loaded);
    EXPECT_NEAR(a->level, b->level, 1e-6);
    EXPECT_NEAR(a->under_surface, b->under_surface, 1e-6);
    EXPECT_NEAR(a->fall, b->fall, 1e-6);
  }
}

TEST(LowColumns, TheLevelOfAColumnFallsByTheLogarithmOfItsGain) {
  const DefectMap sound = map_of(test::lying_body());
  Map map = test::lying_body();
  map.col(14) *= 0.5F;
  const DefectMap halved = map_of(map);
  const double before = LineLevels(sound).of(14)->level;
  EXPECT_NEAR(LineLevels(halved).of(14)->level, before + std::log(0.5), 0.03);
}

TEST(LowColumns, ADeadPairIsFoundAndASingleDeadColumnIsNone) {
  Map map = test::lying_body();
  map.col(14).setZero();
  const DefectMap one = map_of(map);
  EXPECT_THAT(dead_pairs(LineLevels(one)), IsEmpty());
  map.col(15).setZero();
  const DefectMap two = map_of(map);
  EXPECT_THAT(dead_pairs(LineLevels(two)), ElementsAre(14, 15));
}

}  // namespace
}  // namespace matfit
