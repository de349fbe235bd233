#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

// Whether its first line is numbers only; what is wrong in a later one is for the reader to name.
bool is_plain_text(const FileHead& head);

// Frames of rows x cols numbers: one frame a line, or one row a line with frames following each
// other, with or without blank lines between them; the first line tells which. Lines that begin
// with # and, between frames, headings and statistics in words are skipped. Sets frames,
// integer_counts and sha256 of `recording`, whose geometry and path must be set. InputError names
// the line of a wrong grid, a word or an empty cell.
void read_text_frames(Recording& recording);

// Plain text with the grid given by the user. The orientation is unknown unless given.
Recording read_text_recording(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
