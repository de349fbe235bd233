#pragma once

#include <algorithm>

namespace matfit {

// Calls visit(row, column) for each of the up to eight cells about one.
template <typename Visit>
void visit_neighbours(int rows, int cols, int row, int col, Visit visit) {
  for (int i = std::max(row - 1, 0); i <= std::min(row + 1, rows - 1); ++i) {
    for (int j = std::max(col - 1, 0); j <= std::min(col + 1, cols - 1); ++j) {
      if (i != row || j != col) visit(i, j);
    }
  }
}

}  // namespace matfit
