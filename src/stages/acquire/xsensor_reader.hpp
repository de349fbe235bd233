#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

bool is_xsensor(const FileHead& head);

// XSENSOR's text export in blocks (xsensor_blocks.hpp), one of its sensors: unit, grid, cells' size
// and times are the file's own. A frame whose printed peak is not that of its cells is an
// InputError; printed averages that differ are noted.
Recording read_xsensor(const std::filesystem::path& path, const ReadOptions& options);

std::vector<std::string> xsensor_sensors(const std::filesystem::path& path);

}  // namespace matfit
