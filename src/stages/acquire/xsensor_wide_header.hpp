#pragma once

#include "types/mat_geometry.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// The columns of one sensor in XSENSOR's wide layout, by their index in the line.
struct XsensorWideSensor {
  struct Cell {
    std::size_t column;
    int row, col;  // on the sensor, from 0
  };
  std::vector<Cell> cells;
  std::optional<std::size_t> name, rows, cols, average, peak, total_area;
  std::optional<std::size_t> sensel_width, sensel_height;
  std::string pressure_unit;  // in a heading, as written; empty: none
  std::string area_unit;
  std::string length_unit;
};

// The heading of the wide layout: a frame a line, cells in columns S_row_col (from 1), before them
// what concerns the frame and, for each sensor, its name and figures.
struct XsensorWideHeader {
  char separator = ',';
  std::size_t columns = 0;
  std::optional<std::size_t> date, time, units, threshold;
  std::vector<XsensorWideSensor> sensors;
};

// Absent where the line is no such heading. InputError for a cell that stands there twice.
std::optional<XsensorWideHeader> xsensor_wide_header(std::string_view line, char separator,
                                                     const std::string& file,
                                                     std::size_t line_number);

}  // namespace matfit
