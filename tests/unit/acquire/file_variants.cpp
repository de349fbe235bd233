#include "file_variants.hpp"

#include "files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

namespace matfit::test {

namespace {

using Row = std::vector<std::string>;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

std::optional<double> number_of(std::string_view cell) {
  double value = 0.0;
  const auto result = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (result.ec != std::errc{} || result.ptr != cell.data() + cell.size()) return std::nullopt;
  return value;
}

Row words_of(std::string_view line) {
  Row words;
  for (std::size_t at = line.find_first_not_of(' '); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find(' ', at), line.size());
    words.emplace_back(line.substr(at, end - at));
    at = line.find_first_not_of(' ', end);
  }
  return words;
}

char mark_of(Parted parted) {
  switch (parted) {
    case Parted::semicolon: return ';';
    case Parted::tab: return '\t';
    case Parted::blanks: return ' ';
    default: return ',';
  }
}

// How a spreadsheet writes the cells of a table.
struct Style {
  std::string mark = ",";
  bool quotes = false;
  bool pads = false;  // every line to the longest one's number of cells
  char decimal_sign = '.';
  std::string thousands_mark{};
  bool scientific = false;
};

std::string written_number(const std::string& cell, const Style& style) {
  std::string text = cell;
  const auto value = number_of(cell);
  if (!value) return text;
  if (style.scientific) {
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.7E", *value);
    text = buffer.data();
  }
  std::size_t point = text.find('.');
  if (point != std::string::npos) text[point] = style.decimal_sign;
  if (!style.thousands_mark.empty()) {
    point = std::min(point, text.size());
    if (point > 3) text.insert(point - 3, style.thousands_mark);
  }
  return text;
}

std::string written_cell(const std::string& cell, const Style& style) {
  const std::string text = written_number(cell, style);
  const std::string mark = trimmed(style.mark);
  const bool must = text.find(mark.empty() ? style.mark : mark) != std::string::npos;
  return style.quotes || must ? "\"" + text + "\"" : text;
}

std::string rewritten(const std::string& text, Parted parted, const Style& style) {
  if (parted == Parted::not_at_all) return text;
  std::vector<Row> rows;
  std::size_t width = 0;
  for (const std::string& line : lines_of(text)) {
    rows.push_back(variant_cells(line, parted));
    width = std::max(width, rows.back().size());
  }
  std::string out;
  for (Row& row : rows) {
    if (style.pads) row.resize(width);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool bare = row[i].empty() || (row.size() == 1 && trimmed(row[i]).empty());
      out += (i > 0 ? style.mark : "") + (bare ? row[i] : written_cell(row[i], style));
    }
    out += '\n';
  }
  return out;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

bool has_number_only(const std::string& line, Parted parted) {
  const Row cells = variant_cells(line, parted);
  return std::any_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return number_of(cell).has_value(); }) &&
         std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
           return cell.empty() || cell == "B" || number_of(cell);
         });
}

std::string in_case(const std::string& text, Parted parted, int (*changed)(int)) {
  if (parted == Parted::not_at_all) return text;
  std::string out;
  for (std::string line : lines_of(text)) {
    if (!has_number_only(line, parted) && variant_cells(line, parted).front() != "B") {
      for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x80) c = static_cast<char>(changed(c));
      }
    }
    out += line + '\n';
  }
  return out;
}

std::string doubled_blank_lines(const std::string& text) {
  std::string out;
  for (const std::string& line : lines_of(text))
    out += trimmed(line).empty() ? "\n\n\n" : line + '\n';
  return out;
}

std::string with_a_decimal_comma_everywhere(const std::string& text, Parted parted) {
  if (parted == Parted::not_at_all) return text;
  std::string out = rewritten(text, parted, {.mark = parted == Parted::blanks ? " " : ";"});
  const auto digit = [&](std::size_t i) { return out[i] >= '0' && out[i] <= '9'; };
  for (std::size_t i = 1; i + 1 < out.size(); ++i) {
    if (out[i] == '.' && digit(i - 1) && digit(i + 1)) out[i] = ',';
  }
  return out;
}

std::string utf16_of(const std::string& text, bool big_endian, bool mark) {
  std::string ascii;
  for (const char c : text) ascii += static_cast<unsigned char>(c) < 0x80 ? c : '?';
  return utf16(ascii, big_endian).substr(mark ? 0 : 2);
}

std::vector<Variant> of_bytes() {
  return {
      {"mark", [](const std::string& t, Parted) { return "\xef\xbb\xbf" + t; }},
      {"utf16_le", [](const std::string& t, Parted) { return utf16_of(t, false, true); }},
      {"utf16_be", [](const std::string& t, Parted) { return utf16_of(t, true, true); }},
      {"utf16_le_no_mark", [](const std::string& t, Parted) { return utf16_of(t, false, false); }},
      {"utf16_be_no_mark", [](const std::string& t, Parted) { return utf16_of(t, true, false); }},
      {"crlf", [](const std::string& t, Parted) { return replaced(t, "\n", "\r\n"); }},
      {"cr", [](const std::string& t, Parted) { return replaced(t, "\n", "\r"); }},
      {"no_last_end",
       [](const std::string& t, Parted) { return t.substr(0, t.find_last_not_of('\n') + 1); }},
      {"blank_begin", [](const std::string& t, Parted) { return "\n \n" + t; }},
      {"blank_end", [](const std::string& t, Parted) { return t + "\n\n \n\t\n"; }},
      {"blank_lines_tripled", [](const std::string& t, Parted) { return doubled_blank_lines(t); }},
      {"every_line_doubled",
       [](const std::string& t, Parted) { return replaced(t, "\n", "\n\n"); }},
      {"zeros_at_end", [](const std::string& t, Parted) { return t + std::string(700, '\0'); }},
      {"end_of_file_sign", [](const std::string& t, Parted) { return t + "\x1a"; }},
      {"no_break_spaces",
       [](const std::string& t, Parted) { return replaced(t, " ", "\xc2\xa0"); }},
      {"latin_no_break_spaces",
       [](const std::string& t, Parted) { return replaced(t, " ", "\xa0"); }},
      {"lower_case", [](const std::string& t, Parted p) { return in_case(t, p, std::tolower); },
       true},
      {"upper_case", [](const std::string& t, Parted p) { return in_case(t, p, std::toupper); },
       true},
  };
}

std::vector<Variant> of_cells() {
  return {
      {"padded", [](const std::string& t, Parted p) { return rewritten(t, p, {.pads = true}); }},
      {"padded_doubled",
       [](const std::string& t, Parted p) {
         const std::string text = rewritten(t, p, {.pads = true});
         const std::string first = text.substr(0, text.find('\n'));
         const auto marks = static_cast<std::size_t>(std::count(first.begin(), first.end(), ','));
         return "\xef\xbb\xbf" + replaced(text, "\n", "\r\n" + std::string(marks, ',') + "\r\n");
       }},
      {"padded_semicolons",
       [](const std::string& t, Parted p) { return rewritten(t, p, {.mark = ";", .pads = true}); }},
      {"quoted", [](const std::string& t, Parted p) { return rewritten(t, p, {.quotes = true}); }},
      {"quoted_padded", [](const std::string& t,
                           Parted p) { return rewritten(t, p, {.quotes = true, .pads = true}); }},
      {"european", [](const std::string& t,
                      Parted p) { return rewritten(t, p, {.mark = ";", .decimal_sign = ','}); }},
      {"european_padded",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = ";", .pads = true, .decimal_sign = ','});
       }},
      {"european_quoted",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.quotes = true, .decimal_sign = ','});
       }},
      {"european_tabs",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = "\t", .decimal_sign = ','});
       }},
      {"european_everywhere", with_a_decimal_comma_everywhere},
      {"tabs", [](const std::string& t, Parted p) { return rewritten(t, p, {.mark = "\t"}); }},
      {"spaced", [](const std::string& t, Parted p) { return rewritten(t, p, {.mark = " , "}); }},
      {"scientific",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = std::string(1, mark_of(p)), .scientific = true});
       }},
      {"thousands_us",
       [](const std::string& t, Parted p) { return rewritten(t, p, {.thousands_mark = ","}); }},
      {"thousands_german",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = ";", .decimal_sign = ',', .thousands_mark = "."});
       }},
      {"thousands_german_tabs",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = "\t", .decimal_sign = ',', .thousands_mark = "."});
       }},
      {"thousands_french",
       [](const std::string& t, Parted p) {
         return rewritten(t, p,
                          {.mark = ";", .decimal_sign = ',', .thousands_mark = "\xe2\x80\xaf"});
       }},
      {"thousands_blank",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = ";", .decimal_sign = ',', .thousands_mark = " "});
       }},
      {"thousands_blank_tabs",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = "\t", .decimal_sign = ',', .thousands_mark = " "});
       }},
      {"thousands_swiss",
       [](const std::string& t, Parted p) {
         return rewritten(t, p, {.mark = ";", .thousands_mark = "'"});
       }},
  };
}

}  // namespace

std::vector<Variant> file_variants() {
  std::vector<Variant> variants = of_bytes();
  for (const Variant& variant : of_cells()) variants.push_back(variant);
  return variants;
}

std::vector<std::string> variant_cells(std::string_view line, Parted parted) {
  if (parted == Parted::blanks) {
    const Row words = words_of(line);
    // The first may be a label.
    const bool numbers = words.size() > 1 &&
                         std::all_of(words.begin() + 1, words.end(), [](const std::string& word) {
                           return number_of(word).has_value();
                         });
    return numbers ? words : Row{std::string(line)};
  }
  Row cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == mark_of(parted) && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  for (std::string& cell : cells) {
    if (cells.size() > 1) cell = trimmed(cell);
  }
  return cells;
}

std::string difference(const Recording& original, const Recording& other) {
  const MatGeometry& a = original.mat.geometry;
  const MatGeometry& b = other.mat.geometry;
  if (other.format != original.format) return "format " + other.format;
  if (a.rows != b.rows || a.cols != b.cols) return "grid";
  if (std::abs(a.row_pitch_m - b.row_pitch_m) + std::abs(a.col_pitch_m - b.col_pitch_m) > 1e-12) {
    return "pitch";
  }
  if (other.unit != original.unit) return "unit";
  if (other.mat.absent != original.mat.absent) return "absent cells";
  if (other.integer_counts != original.integer_counts) return "integer counts";
  if (other.size() != original.size()) return std::to_string(other.size()) + " frames";
  for (std::size_t i = 0; i < original.size(); ++i) {
    if (std::abs(original.time_s[i] - other.time_s[i]) > 1e-6) {
      return "time of frame " + std::to_string(i) + ": " + std::to_string(other.time_s[i]);
    }
  }
  if (other.time_source != original.time_source) return "time source " + other.time_source;
  if (other.mat.full_scale != original.mat.full_scale) return "full scale";
  if (other.mat.zero_below != original.mat.zero_below) return "zero below";
  const FrameBlock x = original.frames->read(0, original.size());
  const FrameBlock y = other.frames->read(0, other.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const float p = x.data()[i];
    const float q = y.data()[i];
    if (p != q && !(std::isnan(p) && std::isnan(q))) {
      return "value " + std::to_string(i) + ": " + std::to_string(q) + ", not " + std::to_string(p);
    }
  }
  return "";
}

}  // namespace matfit::test
