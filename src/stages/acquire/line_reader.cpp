#include "stages/acquire/line_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>

namespace matfit {

namespace {

constexpr std::size_t longest_line = std::size_t{1} << 26;

void append_utf8(std::uint32_t code, std::string& text) {
  const auto byte = [&text](std::uint32_t value) { text.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xc0 | code >> 6);
    byte(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    byte(0xe0 | code >> 12);
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  } else {
    byte(0xf0 | code >> 18);
    byte(0x80 | (code >> 12 & 0x3f));
    byte(0x80 | (code >> 6 & 0x3f));
    byte(0x80 | (code & 0x3f));
  }
}

// The length of the no-break space at `at`: UTF-8's of several widths, or Latin's single byte; 0
// where there is none.
std::size_t no_break_space(std::string_view line, std::size_t at) {
  for (const std::string_view space : {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"}) {
    if (line.substr(at).starts_with(space)) return space.size();
  }
  const bool alone = at == 0 || static_cast<unsigned char>(line[at - 1]) < 0x80;
  return line[at] == '\xa0' && alone ? 1 : 0;
}

// "1 234": as much a number as two.
bool groups_digits(std::string_view line, std::size_t before, std::size_t after) {
  if (before == 0 || !is_digit(line[before - 1]) || line.size() < after + 3) return false;
  const bool three = std::all_of(line.begin() + static_cast<std::ptrdiff_t>(after),
                                 line.begin() + static_cast<std::ptrdiff_t>(after + 3), is_digit);
  return three && (line.size() == after + 3 || !is_digit(line[after + 3]));
}

// Puts blanks for no-break spaces; `line` becomes shorter and ends before its old end.
std::string_view with_blanks(char* line, std::size_t size) {
  const std::string_view text(line, size);
  std::size_t to = 0;
  for (std::size_t at = 0; at < size; ++to) {
    const std::size_t space = no_break_space(text, at);
    const bool blank = space > 0 && !groups_digits(text, at, at + space);
    line[to] = blank ? ' ' : text[at];
    at += blank ? space : 1;
  }
  return text.substr(0, to);
}

// Whether a blank line stands after every line of this beginning of a file, the last, which may
// be cut, apart.
bool has_doubled_lines(std::string_view text, char line_end) {
  constexpr std::size_t looked_at = 8192;  // the same however large the block that was read
  constexpr int fewest = 3;
  text = text.substr(0, looked_at);
  int with_content = 0;
  for (bool second = false;; second = !second) {
    const std::size_t end = text.find(line_end);
    if (end == std::string_view::npos) break;
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (second && !is_blank_row(line)) return false;
    with_content += is_blank_row(line) ? 0 : 1;
    text.remove_prefix(end + 1);
  }
  return with_content >= fewest;
}

// Small files need no large block.
std::size_t smallest_of_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? std::numeric_limits<std::size_t>::max()
               : std::max<std::size_t>(4096, static_cast<std::size_t>(size) + 1);
}

}  // namespace

LineReader::LineReader(const std::filesystem::path& path, std::size_t block_bytes)
    : file_(path.string()),
      in_(path, std::ios::binary),
      block_(std::min(block_bytes, smallest_of_file(path))) {
  if (!in_) throw InputError({file_, "", "", "a readable file", "check the path and its rights"});
}

void LineReader::detect_encoding() {
  const std::string_view head(text_);
  if (head.starts_with("\xef\xbb\xbf")) begin_ = 3;
  // With a mark, or ASCII without one: every other byte is zero.
  const auto zero_at = [&](std::size_t i) { return head.size() > 1 && head[i] == '\0'; };
  if (head.starts_with("\xff\xfe") || (zero_at(1) && !zero_at(0))) {
    encoding_ = Encoding::utf16_little;
  } else if (head.starts_with("\xfe\xff") || (zero_at(0) && !zero_at(1))) {
    encoding_ = Encoding::utf16_big;
  }
  if (encoding_ != Encoding::utf8) {
    const std::string bytes = std::move(text_);
    text_.clear();
    append_utf16(bytes);
    if (text_.starts_with("\xef\xbb\xbf")) begin_ = 3;  // the mark itself
  }
  // An old Mac's file: CR that no LF follows ends its first line.
  const std::size_t end = text_.find_first_of("\r\n", begin_);
  const std::size_t after = text_.find_first_not_of('\r', end);
  if (after != std::string::npos && after != end && text_[after] != '\n') line_end_ = '\r';
}

// From `from` on there is new text.
void LineReader::cut_filling(std::size_t from) {
  constexpr std::string_view filling("\0\x1a\r\n", 4);
  std::size_t begin = from;
  if (!filling_) {
    begin = std::min(text_.find('\0', from), text_.find('\x1a', from));
    if (begin == std::string::npos) return;
    filling_ = true;
  }
  if (text_.find_first_not_of(filling, begin) != std::string::npos) {
    const auto lines = std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin_),
                                  text_.begin() + static_cast<std::ptrdiff_t>(begin), line_end_);
    throw InputError({file_,
                      "line " + std::to_string(number_ + static_cast<std::size_t>(lines) + 1),
                      "a zero byte or Ctrl-Z", "text up to the file's end",
                      "the file is damaged there or not UTF-8: copy or export it again"});
  }
  text_.resize(begin);
}

void LineReader::append_utf16(std::string_view bytes) {
  const std::string joined = odd_bytes_ + std::string(bytes);
  const std::size_t high = encoding_ == Encoding::utf16_big ? 0 : 1;
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(joined[at + high])) << 8 |
           static_cast<unsigned char>(joined[at + 1 - high]);
  };
  std::size_t at = 0;
  while (at + 2 <= joined.size()) {
    std::uint32_t code = unit(at);
    if (code >= 0xd800 && code < 0xdc00) {  // the first half of a pair
      if (at + 4 > joined.size()) break;
      code = 0x10000 + ((code - 0xd800) << 10) + ((unit(at + 2) - 0xdc00) & 0x3ff);
      at += 2;
    }
    at += 2;
    append_utf8(code, text_);
  }
  odd_bytes_ = joined.substr(at);
}

bool LineReader::refill() {
  if (!in_) return false;
  in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
  const std::string_view bytes(block_.data(), static_cast<std::size_t>(in_.gcount()));
  if (in_.bad()) throw InputError({file_, "", "", "a readable file", "the disk gave an error"});
  sum_.update(bytes.data(), bytes.size());
  text_.erase(0, begin_);
  begin_ = 0;
  const std::size_t old_size = text_.size();
  if (!started_) {
    started_ = true;
    text_ = bytes;
    detect_encoding();
    doubled_ = has_doubled_lines(std::string_view(text_).substr(begin_), line_end_);
  } else if (encoding_ == Encoding::utf8) {
    text_ += bytes;
  } else {
    append_utf16(bytes);
  }
  no_break_spaces_ = no_break_spaces_ || text_.find('\xa0', old_size) != std::string::npos ||
                     text_.find('\xe2', old_size) != std::string::npos;
  cut_filling(old_size);
  return !bytes.empty();
}

std::optional<std::string_view> LineReader::next() {
  auto line = next_line();
  if (doubled_ && after_line_ && line && is_blank_row(*line)) line = next_line();
  after_line_ = true;
  if (!line || !no_break_spaces_) return line;
  return with_blanks(text_.data() + (line->data() - text_.data()), line->size());
}

std::optional<std::string_view> LineReader::next_line() {
  std::size_t searched = begin_;
  for (;;) {
    const std::size_t end = text_.find(line_end_, searched);
    if (end != std::string::npos) {
      std::string_view line(text_.data() + begin_, end - begin_);
      begin_ = end + 1;
      ++number_;
      while (line_end_ == '\n' && line.ends_with('\r')) line.remove_suffix(1);
      return line;
    }
    const std::size_t pending = text_.size() - begin_;
    if (pending > longest_line) {
      throw InputError({file_, "line " + std::to_string(number_ + 1), "",
                        "a line of at most " + std::to_string(longest_line) + " bytes",
                        "this is not a text of frames"});
    }
    if (!refill()) break;
    searched = std::max(begin_, pending);
  }
  if (begin_ >= text_.size()) return std::nullopt;
  const std::string_view line(text_.data() + begin_, text_.size() - begin_);
  begin_ = text_.size();
  ++number_;
  return line;
}

std::string LineReader::sha256() {
  while (refill()) begin_ = text_.size();
  return sum_.hex();
}

std::string read_text(const std::filesystem::path& path) {
  LineReader lines(path);
  std::string text;
  while (const auto line = lines.next()) {
    text += *line;
    text += '\n';
  }
  return text;
}

}  // namespace matfit
