#include "stages/acquire/printed_centres.hpp"

#include <cmath>

namespace matfit {

namespace {

constexpr double agreement = 0.02;
// A difference of the two scales that the rounding of printed centres explains.
constexpr double square_cells = 0.01;

}  // namespace

void PrintedCentres::Scale::add(double printed_m, double cells) {
  product += printed_m * cells;
  square += cells * cells;
}

void PrintedCentres::add(std::span<const float> frame, int cols, const PrintedCentre& printed) {
  if (!printed.contact_area_m2 || !printed.x_m || !printed.y_m) return;
  double loaded = 0.0;
  double sum = 0.0;
  double x = 0.0;
  double y = 0.0;
  const auto width = static_cast<std::size_t>(cols);
  for (std::size_t cell = 0; cell < frame.size(); ++cell) {
    const double value = frame[cell];
    if (!(value > 0.0)) continue;
    loaded += 1.0;
    sum += value;
    x += value * (static_cast<double>(cell % width) + 0.5);
    y += value * (static_cast<double>(cell / width) + 0.5);
  }
  if (loaded == 0.0) return;
  loaded_cells_ += loaded;
  area_m2_ += *printed.contact_area_m2;
  along_cols_.add(*printed.x_m, x / sum);
  along_rows_.add(*printed.y_m, y / sum);
}

std::optional<PrintedCentres::Pitch> PrintedCentres::pitch() const {
  if (loaded_cells_ == 0.0) return std::nullopt;
  const double cell_m2 = area_m2_ / loaded_cells_;
  const double col_m = along_cols_.value();
  const double row_m = along_rows_.value();
  if (!(std::abs(row_m * col_m / cell_m2 - 1.0) <= agreement)) return std::nullopt;
  const double ratio = std::abs(row_m / col_m - 1.0) <= square_cells ? 1.0 : row_m / col_m;
  return Pitch{std::sqrt(cell_m2 * ratio), std::sqrt(cell_m2 / ratio)};
}

}  // namespace matfit
