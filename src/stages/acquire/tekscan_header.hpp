#pragma once

#include "stages/acquire/line_reader.hpp"
#include "types/mat_geometry.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace matfit {

// What stands above the frames of Tekscan's ASCII export (I-Scan, F-Scan, CONFORMat, BPMS ...).
struct TekscanHeader {
  MatGeometry geometry;  // a pitch is 0 where it is not stated
  std::string sensor_type;
  std::string units;  // as written; empty: not stated
  std::optional<double> seconds_per_frame;
  std::optional<std::size_t> start_frame;
  std::optional<std::size_t> end_frame;
  std::optional<double> noise_threshold;      // counts; below it the software set cells to 0
  std::optional<double> saturation_pressure;  // in `units`
  // Calibration of counts, pressure = factor x counts ^ exponent. It has been applied to cells in
  // units of pressure and not to raw ones: no public reader multiplies by it, and with 255 counts
  // it gives the stated saturation pressure.
  std::optional<double> scale_factor;
  std::optional<double> scale_exponent;
  bool mirror_row = false;  // the software showed the rows, or columns, mirrored
  bool mirror_col = false;
};

// Reads up to and with the line ASCII_DATA. InputError for a statement that is missing, wrong or
// out of range.
TekscanHeader read_tekscan_header(LineReader& lines, const std::string& file);

// A line without what a spreadsheet adds to it: quotes around it and empty cells behind it.
std::string tekscan_text(std::string_view line);

}  // namespace matfit
