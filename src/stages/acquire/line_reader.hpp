#pragma once

#include "stages/acquire/sha256.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// The lines of a text file, read in blocks, as UTF-8: byte order marks and UTF-16 are understood;
// LF, CR LF and CR end a line; no-break spaces are blanks, but not between the digits of one
// number. Zero bytes and a Ctrl-Z that fill up the file's end are left out, and so are the blank
// lines that some spreadsheets put after every line. Throws InputError for a file that cannot be
// read, for a zero byte before its end and for a line longer than any recording has.
class LineReader {
 public:
  explicit LineReader(const std::filesystem::path& path,
                      std::size_t block_bytes = std::size_t{1} << 20);

  // The next line without its end; valid until the next call. Nothing after the last line.
  std::optional<std::string_view> next();
  std::size_t number() const { return number_; }  // of the line last given, from 1
  // The SHA-256 of the file's bytes, whatever was not yet read included; call once, last.
  std::string sha256();

 private:
  enum class Encoding { utf8, utf16_little, utf16_big };

  bool refill();
  void detect_encoding();
  void append_utf16(std::string_view bytes);
  void cut_filling(std::size_t from);
  std::optional<std::string_view> next_line();

  std::string file_;
  std::ifstream in_;
  Sha256 sum_;
  std::vector<char> block_;
  std::string text_;  // decoded, from begin_ on not yet given out
  std::size_t begin_ = 0;
  std::size_t number_ = 0;
  bool started_ = false;
  bool filling_ = false;          // nothing but filling from here to the end
  bool no_break_spaces_ = false;  // there may be some
  bool doubled_ = false;          // a blank line follows every line
  bool after_line_ = false;       // of a doubled file: its blank line may come
  char line_end_ = '\n';
  Encoding encoding_ = Encoding::utf8;
  std::string odd_bytes_;  // of a UTF-16 pair cut by the end of a block
};

// The whole text of a small file, as UTF-8.
std::string read_text(const std::filesystem::path& path);

}  // namespace matfit
