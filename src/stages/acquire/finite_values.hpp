#pragma once

#include "types/mat_geometry.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <string>

namespace matfit {

// InputError naming frame, row and column of the first value that is not a number or infinite.
// `first_frame` is the recording's index of the block's first frame.
void require_finite(const FrameBlock& block, std::size_t first_frame, int cols,
                    const std::string& file);

}  // namespace matfit
