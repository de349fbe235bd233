#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_boditrak(const FileHead& head);

// Frames as the development kit for Vista Medical's FSA and BodiTrak mats prints them: "27x64
// 0.000000-200.000000 mmHg" (columns x rows, range, unit), then the rows in columns of four
// characters. Neither pitch nor times are in it. Plain frames without headings are plain text.
Recording read_boditrak(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
