#pragma once

#include "stages/acquire/hdf5_statements.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

namespace matfit {

// The frames with their unit, grid and absent cells into the recording; they stay in the file and
// are read in blocks.
void read_hdf5_frames(const Hdf5Statements& stated, const ReadOptions& options,
                      Recording& recording);

}  // namespace matfit
