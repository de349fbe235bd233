#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_kitronyx(const FileHead& head);

// CSV written by Kitronyx's software, ADC counts or forces of an unnamed unit, so raw; the pitch
// must be given. Two layouts: each frame a matrix under " Frame Index: 30, Measurement Time(sec):
// 01.00" ("-2d"), or a frame a line under "Measurement Time (sec),R0C0,R0C1,..." ("-1d").
Recording read_kitronyx(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
