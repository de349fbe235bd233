#include "types/mat_geometry.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using Map = Eigen::ArrayXXd;

// 1 2 3
// 4 5 6
Map recorded_map() {
  Map map(2, 3);
  map << 1, 2, 3, 4, 5, 6;
  return map;
}

Map rows_of(int rows, int cols, const std::vector<double>& values) {
  Map map(rows, cols);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < cols; ++c) map(r, c) = values[static_cast<std::size_t>(r * cols + c)];
  }
  return map;
}

Orientation oriented(HeadEnd head_end, View view) {
  Orientation o;
  o.head_end = head_end;
  o.view = view;
  return o;
}

struct Turned {
  HeadEnd head_end;
  View view;
  Map canonical;
};

// Turned by hand on paper: bring the head up by turning the sheet; a map from below is first turned
// over, left to right.
std::vector<Turned> turned_by_hand() {
  return {
      {HeadEnd::first_row, View::above, rows_of(2, 3, {1, 2, 3, 4, 5, 6})},
      {HeadEnd::first_row, View::below, rows_of(2, 3, {3, 2, 1, 6, 5, 4})},
      {HeadEnd::last_row, View::above, rows_of(2, 3, {6, 5, 4, 3, 2, 1})},
      {HeadEnd::last_row, View::below, rows_of(2, 3, {4, 5, 6, 1, 2, 3})},
      {HeadEnd::first_col, View::above, rows_of(3, 2, {4, 1, 5, 2, 6, 3})},
      {HeadEnd::first_col, View::below, rows_of(3, 2, {1, 4, 2, 5, 3, 6})},
      {HeadEnd::last_col, View::above, rows_of(3, 2, {3, 6, 2, 5, 1, 4})},
      {HeadEnd::last_col, View::below, rows_of(3, 2, {6, 3, 5, 2, 4, 1})},
      {HeadEnd::unknown, View::unknown, rows_of(2, 3, {1, 2, 3, 4, 5, 6})},
      {HeadEnd::last_row, View::unknown, rows_of(2, 3, {6, 5, 4, 3, 2, 1})},
      {HeadEnd::unknown, View::below, rows_of(2, 3, {3, 2, 1, 6, 5, 4})},
  };
}

std::string title(const Turned& t) {
  return std::string(name_of(t.head_end)) + " " + std::string(name_of(t.view));
}

TEST(Orientation, MapsTurnAsOnPaper) {
  for (const Turned& t : turned_by_hand()) {
    const Map turned = canonical_from_recording(recorded_map(), oriented(t.head_end, t.view));
    ASSERT_EQ(turned.rows(), t.canonical.rows()) << title(t);
    ASSERT_EQ(turned.cols(), t.canonical.cols()) << title(t);
    EXPECT_TRUE((turned == t.canonical).all()) << title(t) << "\n" << turned;
  }
}

TEST(Orientation, MapsComeBackUnchanged) {
  for (const Turned& t : turned_by_hand()) {
    const Orientation o = oriented(t.head_end, t.view);
    const Map back = recording_from_canonical(canonical_from_recording(recorded_map(), o), o);
    ASSERT_EQ(back.rows(), 2) << title(t);
    EXPECT_TRUE((back == recorded_map()).all()) << title(t);
  }
}

TEST(Orientation, CellCentresMoveWithTheirValues) {
  const MatGeometry recording{2, 3, 0.05, 0.02};
  for (const Turned& t : turned_by_hand()) {
    const Orientation o = oriented(t.head_end, t.view);
    const Map canonical = canonical_from_recording(recorded_map(), o);
    const MatGeometry g = canonical_geometry(recording, o);
    ASSERT_EQ(g.rows, canonical.rows()) << title(t);
    ASSERT_EQ(g.cols, canonical.cols()) << title(t);
    for (int r = 0; r < 2; ++r) {
      for (int c = 0; c < 3; ++c) {
        const Eigen::Vector2d point((c + 0.5) * 0.02, (r + 0.5) * 0.05);
        const Eigen::Vector2d there = canonical_from_recording(point, recording, o);
        const double col = there.x() / g.col_pitch_m - 0.5;
        const double row = there.y() / g.row_pitch_m - 0.5;
        ASSERT_NEAR(col, std::round(col), 1e-9) << title(t);
        ASSERT_NEAR(row, std::round(row), 1e-9) << title(t);
        EXPECT_EQ(canonical(std::lround(row), std::lround(col)), recorded_map()(r, c)) << title(t);
      }
    }
  }
}

TEST(Orientation, PointsComeBackUnchanged) {
  const MatGeometry recording{64, 27, 0.0275, 0.0254};
  const Eigen::Vector2d point(0.123, 1.456);
  for (const Turned& t : turned_by_hand()) {
    const Orientation o = oriented(t.head_end, t.view);
    const Eigen::Vector2d back =
        recording_from_canonical(canonical_from_recording(point, recording, o), recording, o);
    EXPECT_NEAR(back.x(), point.x(), 1e-12) << title(t);
    EXPECT_NEAR(back.y(), point.y(), 1e-12) << title(t);
  }
}

TEST(Orientation, APersonsRightArmStaysOnTheRight) {
  // Head at the left edge, seen from above, on the back, face up: the right arm lies towards the
  // recording's bottom edge, and in the body frame at low columns.
  Map map = Map::Zero(4, 6);
  map(3, 2) = 1.0;
  const Map turned = canonical_from_recording(map, oriented(HeadEnd::first_col, View::above));
  EXPECT_EQ(turned(2, 0), 1.0);
}

TEST(Orientation, PitchesSwapWhereTheBodyLiesAlongTheColumns) {
  const MatGeometry recording{10, 20, 0.03, 0.02};
  const MatGeometry along = canonical_geometry(recording, oriented(HeadEnd::last_col, View::above));
  EXPECT_EQ(along.rows, 20);
  EXPECT_EQ(along.cols, 10);
  EXPECT_DOUBLE_EQ(along.row_pitch_m, 0.02);
  EXPECT_DOUBLE_EQ(along.col_pitch_m, 0.03);
  const MatGeometry upright =
      canonical_geometry(recording, oriented(HeadEnd::last_row, View::below));
  EXPECT_EQ(upright.rows, 10);
  EXPECT_DOUBLE_EQ(upright.row_pitch_m, 0.03);
}

TEST(Orientation, IsKnownOnlyWithBothParts) {
  EXPECT_TRUE(oriented(HeadEnd::last_row, View::below).known());
  EXPECT_FALSE(oriented(HeadEnd::last_row, View::unknown).known());
  EXPECT_FALSE(oriented(HeadEnd::unknown, View::above).known());
}

TEST(MatGeometry, HasAreaLengthAndWidth) {
  const MatGeometry g{64, 32, 0.028, 0.025};
  EXPECT_EQ(g.cells(), 2048);
  EXPECT_DOUBLE_EQ(g.cell_area_m2(), 0.0007);
  EXPECT_DOUBLE_EQ(g.length_m(), 64 * 0.028);
  EXPECT_DOUBLE_EQ(g.width_m(), 0.8);
}

}  // namespace
}  // namespace matfit
