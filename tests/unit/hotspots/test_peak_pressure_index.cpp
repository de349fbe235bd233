#include "made_field.hpp"

#include "stages/hotspots/peak_pressure_index.hpp"

#include <gtest/gtest.h>

#include <set>

namespace matfit {
namespace {

PeakPressureIndex index_of(const PressureField& field, int row, int col) {
  const CellMask all = CellMask::Constant(field.geometry.rows, field.geometry.cols, true);
  return peak_pressure_index(field, all, row, col, 9e-4, 10e-4);
}

PressureField flat_field(double pitch_m) {
  PressureField field = test::made_field({}, pitch_m);
  field.pressure_pa.setConstant(1000.0);
  return field;
}

TEST(PeakPressureIndex, TakesWholeCellsWhereTheyFitTheArea) {
  // Nine cells of 1 cm2, and of 1.05 cm2.
  EXPECT_EQ(index_of(flat_field(0.01), 30, 15).cells.size(), 9U);
  EXPECT_NEAR(index_of(flat_field(0.01), 30, 15).area_m2, 9e-4, 1e-12);
  EXPECT_EQ(index_of(flat_field(0.01025), 30, 15).cells.size(), 9U);
}

TEST(PeakPressureIndex, TakesPartOfTheLastCellWhereTheyDoNot) {
  const PeakPressureIndex index = index_of(flat_field(0.0254), 30, 15);
  EXPECT_NEAR(index.area_m2, 9e-4, 1e-12);
  ASSERT_EQ(index.cells.size(), 2U);
  EXPECT_EQ(index.cells[0].second, 1.0);
  EXPECT_NEAR(index.cells[1].second, 9.0 / 6.4516 - 1.0, 1e-9);
  EXPECT_NEAR(index.mean_pa, 1000.0, 1e-9);
}

TEST(PeakPressureIndex, ACellLargerThanTheAreaStandsAlone) {
  const PeakPressureIndex index = index_of(flat_field(0.05), 30, 15);
  EXPECT_EQ(index.cells.size(), 1U);
  EXPECT_NEAR(index.area_m2, 25e-4, 1e-12);
}

TEST(PeakPressureIndex, GrowsAlongTheRidgeAndStaysConnected) {
  PressureField field = test::made_field({}, 0.01);
  for (int c = 10; c < 25; ++c) field.pressure_pa(30, c) = 5000.0 - 10.0 * c;
  field.pressure_pa(40, 10) = 9000.0;  // higher, but not connected
  const PeakPressureIndex index = index_of(field, 30, 10);
  for (const auto& [cell, share] : index.cells) {
    EXPECT_EQ(cell / 32, 30);
    EXPECT_EQ(share, 1.0);
  }
  EXPECT_NEAR(index.mean_pa, 5000.0 - 10.0 * (10 + 18) / 2.0, 1e-9);
}

TEST(PeakPressureIndex, IsNeverAboveThePeakNorBelowTheSameAreaElsewhereOnTheMound) {
  const PressureField field = test::made_field({{{0.16, 0.32}, 5000.0, 0.03}}, 0.01);
  Eigen::Index row = 0;
  Eigen::Index col = 0;
  const double peak = field.pressure_pa.maxCoeff(&row, &col);
  const PeakPressureIndex index = index_of(field, static_cast<int>(row), static_cast<int>(col));
  EXPECT_LE(index.mean_pa, peak);
  for (int r = 1; r + 1 < 64; ++r) {
    for (int c = 1; c + 1 < 32; ++c) {
      EXPECT_LE((field.pressure_pa.block<3, 3>(r - 1, c - 1).mean()), index.mean_pa + 1e-9);
    }
  }
}

TEST(PeakPressureIndex, DoesNotLeaveTheCellsThatAreItsOwn) {
  PressureField field = flat_field(0.01);
  field.pressure_pa.rightCols(16).setConstant(3000.0);  // a higher neighbour
  CellMask own = CellMask::Constant(64, 32, false);
  own.leftCols(16).setConstant(true);
  EXPECT_NEAR(peak_pressure_index(field, own, 30, 15, 9e-4, 10e-4).mean_pa, 1000.0, 1e-9);
  EXPECT_NEAR(peak_pressure_index(field, !own, 30, 16, 9e-4, 10e-4).mean_pa, 3000.0, 1e-9);
}

TEST(PeakPressureIndex, NeverExceedsThePeakItStartsFrom) {
  PressureField field = flat_field(0.01);
  field.pressure_pa(31, 15) = 3000.0;
  EXPECT_NEAR(index_of(field, 30, 15).mean_pa, 1000.0, 1e-9);
}

TEST(PeakPressureIndex, InACornerItTakesWhatThereIs) {
  PressureField field = flat_field(0.0254);
  const PeakPressureIndex index = index_of(field, 0, 0);
  std::set<Eigen::Index> cells;
  for (const auto& [cell, share] : index.cells) cells.insert(cell);
  EXPECT_EQ(cells.size(), 2U);
  EXPECT_NEAR(index.area_m2, 9e-4, 1e-12);
}

}  // namespace
}  // namespace matfit
