#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

bool is_xsensor_wide(const FileHead& head);

// XSENSOR's wide text export (xsensor_wide_header.hpp), one of its sensors. Cells of the grid that
// have no column are absent. The cells' size is not in most of these files.
Recording read_xsensor_wide(const std::filesystem::path& path, const ReadOptions& options);

std::vector<std::string> xsensor_wide_sensors(const std::filesystem::path& path);

}  // namespace matfit
