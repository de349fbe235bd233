#include "stages/calibrate/defects.hpp"

#include "stages/calibrate/dead_cells.hpp"
#include "stages/calibrate/defect_map.hpp"
#include "stages/calibrate/faulty_lines.hpp"
#include "stages/calibrate/hot_cells.hpp"

#include <algorithm>

namespace matfit {

namespace {

using Cells = std::vector<std::array<int, 2>>;
using Marks = DefectMap::Marks;

constexpr double least_part = 0.2;  // of a line's cells that are silent from one end on

void mark_missing(DefectMap& map, const Cells& cells) {
  for (const auto& [r, c] : cells) {
    map.missing(r, c) = true;
    map.reading(r, c) = 0.0F;
  }
}

// How many cells from the start of a column are silent or absent; 0 where none is silent.
int silent_from_start(const Marks& silent, const Marks& absent, int column, bool backwards) {
  const auto rows = static_cast<int>(silent.rows());
  int length = 0;
  bool any = false;
  for (; length < rows; ++length) {
    const int row = backwards ? rows - 1 - length : length;
    if (!silent(row, column) && !absent(row, column)) break;
    any = any || silent(row, column);
  }
  return any ? length : 0;
}

// Columns, and parts of columns, all of whose cells are silent; takes those cells' marks away.
ColumnFaults gathered_columns(Marks& silent, const Marks& absent) {
  ColumnFaults out;
  const auto rows = static_cast<int>(silent.rows());
  const auto take = [&](int column, int first, int count) {
    silent.col(column).segment(first, count).setConstant(false);
  };
  for (int c = 0; c < static_cast<int>(silent.cols()); ++c) {
    const int head = silent_from_start(silent, absent, c, false);
    const int tail = silent_from_start(silent, absent, c, true);
    if (head == rows) {
      out.dead.push_back(c);
      take(c, 0, rows);
    } else if (head >= least_part * rows) {
      out.dead_parts.push_back({c, 0, head});
      take(c, 0, head);
    } else if (tail >= least_part * rows) {
      out.dead_parts.push_back({c, rows - tail, rows});
      take(c, rows - tail, tail);
    }
  }
  return out;
}

void append(std::vector<int>& to, const std::vector<int>& more) {
  to.insert(to.end(), more.begin(), more.end());
  std::sort(to.begin(), to.end());
}

void add_columns(Defects& out, const ColumnFaults& faults) {
  append(out.dead_cols, faults.dead);
  append(out.weak_cols, faults.weak);
  for (const ColumnPart& p : faults.dead_parts) {
    out.dead_parts.push_back({false, p.column, p.first, p.last});
  }
}

void add_rows(Defects& out, const ColumnFaults& faults) {
  append(out.dead_rows, faults.dead);
  append(out.weak_rows, faults.weak);
  for (const ColumnPart& p : faults.dead_parts) {
    out.dead_parts.push_back({true, p.column, p.first, p.last});
  }
}

Marks absent_marks(const DefectEvidence& evidence) {
  const MatGeometry& g = evidence.geometry;
  Marks marks = Marks::Constant(g.rows, g.cols, false);
  for (std::size_t i = 0; i < evidence.absent.size(); ++i) {
    marks.data()[i] = evidence.absent[i] != 0;
  }
  return marks;
}

// Cells without any reading, as lines where whole lines are silent.
void add_silent(Defects& out, const DefectEvidence& evidence, const Cells& cells) {
  Marks silent = Marks::Constant(evidence.geometry.rows, evidence.geometry.cols, false);
  for (const auto& [r, c] : cells) silent(r, c) = true;
  const Marks absent = absent_marks(evidence);
  add_columns(out, gathered_columns(silent, absent));
  Marks transposed = silent.transpose();
  add_rows(out, gathered_columns(transposed, absent.transpose()));
  for (int r = 0; r < evidence.geometry.rows; ++r) {
    for (int c = 0; c < evidence.geometry.cols; ++c) {
      if (transposed(c, r)) out.dead_cells.push_back({r, c});
    }
  }
}

}  // namespace

std::vector<std::uint8_t> Defects::mask(const MatGeometry& geometry,
                                        const std::vector<std::uint8_t>& absent) const {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(geometry.cells()), 0);
  const auto set = [&](int r, int c) { out[static_cast<std::size_t>(r * geometry.cols + c)] = 1; };
  const auto set_part = [&](const LinePart& p) {
    for (int k = p.first; k < p.last; ++k) p.is_row ? set(p.line, k) : set(k, p.line);
  };
  for (const auto& [r, c] : dead_cells) set(r, c);
  for (const auto& [r, c] : hot_cells) set(r, c);
  for (const LinePart& p : dead_parts) set_part(p);
  for (const auto* rows : {&dead_rows, &weak_rows, &hot_rows}) {
    for (const int r : *rows) set_part({true, r, 0, geometry.cols});
  }
  for (const auto* cols : {&dead_cols, &weak_cols, &hot_cols}) {
    for (const int c : *cols) set_part({false, c, 0, geometry.rows});
  }
  for (std::size_t i = 0; i < absent.size(); ++i) {
    if (absent[i] != 0) out[i] = 0;
  }
  return out;
}

Defects find_defects(const DefectEvidence& evidence) {
  Defects out;
  DefectMap map = defect_map(evidence);
  out.hot_cells = find_hot_cells(evidence, map);
  mark_missing(map, out.hot_cells);
  const Cells silent = find_silent_cells(evidence);
  mark_missing(map, silent);
  add_silent(out, evidence, silent);

  DefectMap turned = map.transposed();
  out.hot_cols = find_hot_columns(map);
  out.hot_rows = find_hot_columns(turned);
  for (const int r : out.hot_rows) {
    map.missing.row(r).setConstant(true);
    map.reading.row(r).setZero();
  }
  add_columns(out, find_column_faults(map));
  turned = map.transposed();
  add_rows(out, find_column_faults(turned));
  map = turned.transposed();

  const Cells holes = find_holes(evidence, map);
  out.dead_cells.insert(out.dead_cells.end(), holes.begin(), holes.end());
  std::sort(out.dead_cells.begin(), out.dead_cells.end());
  return out;
}

}  // namespace matfit
