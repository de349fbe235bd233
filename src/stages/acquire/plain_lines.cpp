#include "stages/acquire/plain_lines.hpp"

#include "stages/acquire/file_head.hpp"
#include "stages/acquire/utf8_text.hpp"

#include <algorithm>

namespace matfit {

namespace {

bool has_blanks(std::string_view line) {
  return line.find_first_of(" \t") != std::string_view::npos;
}

bool parts(char separator, std::string_view line) {
  const bool blanks = has_blanks(trimmed(line));
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '"') quoted = !quoted;
    if (line[at] != separator || quoted) continue;
    const bool inside = at > 0 && at + 1 < line.size();
    const bool decimal =
        separator == ',' && blanks && inside && is_digit(line[at - 1]) && is_digit(line[at + 1]);
    if (!decimal) return true;
  }
  return false;
}

}  // namespace

std::optional<char> cell_separator(const std::vector<std::string>& lines) {
  const auto rows = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
    return only_numbers(line) && has_blanks(trimmed(line)) && !parts(',', line) &&
           !parts(';', line);
  });
  for (const char separator : {';', ','}) {
    const auto parted = std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      return parts(separator, line);
    });
    if (parted > rows) return separator;
  }
  return std::nullopt;
}

std::string_view plain_line(std::string_view line, std::optional<char> separator,
                            std::string& buffer) {
  if (!separator && line.find('"') == std::string_view::npos) return line;
  buffer.clear();
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else {
      buffer += c == separator && !quoted ? '\t' : c;
    }
  }
  buffer.resize(buffer.find_last_not_of(" \t") + 1);
  return buffer;
}

PlainLines::PlainLines(const std::filesystem::path& path)
    : lines_(path), separator_(cell_separator(read_file_head(path).lines)) {}

std::optional<std::string_view> PlainLines::next() {
  const auto line = lines_.next();
  if (!line) return std::nullopt;
  return plain_line(*line, separator_, buffer_);
}

}  // namespace matfit
