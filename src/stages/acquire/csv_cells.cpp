#include "stages/acquire/csv_cells.hpp"

#include "stages/acquire/utf8_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace matfit {

std::vector<std::string> csv_cells(std::string_view line, char separator) {
  std::vector<std::string> cells;
  std::string cell;
  std::size_t quoted_to = 0;  // how much of the cell stood in quotes
  const auto finish = [&] {
    // Blanks in quotes belong to the cell no more than those outside.
    cells.emplace_back(trimmed(cell));
    cell.clear();
    quoted_to = 0;
  };
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '"' && trimmed(std::string_view(cell).substr(quoted_to)).empty()) {
      for (++at; at < line.size(); ++at) {
        if (line[at] == '"') {
          if (at + 1 == line.size() || line[at + 1] != '"') break;
          ++at;
        }
        cell += line[at];
      }
      quoted_to = cell.size();
    } else if (c == separator) {
      finish();
    } else {
      cell += c;
    }
  }
  finish();
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

std::string_view take_cell(std::optional<std::string_view>& rest, char separator) {
  const std::string_view line = *rest;
  std::size_t end = 0;
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  if (begin < line.size() && line[begin] == '"') {
    end = begin + 1;
    while (end < line.size() &&
           !(line[end] == '"' && (end + 1 == line.size() || line[end + 1] != '"'))) {
      end += line[end] == '"' ? 2 : 1;
    }
  }
  end = std::min(line.find(separator, std::min(end, line.size())), line.size());
  std::string_view cell = trimmed(line.substr(0, end));
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
    cell = trimmed(cell.substr(1, cell.size() - 2));
  }
  if (end == line.size()) {
    rest.reset();
  } else {
    rest = line.substr(end + 1);
  }
  return cell;
}

bool is_blank_row(std::string_view line) {
  return line.find_first_not_of(" \t,;\"") == std::string_view::npos;
}

char csv_separator(const std::vector<std::string>& lines) {
  const auto content = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
    return line.find_first_not_of(" \t,;") != std::string::npos;
  });
  for (const char separator : {'\t', ';'}) {
    const auto parted = std::count_if(lines.begin(), lines.end(), [&](const std::string& line) {
      bool quoted = false;
      return std::any_of(line.begin(), line.end(), [&](char c) {
        if (c == '"') quoted = !quoted;
        return c == separator && !quoted;
      });
    });
    if (2 * parted > content) return separator;
  }
  return ',';
}

Heading heading_of(std::string_view cell) {
  std::string_view text = trimmed(cell);
  while (text.ends_with(':')) text = trimmed(text.substr(0, text.size() - 1));
  const std::size_t open = text.rfind('(');
  if (!text.ends_with(')') || open == std::string_view::npos) return {lower_case(text), ""};
  return {lower_case(trimmed(text.substr(0, open))),
          std::string(trimmed(text.substr(open + 1, text.size() - open - 2)))};
}

std::optional<double> number_in(std::string_view cell) {
  std::string text(trimmed(cell));
  std::replace(text.begin(), text.end(), ',', '.');
  const char* begin = text.data();
  const char* const end = begin + text.size();
  if (begin != end && *begin == '+') ++begin;
  double value = 0.0;
  const auto result = std::from_chars(begin, end, value);
  if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::size_t> whole_number_in(std::string_view cell) {
  const auto value = number_in(cell);
  constexpr double largest = 9e15;  // every whole number up to there is a double
  if (!value || *value < 0.0 || *value > largest || *value != std::floor(*value)) {
    return std::nullopt;
  }
  return static_cast<std::size_t>(*value);
}

}  // namespace matfit
