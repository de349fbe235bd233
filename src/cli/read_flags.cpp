#include "cli/read_flags.hpp"

#include "types/units.hpp"

namespace matfit {

namespace {

constexpr OptionTable::Bounds cell_bounds = {1, 4096};
constexpr OptionTable::Bounds pitch_bounds_mm = {0.5, 500};
constexpr OptionTable::Bounds rate_bounds_hz = {1e-4, 1e4};

std::optional<double> metres(const std::optional<double>& millimetres) {
  if (!millimetres) return std::nullopt;
  return *millimetres * m_per_mm;
}

}  // namespace

void ReadFlags::declare(OptionTable& options) {
  options.section("Where a file does not say");
  options.text("format", format_, "ID", "read as this format (see matfit formats)");
  options.text("sensor", sensor_, "NAME", "which one, of a file with several sensors");
  options.number("rows", rows_, cell_bounds, "N", "rows of cells");
  options.number("cols", cols_, cell_bounds, "N", "columns of cells");
  options.number("row-pitch-mm", row_pitch_mm_, pitch_bounds_mm, "MM", "from row to row");
  options.number("col-pitch-mm", col_pitch_mm_, pitch_bounds_mm, "MM", "from column to column");
  options.choice("head-end", head_end_,
                 {"first_row", "last_row", "first_col", "last_col", "unknown"},
                 "where the head lies");
  options.choice("view", view_, {"above", "below", "unknown"}, "below: seen mirrored");
  options.choice("units", units_, {"mmHg", "kPa", "raw"}, "unit of the values");
  options.text("cells", cells_, "FILE", "where each sensor lies: cell, x_mm, y_mm, area_mm2");
  options.text("variable", variable_, "NAME", "which one, of a MATLAB file with several");
  options.number("sample-rate-hz", sample_rate_hz_, rate_bounds_hz, "HZ", "frames a second");
}

ReadOptions ReadFlags::values() const {
  ReadOptions options;
  options.format = format_;
  options.sensor = sensor_;
  options.cells = cells_;
  options.variable = variable_;
  options.rows = rows_;
  options.cols = cols_;
  options.row_pitch_m = metres(row_pitch_mm_);
  options.col_pitch_m = metres(col_pitch_mm_);
  options.sample_rate_hz = sample_rate_hz_;
  if (!head_end_.empty()) options.head_end = head_end_named(head_end_);
  if (!view_.empty()) options.view = view_named(view_);
  if (!units_.empty()) options.unit = pressure_unit_named(units_);
  return options;
}

}  // namespace matfit
