#include "stages/acquire/finite_values.hpp"

#include "types/error.hpp"

#include <cmath>

namespace matfit {

void require_finite(const FrameBlock& block, std::size_t first_frame, int cols,
                    const std::string& file) {
  if (block.isFinite().all()) return;
  for (Eigen::Index frame = 0; frame < block.rows(); ++frame) {
    for (Eigen::Index cell = 0; cell < block.cols(); ++cell) {
      const float value = block(frame, cell);
      if (std::isfinite(value)) continue;
      throw InputError({file,
                        "frame " + std::to_string(first_frame + static_cast<std::size_t>(frame)) +
                            ", row " + std::to_string(cell / cols) + ", column " +
                            std::to_string(cell % cols) + " (from 0)",
                        std::isnan(value) ? "not a number" : "infinite", "a finite value",
                        "write 0 for cells without a reading"});
    }
  }
}

}  // namespace matfit
