#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

bool is_novel_asc(const FileHead& head);

// novel's .asc export of pliance mats and pedar insoles: a table with a time and the pressure of
// every sensor in each line, decimal dots or commas. Corners of the cells follow for mats and are
// laid out on a grid (cell_layout.hpp); for insoles they are not in the file and ReadOptions.cells
// must name a table of them. Rows named MPP and MVP are summaries and not frames.
Recording read_novel_asc(const std::filesystem::path& path, const ReadOptions& options);

// "left" and "right" where both insoles are in the table; none for a mat.
std::vector<std::string> novel_asc_sensors(const std::filesystem::path& path);

}  // namespace matfit
