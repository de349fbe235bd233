#include "stages/acquire/cell_layout.hpp"

#include "files.hpp"
#include "stages/acquire/cell_table.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

CellOutline cell(const std::string& name, double x_mm, double y_mm, double width_mm,
                 double height_mm) {
  return rectangle_around(name, Eigen::Vector2d(x_mm, y_mm) / 1000.0, width_mm / 1000.0,
                          height_mm / 1000.0);
}

CellLayout laid(const std::vector<CellOutline>& cells) { return lay_out(cells, "mat", "cells"); }

double area_on_grid(const CellLayout& layout, int sensor) {
  return static_cast<double>(
             std::count(layout.sensor_of_cell.begin(), layout.sensor_of_cell.end(), sensor)) *
         layout.geometry.cell_area_m2();
}

TEST(CellLayout, of_like_cells_in_rows_and_columns_is_their_lattice_with_the_highest_row_first) {
  // Column by column from the top, as novel numbers its sensors; one corner is missing.
  const CellLayout layout =
      laid({cell("1", 5, 25, 10, 20), cell("2", 5, 5, 10, 20), cell("3", 15, 25, 10, 20),
            cell("4", 25, 25, 10, 20), cell("5", 25, 5, 10, 20)});
  EXPECT_TRUE(layout.lattice);
  EXPECT_EQ(layout.geometry.rows, 2);
  EXPECT_EQ(layout.geometry.cols, 3);
  EXPECT_NEAR(layout.geometry.row_pitch_m, 0.020, 1e-12);
  EXPECT_NEAR(layout.geometry.col_pitch_m, 0.010, 1e-12);
  EXPECT_THAT(layout.sensor_of_cell, ElementsAre(0, 2, 3, 1, -1, 4));
  EXPECT_THAT(layout.absent(), ElementsAre(0, 0, 0, 0, 1, 0));
  EXPECT_LT(layout.worst_area_error, 1e-9);
}

TEST(CellLayout, of_unequal_rectangles_keeps_every_area_on_a_finer_grid) {
  const std::vector<CellOutline> cells = {cell("a", 10, 10, 20, 20), cell("b", 25, 15, 10, 10),
                                          cell("c", 25, 5, 10, 10), cell("d", 40, 12, 20, 24)};
  const CellLayout layout = laid(cells);
  EXPECT_FALSE(layout.lattice);
  for (int i = 0; i < 4; ++i) {
    EXPECT_NEAR(area_on_grid(layout, i), cells[static_cast<std::size_t>(i)].area_m2(), 1e-9);
  }
  EXPECT_FALSE(layout.absent().empty());  // above a to c there is nothing
}

TEST(CellLayout, of_slanting_cells_keeps_areas_within_two_percent) {
  std::vector<CellOutline> cells;
  for (int i = 0; i < 12; ++i) {
    const double x = 0.012 * (i % 4) + 0.002 * (i / 4);
    const double y = 0.015 * (i / 4);
    cells.push_back(
        {std::to_string(i),
         {Eigen::Vector2d(x, y), Eigen::Vector2d(x + 0.012, y),
          Eigen::Vector2d(x + 0.014, y + 0.015), Eigen::Vector2d(x + 0.002, y + 0.015)}});
  }
  const CellLayout layout = laid(cells);
  EXPECT_LE(layout.worst_area_error, 0.02);
  for (int i = 0; i < 12; ++i) {
    EXPECT_NEAR(area_on_grid(layout, i) / cells[static_cast<std::size_t>(i)].area_m2(), 1.0, 0.02);
  }
}

TEST(CellLayout, gives_the_grid_each_sensors_pressure_and_nothing_elsewhere) {
  const CellLayout layout = laid({cell("1", 5, 15, 10, 10), cell("2", 15, 5, 10, 10)});
  FrameBlock sensors(2, 2);
  sensors << 1, 2, 3, 4;
  const FrameBlock frames = laid_out(std::make_shared<MemoryFrames>(sensors), layout)->read(0, 2);
  ASSERT_EQ(frames.cols(), 4);
  EXPECT_EQ(frames(0, 0), 1);
  EXPECT_EQ(frames(1, 0), 3);
  EXPECT_EQ(frames(1, 3), 4);
  EXPECT_TRUE(std::isnan(frames(0, 1)) && std::isnan(frames(0, 2)));
}

TEST(CellLayout, refuses_cells_over_each_other_without_area_or_beyond_any_mat) {
  const auto error = [](const std::vector<CellOutline>& cells) {
    return input_error_of([&] { laid(cells); });
  };
  EXPECT_THAT(error({cell("7", 5, 5, 10, 10), cell("8", 8, 5, 10, 10)}),
              AllOf(HasSubstr("sensors 7 and 8"), HasSubstr("width_mm")));
  EXPECT_THAT(error({cell("7", 5, 5, 10, 0)}), HasSubstr("sensor 7 of 0 mm2"));
  EXPECT_THAT(error({cell("1", 0, 0, 1, 1), cell("2", 9e6, 7e5, 1.3, 1)}),
              HasSubstr("unequal outlines"));
}

TEST(CellTable, gives_outlines_in_the_order_of_the_sensors) {
  const TemporaryFolder folder;
  const auto path = write_file(folder.path() / "cells.csv",
                               "cell,x_mm,y_mm,area_mm2,width_mm,height_mm\n"
                               "2,30,5,,20,10\n1,10,5,100,,\n");
  const std::vector<CellOutline> cells = read_cell_table(path, {1, 2});
  ASSERT_EQ(cells.size(), 2U);
  EXPECT_NEAR(cells[0].area_m2(), 1e-4, 1e-12);
  EXPECT_NEAR(cells[1].area_m2(), 2e-4, 1e-12);
  EXPECT_NEAR(cells[1].corners_m[0].x(), 0.020, 1e-12);
}

TEST(CellTable, names_missing_double_and_sizeless_cells) {
  const TemporaryFolder folder;
  const auto error = [&](const std::string& rows) {
    const auto path = write_file(folder.path() / "cells.csv", "cell,x_mm,y_mm,area_mm2\n" + rows);
    return input_error_of([&] { read_cell_table(path, {1, 2}); });
  };
  EXPECT_THAT(error("1,0,0,100\n"), HasSubstr("no line for cell 2"));
  EXPECT_THAT(error("1,0,0,100\n1,0,0,100\n"), AllOf(HasSubstr("line 3"), HasSubstr("once")));
  EXPECT_THAT(error("1,0,0,\n2,0,0,100\n"), AllOf(HasSubstr("line 2"), HasSubstr("area_mm2")));
}

}  // namespace
}  // namespace matfit
