#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace matfit {

// A recording's id is also a file name: one to a hundred of A-Z a-z 0-9 . _ -, not beginning with
// a dot.
bool is_recording_id(std::string_view text);

// The id of a file that has none: its name without the last extension, every other character
// replaced by _ and a leading dot too.
std::string id_from_file_name(const std::filesystem::path& path);

// The same for one of the file's sensors, whose name follows after a hyphen.
std::string id_of_sensor(const std::filesystem::path& path, std::string_view sensor);

}  // namespace matfit
