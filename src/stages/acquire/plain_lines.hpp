#pragma once

#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/number_line.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// What a spreadsheet put between the cells of a text whose words and numbers are parted by blanks:
// a semicolon or comma where it parts more lines than blanks part rows of numbers; else none. A
// comma between two digits of a line with blanks is a decimal sign.
std::optional<char> cell_separator(const std::vector<std::string>& lines);

// The line as it was before: tabs for `separator`, without quotes and without empty cells at its
// end. Valid as long as `line` and `buffer` are.
std::string_view plain_line(std::string_view line, std::optional<char> separator,
                            std::string& buffer);

// The lines of such a text, whether or not it went through a spreadsheet. Errors as LineReader's.
class PlainLines {
 public:
  explicit PlainLines(const std::filesystem::path& path);

  // As those of LineReader.
  std::optional<std::string_view> next();
  std::size_t number() const { return lines_.number(); }
  std::string sha256() { return lines_.sha256(); }
  // How numbers stand in these lines.
  NumberSyntax number_syntax() const {
    return {.comma_parts = false, .semicolons = separator_ == ';'};
  }

 private:
  LineReader lines_;
  std::optional<char> separator_;
  std::string buffer_;
};

}  // namespace matfit
