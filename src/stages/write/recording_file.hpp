#pragma once

#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

// Writes matfit's own recording format (HDF5): frames as uint16 where all values are whole numbers
// that fit, else float32, in chunks of at most 512 KiB, shuffled and deflated; time stamps; mat,
// subject, mattress and labels as far as they are known. The file appears whole or not at all, and
// the same recording gives the same bytes. Throws h5::Error or std::filesystem::filesystem_error
// when the disk does not take it, std::invalid_argument when `recording` contradicts itself.
void write_recording(const Recording& recording, const std::filesystem::path& path);

}  // namespace matfit
