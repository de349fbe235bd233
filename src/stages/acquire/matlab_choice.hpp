#pragma once

#include "stages/acquire/matlab_file.hpp"
#include "stages/acquire/read_recording.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace matfit {

// How the frames lie in a MATLAB variable.
enum class MatlabOrder {
  frames_last,   // [rows, cols, frames], or cells
  frames_first,  // [frames, rows, cols]
  one_frame,     // [rows, cols]
  frame_rows,    // [frames, rows x cols]
  frame_cols,    // [rows x cols, frames]
};

struct MatlabChoice {
  std::size_t variable = 0;
  MatlabOrder order = MatlabOrder::frames_last;
  std::size_t frames = 0;
  int rows = 0;
  int cols = 0;
};

// The variable with the frames: the one that the user names, or the only one with three dimensions
// (or of cells), or else the only matrix. Its order follows from rows and columns where given, from
// the number of times (`times`, where a variable has them), and else from sizes that can be only
// one thing. InputError names the variables or the options to choose by.
MatlabChoice choose_frames(const MatlabFile& file, const std::string& path,
                           const ReadOptions& options, std::optional<std::size_t> times);

}  // namespace matfit
