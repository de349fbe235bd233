#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

struct FormatDescription {
  std::string id, name, detail;
};

// Everything that read_recording understands, in the order of `matfit formats`.
std::vector<FormatDescription> known_formats();

// What a file's content looks like: a format's id, or why it is none.
struct Sniffed {
  std::string format;  // empty: not known
  // Where not known: what it is, and after a colon, if that is known, how to make it readable.
  std::string reason;
  // A text that says nothing of its grid (numbers only, or nothing known): the grid that a user
  // gives settles it.
  bool grid_is_open = false;
};

// Looks at no more than the file's beginning. Throws InputError where there is no such file,
// where it cannot be read or is empty.
Sniffed sniff_format(const std::filesystem::path& path);

}  // namespace matfit
