#pragma once

#include "stages/acquire/read_recording.hpp"

#include <string>
#include <string_view>
#include <vector>

// What spreadsheets, editors and other countries do to a text of frames.
namespace matfit::test {

// How the cells of a text stand side by side; lines of words in a text parted by blanks are one
// cell.
enum class Parted { comma, semicolon, tab, blanks, not_at_all };

struct Variant {
  std::string name;
  std::string (*of)(const std::string& text, Parted parted);
  bool changes_case = false;  // of names too
};

// Every one gives a text of the same meaning, but for thousands_* (see there).
std::vector<Variant> file_variants();

// The cells of one line, without their quotes, and a line of such cells.
std::vector<std::string> variant_cells(std::string_view line, Parted parted);

// Why `other` is not the recording `original`, in a few words; empty where it is: frames, cells,
// geometry, unit and times, whatever the file was called.
std::string difference(const Recording& original, const Recording& other);

}  // namespace matfit::test
