#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>

namespace matfit {

bool is_tactilus(const FileHead& head);

// Text exported by Sensor Products' Tactilus: "FRAME 1(mmHg)", a line with date and time, the rows
// of the frame and, in some versions, statistics. Frames may be numbered with gaps. Where the
// statistics print contact area and centre of pressure, the pitch of the cells follows from them;
// else it must be given.
Recording read_tactilus(const std::filesystem::path& path, const ReadOptions& options);

}  // namespace matfit
