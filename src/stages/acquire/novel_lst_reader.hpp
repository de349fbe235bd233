#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

bool is_novel_lst(const FileHead& head);

// novel's .lst export of emed platforms: a page a picture with the loaded part of the matrix, its
// rows and columns numbered, and the force of each row, each column and the whole. Cells outside
// the printed part read 0. Every printed force must be that of the cells, within rounding; in this
// way the forces also tell the unit of the pressures, which the file does not name. Pages that are
// no pictures (MPP, MVP) are summaries and not frames.
Recording read_novel_lst(const std::filesystem::path& path, const ReadOptions& options);

// Where picture numbers begin again, a file holds several measurements: "1", "2", ...
std::vector<std::string> novel_lst_measurements(const std::filesystem::path& path);

}  // namespace matfit
