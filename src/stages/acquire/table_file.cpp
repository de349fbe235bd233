#include "stages/acquire/table_file.hpp"

#include "stages/acquire/line_reader.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace matfit {

namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

char separator_of(std::string_view text) {
  const std::string_view header = text.substr(0, text.find('\n', text.find_first_not_of('\n')));
  return std::count(header.begin(), header.end(), ';') >
                 std::count(header.begin(), header.end(), ',')
             ? ';'
             : ',';
}

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list.append(list.empty() ? "" : ", ").append(word);
  return list;
}

}  // namespace

TableFile::TableFile(const std::filesystem::path& path, const std::vector<std::string>& known,
                     std::size_t required)
    : file_(path.string()) {
  parse(read_text(path));
  check_header(known, required);
}

void TableFile::parse(std::string_view text) {
  const char separator = separator_of(text);
  std::size_t line = 1;
  Row row{line, {}};
  std::string cell;
  bool quoted = false;  // the cell stands in quotes
  bool inside = false;  // and they are open
  const auto end_cell = [&] {
    row.cells.push_back(quoted ? cell : trimmed(cell));
    cell.clear();
    quoted = false;
  };
  const auto end_row = [&] {
    end_cell();
    const bool blank = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const std::string& c) { return c.empty(); });
    if (!blank) rows_.push_back(row);
    row.cells.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inside) {
      if (c == '\n') ++line;
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back(c);
        ++i;
      } else {
        inside = false;
      }
    } else if (c == '"' && trimmed(cell).empty()) {
      cell.clear();
      quoted = inside = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n') {
      end_row();
      row.line = ++line;
    } else if (!quoted) {
      cell.push_back(c);
    } else if (c != ' ' && c != '\t') {
      throw InputError({file_, "line " + std::to_string(line), std::string(1, c),
                        "the next cell after a closing quote", "write a quote in a cell twice"});
    }
  }
  if (inside) {
    throw InputError({file_, "line " + std::to_string(row.line), "", "a closing quote",
                      "close the quoted cell"});
  }
  if (!cell.empty() || !row.cells.empty()) end_row();
}

void TableFile::check_header(const std::vector<std::string>& known, std::size_t required) {
  if (rows_.empty())
    throw UsageError(file_ + ": the table is empty; expected a header line with " + joined(known));
  header_ = rows_.front().cells;
  while (!header_.empty() && header_.back().empty()) header_.pop_back();
  rows_.erase(rows_.begin());
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (std::find(known.begin(), known.end(), header_[i]) == known.end()) {
      throw UsageError(file_ + ": unknown column '" + header_[i] + "'; expected some of " +
                       joined(known));
    }
    if (std::find(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(i), header_[i]) !=
        header_.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw UsageError(file_ + ": column '" + header_[i] + "' stands there twice; remove one");
    }
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (std::find(header_.begin(), header_.end(), known[i]) == header_.end()) {
      throw UsageError(file_ + ": column '" + known[i] + "' is missing; found " + joined(header_));
    }
  }
  for (Row& row : rows_) {
    while (row.cells.size() > header_.size() && row.cells.back().empty()) row.cells.pop_back();
    if (row.cells.size() == header_.size()) continue;
    throw InputError({file_, "line " + std::to_string(row.line),
                      std::to_string(row.cells.size()) + " cells",
                      std::to_string(header_.size()) + ", as in the header",
                      "complete the line; quote a cell that holds the separator"});
  }
}

std::string TableFile::place(std::size_t row, std::string_view column) const {
  return "line " + std::to_string(rows_[row].line) + ", column " + std::string(column);
}

const std::string& TableFile::text(std::size_t row, std::string_view column) const {
  static const std::string empty;
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) return empty;
  return rows_[row].cells[static_cast<std::size_t>(found - header_.begin())];
}

void TableFile::refuse(std::size_t row, std::string_view column, const std::string& expected,
                       const std::string& remedy) const {
  throw InputError({file_, place(row, column), text(row, column), expected, remedy});
}

std::optional<double> TableFile::number(std::size_t row, std::string_view column,
                                        const Limits& limits) const {
  const std::string& cell = text(row, column);
  if (cell.empty()) return std::nullopt;
  double value = 0.0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size() ||
      !std::isfinite(value)) {
    const bool comma = cell.find(',') != std::string::npos;
    refuse(row, column, "a number",
           comma ? "write a dot as decimal sign" : "write the number alone, without its unit");
  }
  require_within(value, limits, file_, place(row, column));
  return value;
}

std::optional<int> TableFile::whole_number(std::size_t row, std::string_view column,
                                           const Limits& limits) const {
  const auto value = number(row, column, limits);
  if (!value) return std::nullopt;
  if (*value != std::floor(*value)) refuse(row, column, "a whole number", "check the value");
  return static_cast<int>(*value);
}

std::vector<std::string> TableFile::list(std::size_t row, std::string_view column) const {
  std::vector<std::string> words;
  std::string_view rest = text(row, column);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    const std::string word = trimmed(rest.substr(0, end));
    if (!word.empty()) words.push_back(word);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

}  // namespace matfit
