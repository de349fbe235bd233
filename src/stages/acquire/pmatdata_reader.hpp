#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

// PhysioNet PmatData 1.0.0 (Pouyan et al., IEEE BHI 2017, 65-68, doi 10.1109/BHI.2017.7897206).
inline constexpr int pmatdata_i_rows = 64;
inline constexpr int pmatdata_i_cols = 32;
inline constexpr int pmatdata_ii_rows = 64;
inline constexpr int pmatdata_ii_cols = 27;

bool is_pmatdata_i(const FileHead& head);
bool is_pmatdata_ii(const FileHead& head);

// Experiment I: Vista Medical FSA SoftFlex 2048, one frame a line at 1 Hz.
Recording read_pmatdata_i(const std::filesystem::path& path, const ReadOptions& options);

// Experiment II: Vista Medical BodiTrak BT3510, one averaged frame a file.
Recording read_pmatdata_ii(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
