#pragma once

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// All there is to know of a format: adding one is a line in the table and the files of its reader.
struct Format {
  std::string_view id;
  std::string_view name;
  std::string_view detail;
  // Whether a file that begins so is of this format; the content decides, never the file's name.
  bool (*recognise)(const FileHead& head);
  Recording (*read)(const std::filesystem::path& path, const ReadOptions& options);
  // The names of the sensors in a file, in its order, one or more. Null: the format knows no
  // sensors.
  std::vector<std::string> (*sensors)(const std::filesystem::path& path) = nullptr;
  // Nothing but numbers: a guess that a grid given by the user overrules (plain text).
  bool bare_numbers = false;
};

// In the order of `matfit formats`; the first that recognises a file is its format.
std::span<const Format> format_table();

// Null where there is none of that id.
const Format* format_named(std::string_view id);

}  // namespace matfit
