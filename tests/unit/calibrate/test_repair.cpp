#include "numeric/random.hpp"
#include "stages/calibrate/repair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

using Frame = Eigen::Array<float, 1, Eigen::Dynamic>;
using Marks = std::vector<std::uint8_t>;

constexpr MatGeometry square = {12, 10, 0.025, 0.025};

template <typename Surface>
Frame frame_of(const MatGeometry& g, Surface surface) {
  Frame frame(g.cells());
  for (int i = 0; i < g.cells(); ++i) {
    frame[i] = static_cast<float>(surface(i / g.cols * g.row_pitch_m, i % g.cols * g.col_pitch_m));
  }
  return frame;
}

Marks column(const MatGeometry& g, int col) {
  Marks marks(static_cast<std::size_t>(g.cells()), 0);
  for (int r = 0; r < g.rows; ++r) marks[static_cast<std::size_t>(r * g.cols + col)] = 1;
  return marks;
}

Frame repaired(const MatGeometry& g, Frame frame, const Marks& defective,
               const Marks& absent = {}) {
  for (int i = 0; i < g.cells(); ++i) {
    if (defective[static_cast<std::size_t>(i)] != 0) frame[i] = 1e6F;
  }
  repair(plan_repair(g, defective, absent), frame);
  return frame;
}

// A broad load of 24 x 20 cells whose columns and cells are off by the given factors.
Eigen::ArrayXf rough_load(const MatGeometry& g, double sd_of_columns, double sd_of_cells) {
  Random random(11);
  std::vector<double> columns;
  for (int c = 0; c < g.cols; ++c) columns.push_back(1.0 + sd_of_columns * random.normal());
  Eigen::ArrayXf map(g.cells());
  for (int i = 0; i < g.cells(); ++i) {
    const double y = (i / g.cols - 12.0) / 8.0;
    const double x = (i % g.cols - 10.0) / 7.0;
    map[i] = static_cast<float>(100.0 * std::exp(-x * x - y * y) *
                                columns[static_cast<std::size_t>(i % g.cols)] *
                                (1.0 + sd_of_cells * random.normal()));
  }
  return map;
}

constexpr MatGeometry broad = {24, 20, 0.025, 0.025};

TEST(Repair, KeepsAPlaneWhateverThePitchIs) {
  for (const MatGeometry& g : {square, MatGeometry{12, 10, 0.03, 0.02}}) {
    const Frame plane =
        frame_of(g, [](double y, double x) { return 50.0 + 900.0 * y + 400.0 * x; });
    const Frame after = repaired(g, plane, column(g, 4));
    EXPECT_LT((after - plane).abs().maxCoeff(), 1.5F);
  }
}

TEST(Repair, CarriesADomeOnBetterThanTheMeanOfItsNeighbours) {
  const auto dome = [](double y, double x) {
    const double u = (y - 0.14) / 0.2;
    const double v = (x - 0.11) / 0.15;
    return 200.0 * std::exp(-u * u - v * v);
  };
  const Frame truth = frame_of(square, dome);
  const Frame after = repaired(square, truth, column(square, 4));
  for (int r = 0; r < square.rows; ++r) {
    const int i = r * square.cols + 4;
    const double mean = 0.5 * (truth[i - 1] + truth[i + 1]);
    EXPECT_LT(std::abs(after[i] - truth[i]), std::abs(mean - truth[i]) + 0.5) << r;
  }
  EXPECT_NEAR(after.sum() / truth.sum(), 1.0, 0.01);
}

TEST(Repair, NeverGoesBelowNothingBesideASteepEdge) {
  const Frame edge =
      frame_of(square, [](double, double x) { return x < 0.09 ? 0.0 : 400.0 * (x - 0.09) / 0.01; });
  EXPECT_GE(repaired(square, edge, column(square, 3)).minCoeff(), 0.0F);
}

TEST(Repair, OfADeadOutermostLineGoesOnFromInside) {
  const Frame plane = frame_of(square, [](double y, double) { return 100.0 + 100.0 * y; });
  const Frame after = repaired(square, plane, column(square, 0));
  EXPECT_LT((after - plane).abs().maxCoeff(), 2.0F);
}

TEST(Repair, MirrorsWithTheMat) {
  const Frame map = frame_of(square, [](double y, double x) { return 900.0 * x * x + 300.0 * y; });
  const Frame mirrored = frame_of(square, [](double y, double x) {
    const double other = 9.0 * 0.025 - x;
    return 900.0 * other * other + 300.0 * y;
  });
  const Frame a = repaired(square, map, column(square, 2));
  const Frame b = repaired(square, mirrored, column(square, 7));
  for (int r = 0; r < square.rows; ++r) {
    EXPECT_NEAR(a[r * square.cols + 2], b[r * square.cols + 7], 0.02);
  }
}

TEST(Repair, IsLessSureOfTheMiddleOfAHoleThanOfASingleCell) {
  Marks one(static_cast<std::size_t>(square.cells()), 0);
  one[5 * 10 + 5] = 1;
  Marks nine = one;
  for (const int i : {44, 45, 46, 54, 56, 64, 65, 66}) nine[static_cast<std::size_t>(i)] = 1;
  const RepairPlan single = plan_repair(square, one);
  const RepairPlan hole = plan_repair(square, nine);
  ASSERT_EQ(single.cells.size(), 1U);
  ASSERT_EQ(hole.cells.size(), 9U);
  EXPECT_NEAR(single.cells[0].relative_sd, 0.31, 0.02);
  EXPECT_GT(hole.cells[4].relative_sd, 1.5 * single.cells[0].relative_sd);
  EXPECT_GT(hole.cells[4].relative_sd, hole.cells[0].relative_sd);
}

TEST(Repair, BridgesAbsentCellsWithinTheMatAndLeavesThoseOutside) {
  Marks absent(static_cast<std::size_t>(square.cells()), 0);
  absent[5 * 10 + 5] = 1;
  for (const int i : {0, 1, 10}) absent[static_cast<std::size_t>(i)] = 1;  // a corner
  const Marks none(absent.size(), 0);
  Frame frame = Frame::Constant(square.cells(), 80.0F);
  for (std::size_t i = 0; i < absent.size(); ++i) {
    if (absent[i] != 0) frame[static_cast<Eigen::Index>(i)] = 0.0F;
  }
  const RepairPlan plan = plan_repair(square, none, absent);
  ASSERT_EQ(plan.cells.size(), 1U);
  repair(plan, frame);
  EXPECT_NEAR(frame[55], 80.0F, 0.1F);
  EXPECT_EQ(frame[0], 0.0F);
  EXPECT_EQ(frame[10], 0.0F);
}

TEST(Repair, TakesNothingFromAbsentCells) {
  Marks absent(static_cast<std::size_t>(square.cells()), 0);
  for (int r = 0; r < square.rows; ++r) absent[static_cast<std::size_t>(r * square.cols)] = 1;
  Frame frame = Frame::Constant(square.cells(), 80.0F);
  for (int r = 0; r < square.rows; ++r) frame[r * square.cols] = 0.0F;
  const Frame after = repaired(square, frame, column(square, 1), absent);
  for (int r = 0; r < square.rows; ++r) EXPECT_NEAR(after[r * square.cols + 1], 80.0F, 0.5F);
}

TEST(Repair, KnowsOfWhatRepeatsOverTheMap) {
  Eigen::ArrayXf bands = rough_load(broad, 0.0, 0.02);
  for (int i = 0; i < broad.cells(); ++i) bands[i] *= i / broad.cols % 4 == 1 ? 1.0F : 0.4F;
  Marks lost(static_cast<std::size_t>(broad.cells()), 0);
  const int row = 13;  // a high one
  for (int c = 0; c < broad.cols; ++c) lost[static_cast<std::size_t>(row * broad.cols + c)] = 1;
  const auto error_of = [&](const RepairPlan& plan) {
    Frame after = bands;
    repair(plan, after);
    return std::abs(after.sum() - bands.sum());
  };
  const float plate = error_of(plan_repair(broad, lost));
  const float learned = error_of(plan_repair(broad, lost, {}, bands));
  EXPECT_GT(plate, 0.03F * bands.sum());
  EXPECT_LT(learned, 0.6F * plate);
}

TEST(Repair, LearnsNothingFromAbsentCells) {
  const Eigen::ArrayXf whole = rough_load(broad, 0.1, 0.1);
  const Marks lost = column(broad, 8);
  Marks absent(static_cast<std::size_t>(broad.cells()), 0);
  Eigen::ArrayXf without = whole;
  for (int i = 0; i < broad.cells(); ++i) {
    if (i % broad.cols > 2) continue;
    absent[static_cast<std::size_t>(i)] = 1;
    without[i] = 0.0F;
  }
  const RepairPlan plan = plan_repair(broad, lost, absent, without);
  ASSERT_EQ(plan.cells.size(), 24U);
  for (const RepairPlan::Cell& cell : plan.cells) {
    EXPECT_FALSE(cell.from.empty());
    for (const auto& [from, weight] : cell.from) EXPECT_GT(from % broad.cols, 2);
  }
}

TEST(Repair, WithoutAnySoundCellGivesNothing) {
  const Marks all(static_cast<std::size_t>(square.cells()), 1);
  Frame frame = Frame::Constant(square.cells(), 7.0F);
  repair(plan_repair(square, all), frame);
  EXPECT_TRUE((frame == 0.0F).all());
}

TEST(Repair, LearnsFromTheMapHowSureItIs) {
  const Marks lost = column(broad, 9);
  const RepairPlan smooth = plan_repair(broad, lost, {}, rough_load(broad, 0.0, 0.02));
  const RepairPlan rough = plan_repair(broad, lost, {}, rough_load(broad, 0.0, 0.2));
  for (std::size_t i = 8; i < 16; ++i) {
    EXPECT_GT(rough.cells[i].relative_sd, 2.0 * smooth.cells[i].relative_sd);
  }
  EXPECT_GT(smooth.cells[12].relative_sd, 0.02);
}

TEST(Repair, TakesTheErrorsAlongALineTogether) {
  const Marks lost = column(broad, 9);
  const RepairPlan lines = plan_repair(broad, lost, {}, rough_load(broad, 0.2, 0.0));
  const RepairPlan cells = plan_repair(broad, lost, {}, rough_load(broad, 0.0, 0.2));
  EXPECT_NEAR(lines.cells[12].relative_sd / cells.cells[12].relative_sd, 1.0, 0.3);
  EXPECT_GT(lines.load_sd_share, 2.0 * cells.load_sd_share);
  EXPECT_NEAR(lines.load_sd_share / lines.load_share, 0.2 * std::sqrt(1.5), 0.12)
      << "a column's own error and half of each neighbour's";
}

TEST(Repair, SaysWhatShareOfTheLoadIsRepaired) {
  const Eigen::ArrayXf map = rough_load(broad, 0.0, 0.0);
  const RepairPlan plan = plan_repair(broad, column(broad, 9), {}, map);
  float lost = 0.0F;
  for (int r = 0; r < broad.rows; ++r) lost += map[r * broad.cols + 9];
  EXPECT_NEAR(plan.load_share, lost / map.sum(), 0.002);
}

TEST(Repair, IsAsSureOfAMirroredMap) {
  const Eigen::ArrayXf map = rough_load(broad, 0.1, 0.1);
  Eigen::ArrayXf mirrored(map.size());
  for (int i = 0; i < broad.cells(); ++i) {
    mirrored[i] = map[i / broad.cols * broad.cols + broad.cols - 1 - i % broad.cols];
  }
  const RepairPlan a = plan_repair(broad, column(broad, 6), {}, map);
  const RepairPlan b = plan_repair(broad, column(broad, 13), {}, mirrored);
  EXPECT_NEAR(a.load_sd_share, b.load_sd_share, 1e-6);
  for (std::size_t i = 0; i < a.cells.size(); ++i) {
    EXPECT_NEAR(a.cells[i].relative_sd, b.cells[i].relative_sd, 1e-5);
  }
}

}  // namespace
}  // namespace matfit
