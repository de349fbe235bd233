#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_tekscan(const FileHead& head);

// Tekscan's ASCII export (.asf, .csv): a header, then each frame's number, times and cells, then
// @@. Cells written B are absent. Where counts are printed with their Raw Sum it must be the sum of
// the cells; a file whose frames do not end where its header says is cut off, and an InputError.
Recording read_tekscan(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
