#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_matlab(const FileHead& head);

// MATLAB .mat files, versions 5 to 7 and 7.3: the frames are chosen as matlab_choice.hpp says, or
// a cell array of equal matrices. Cells that are NaN in every frame are absent ones. Read beside
// them where they are named so: time (seconds), fs or sample_rate (Hz), pitch_mm, row_pitch_mm,
// col_pitch_mm, units. Frames that lie flat in a matrix ([frames, rows x cols]) run along rows or
// along columns, whichever gives the smoother maps.
Recording read_matlab(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
