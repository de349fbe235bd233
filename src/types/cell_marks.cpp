#include "types/cell_marks.hpp"

namespace matfit {

CellMarks cell_marks(const Quality& quality, const MatGeometry& geometry) {
  CellMarks marks = CellMarks::Constant(geometry.rows, geometry.cols, CellMark::sound);
  for (const BridgedLines& lines : quality.bridged) {
    const int count = lines.last_line - lines.first_line;
    const int cells = lines.last - lines.first;
    if (lines.rows) {
      marks.block(lines.first_line, lines.first, count, cells) = CellMark::bridged;
    } else {
      marks.block(lines.first, lines.first_line, cells, count) = CellMark::bridged;
    }
  }
  for (const int row : quality.weak_rows) marks.row(row) = CellMark::weak;
  for (const int col : quality.weak_cols) marks.col(col) = CellMark::weak;
  for (const LinePart& part : quality.dead_parts) {
    const int cells = part.last - part.first;
    if (part.is_row) {
      marks.row(part.line).segment(part.first, cells) = CellMark::dead;
    } else {
      marks.col(part.line).segment(part.first, cells) = CellMark::dead;
    }
  }
  for (const int row : quality.dead_rows) marks.row(row) = CellMark::dead;
  for (const int col : quality.dead_cols) marks.col(col) = CellMark::dead;
  for (const auto& [row, col] : quality.dead_cells) marks(row, col) = CellMark::dead;
  for (const int row : quality.hot_rows) marks.row(row) = CellMark::hot;
  for (const int col : quality.hot_cols) marks.col(col) = CellMark::hot;
  for (const auto& [row, col] : quality.hot_cells) marks(row, col) = CellMark::hot;
  return marks;
}

}  // namespace matfit
