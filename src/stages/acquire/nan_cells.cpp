#include "stages/acquire/nan_cells.hpp"

#include "types/error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

std::string NanCells::place(std::size_t cell) const {
  return "row " + std::to_string(cell / cols_) + ", column " + std::to_string(cell % cols_) +
         " (from 0)";
}

void NanCells::add(std::span<const float> frame) {
  for (std::size_t cell = 0; cell < frame.size(); ++cell) {
    if (std::isfinite(frame[cell])) continue;
    if (std::isinf(frame[cell])) {
      throw InputError({file_, "frame " + std::to_string(frames_) + ", " + place(cell), "infinite",
                        "a finite value", "write NaN in every frame for cells that the mat lacks"});
    }
    ++count_[cell];
  }
  ++frames_;
}

std::vector<std::uint8_t> NanCells::absent() const {
  std::vector<std::uint8_t> absent(count_.size(), 0);
  for (std::size_t cell = 0; cell < count_.size(); ++cell) {
    if (count_[cell] != 0 && count_[cell] != frames_) {
      throw InputError(
          {file_, place(cell),
           "NaN in " + std::to_string(count_[cell]) + " of " + std::to_string(frames_) + " frames",
           "a value in every frame, or NaN in every frame for a cell that the mat "
           "lacks",
           "fill the gaps or leave these frames out"});
    }
    absent[cell] = count_[cell] != 0 ? 1 : 0;
  }
  const auto lacking = std::count(absent.begin(), absent.end(), 1);
  if (lacking == static_cast<std::ptrdiff_t>(absent.size())) {
    throw InputError({file_, "", "NaN everywhere", "values", "save the frames again"});
  }
  if (lacking == 0) absent.clear();
  return absent;
}

}  // namespace matfit
