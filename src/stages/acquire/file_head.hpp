#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// The beginning of a file: all that it takes to recognise a format, so that a file is opened once
// however many formats there are.
struct FileHead {
  std::filesystem::path path;
  std::string bytes;               // the first 16 KiB as they are, at least one
  std::vector<std::string> lines;  // of a text: its first lines as UTF-8; empty where it is binary
  std::vector<std::string> plain_lines;  // the same without what a spreadsheet added

  // Whether any of the lines holds `text`, in either case.
  bool mentions(std::string_view text) const;
  // The first line that is neither blank nor a comment (#); empty where there is none.
  std::string_view first_content() const;
  std::string_view first_plain() const;  // likewise of plain_lines
};

// Whether a line is neither blank nor a comment (#).
bool has_content(std::string_view line);

// InputError where there is no such file, where it cannot be read or is empty.
FileHead read_file_head(const std::filesystem::path& path);

}  // namespace matfit
