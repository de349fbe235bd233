#include "stages/acquire/printed_figure.hpp"

#include "stages/acquire/csv_cells.hpp"

#include <cmath>

namespace matfit {

std::optional<PrintedFigure> printed_figure(std::string_view cell, const std::string& unit) {
  const auto value = number_in(cell);
  if (!value) return std::nullopt;
  const std::size_t sign = cell.find_first_of(".,");
  const auto places =
      sign == std::string_view::npos ? 0.0 : static_cast<double>(cell.size() - sign - 1);
  return PrintedFigure{*value, std::pow(10.0, -places), unit};
}

}  // namespace matfit
