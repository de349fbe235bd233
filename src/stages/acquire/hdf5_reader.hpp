#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

// A damaged file too: the reader says how.
bool is_hdf5_recording(const FileHead& head);

// matfit's own recording format; every statement in it is checked. Frames stay in the file and are
// read in blocks, so the file must stay as it is while the recording is in use.
Recording read_hdf5_recording(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
