#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// A figure that a vendor's software printed beside the cells that it was made of.
struct PrintedFigure {
  double value = 0.0;
  double place = 1.0;  // of its last digit
  std::string unit;    // as written
};

// Absent where the cell is no number.
std::optional<PrintedFigure> printed_figure(std::string_view cell, const std::string& unit);

}  // namespace matfit
