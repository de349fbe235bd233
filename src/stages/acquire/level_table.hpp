#pragma once

#include "stages/acquire/read_recording.hpp"
#include "types/known_load.hpp"

#include <filesystem>
#include <vector>

namespace matfit {

// A recording under a known load, not yet opened.
struct LevelEntry {
  std::filesystem::path path;
  KnownLoad load;
  ReadOptions read;  // from mats.csv where the line names a mat
};

// The list of recordings of a calibration: columns path, then on each line either pressure_mmhg or
// pressure_kpa (uniform; 0 is the empty mat), or mass_kg with area_cm2 ("mat" for the whole mat);
// optional direction (up or down) and mat_id (of mats.csv beside the table). Paths are relative to
// the table. InputError names the line, UsageError a wrong header.
std::vector<LevelEntry> read_level_table(const std::filesystem::path& path);

}  // namespace matfit
