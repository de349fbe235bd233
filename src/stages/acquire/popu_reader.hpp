#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_popu(const FileHead& head);

// PoPu's JSON files (Fonseca et al., Data 2023 8(7):120): snapshots of one sensor sheet with the
// person's sex, stature and mass and, but for others.json, the posture. Neither the pitch nor the
// unit is documented, so the pitch must be given; the snapshots carry no times.
Recording read_popu_recording(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
