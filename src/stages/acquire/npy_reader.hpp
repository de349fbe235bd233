#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_npy(const FileHead& head);

// A NumPy array file, format versions 1 to 3: whole numbers of 1 to 8 bytes and floating-point ones
// of 4 or 8, either byte order, C or Fortran order; [frames, rows, cols], [rows, cols], or
// [frames, rows * cols] with rows and cols given. Frames stay in the file and are read in blocks.
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
Recording read_npy_recording(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
