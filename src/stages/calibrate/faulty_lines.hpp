#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <vector>

namespace matfit {

// Cells [first, last) of a column.
struct ColumnPart {
  int column = 0;
  int first = 0;
  int last = 0;
};

struct ColumnFaults {
  std::vector<int> dead;
  std::vector<ColumnPart> dead_parts;
  std::vector<int> weak;
};

// Columns that read one value from end to end beside columns that vary. Marks them as missing.
std::vector<int> find_hot_columns(DefectMap& map);

// Columns that are broken, as far as the load about them tells:
//   dead       next to nothing where the columns on either side, carried on, promise load; also two
//              side by side, and an outermost one beside four columns of even load
//   dead part  the same from one end up to a cell that reads as it should
//   weak       a like fraction, up to about 0.4, of what is expected along all of the column; one
//              by one, the weakest first
// All of them in whatever posture. The gaps of an air mattress and of slats dip too, some to a
// tenth: where a direction has such dips, only less is dead and nothing is weak. Marks what it
// finds as missing.
ColumnFaults find_column_faults(DefectMap& map);

}  // namespace matfit
