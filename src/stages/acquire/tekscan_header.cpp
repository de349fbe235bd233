#include "stages/acquire/tekscan_header.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace matfit {

namespace {

constexpr std::string_view separators = " \t,;";

constexpr Limits seconds_per_frame_limits = {1e-4, 1e4, "seconds a frame"};

struct Statement {
  std::string value;
  std::size_t line = 0;
};

std::string upper_case(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// The statements of the header by their keys.
class Statements {
 public:
  Statements(LineReader& lines, std::string file) : file_(std::move(file)) {
    const std::set<std::string, std::less<>> known = {
        "ROWS",         "COLS",       "ROW_SPACING",       "COL_SPACING",
        "SENSOR_TYPE",  "UNITS",      "SECONDS_PER_FRAME", "START_FRAME",
        "END_FRAME",    "MIRROR_ROW", "MIRROR_COL",        "NOISE_THRESHOLD",
        "SCALE_FACTOR", "EXPONENT",   "SCALE_EXPONENT",    "SATURATION_PRESSURE"};
    while (const auto line = lines.next()) {
      const std::string text = tekscan_text(*line);
      if (begins_with(text, "ASCII_DATA")) return;
      if (begins_with(text, "Frame ")) break;
      const std::size_t end = std::min(text.find_first_of(separators), text.size());
      const std::string key = upper_case(text.substr(0, end));
      // The first counts: the comments, which may hold any words, come after most of them.
      if (known.contains(key)) {
        const std::size_t value = std::min(text.find_first_not_of(separators, end), text.size());
        found_.emplace(key, Statement{text.substr(value), lines.number()});
      }
    }
    throw InputError({file_, "line " + std::to_string(lines.number()), "",
                      "a line ASCII_DATA above the frames", "export the recording again"});
  }

  std::string text(const char* key) const {
    const auto found = found_.find(key);
    return found == found_.end() ? "" : utf8_text(found->second.value);
  }

  std::optional<double> number(const char* key, const Limits& limits) const {
    const auto found = found_.find(key);
    if (found == found_.end()) return std::nullopt;
    return number_of(found->second.value, *found, limits);
  }

  std::optional<std::size_t> whole_number(const char* key) const {
    const auto found = found_.find(key);
    if (found == found_.end()) return std::nullopt;
    const auto value = whole_number_in(found->second.value);
    if (!value) refuse(*found, "a whole number");
    return value;
  }

  // "5.08 mm"; 0 where it is not stated.
  double length_m(const char* key) const {
    const auto found = found_.find(key);
    if (found == found_.end()) return 0.0;
    const auto& [value, unit] = value_and_unit(found->second.value);
    const auto metres = metres_in(unit);
    if (!metres) refuse(*found, "a length with its unit (mm, cm, inch, ...)");
    const auto number = number_in(value);
    if (!number) refuse(*found, "a length with its unit (mm, cm, inch, ...)");
    require_within(*number * *metres * 1e3, limits::pitch_mm, file_, place(*found));
    return *number * *metres;
  }

  // "1514.73 KPa"; absent where its unit is not the recording's.
  std::optional<double> pressure(const char* key, const std::string& units) const {
    const auto found = found_.find(key);
    if (found == found_.end()) return std::nullopt;
    const auto& [value, unit] = value_and_unit(found->second.value);
    const auto number = number_in(value);
    if (!number || lower_case(unit) != lower_case(units)) return std::nullopt;
    return number;
  }

  bool flag(const char* key) const {
    const std::string value = text(key);
    return !value.empty() && value != "0";
  }

  int lines_of_cells(const char* key) const {
    const auto found = found_.find(key);
    if (found == found_.end()) {
      throw InputError({file_, "header", "", std::string("a line ") + key + " with their number",
                        "export the recording again; only the ASCII export of a movie has frames"});
    }
    return static_cast<int>(number_of(found->second.value, *found, limits::grid_lines));
  }

 private:
  using Entry = std::pair<const std::string, Statement>;

  // Number and unit may both have blanks in them ("1 514,73 mm Hg"): the unit begins with a letter.
  static std::pair<std::string, std::string> value_and_unit(const std::string& text) {
    const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0; };
    const auto unit = std::find_if(text.begin(), text.end(), is_letter);
    if (unit == text.begin()) return {tekscan_text(text), ""};
    return {tekscan_text({text.begin(), unit}), tekscan_text({unit, text.end()})};
  }

  static std::string place(const Entry& entry) {
    return "line " + std::to_string(entry.second.line) + ", " + entry.first;
  }

  [[noreturn]] void refuse(const Entry& entry, const std::string& expected) const {
    throw InputError({file_, place(entry), utf8_text(entry.second.value), expected,
                      "mend that line or export the recording again"});
  }

  double number_of(const std::string& text, const Entry& entry, const Limits& limits) const {
    const auto value = number_in(text);
    if (!value) refuse(entry, "a number");
    require_within(*value, limits, file_, place(entry));
    return *value;
  }

  std::string file_;
  std::map<std::string, Statement, std::less<>> found_;
};

}  // namespace

std::string tekscan_text(std::string_view line) {
  constexpr std::string_view around = " \t,;\"";
  const std::size_t begin = std::min(line.find_first_not_of(around), line.size());
  const std::size_t end = line.find_last_not_of(around) + 1;
  std::string text(trimmed(line.substr(begin, std::max(begin, end) - begin)));
  std::erase(text, '"');  // those between cells
  return text;
}

TekscanHeader read_tekscan_header(LineReader& lines, const std::string& file) {
  const Statements statements(lines, file);
  TekscanHeader header;
  header.geometry.rows = statements.lines_of_cells("ROWS");
  header.geometry.cols = statements.lines_of_cells("COLS");
  require_grid_within_limits(header.geometry.rows, header.geometry.cols, file, "ROWS and COLS");
  header.geometry.row_pitch_m = statements.length_m("ROW_SPACING");
  header.geometry.col_pitch_m = statements.length_m("COL_SPACING");
  header.sensor_type = statements.text("SENSOR_TYPE");
  header.units = statements.text("UNITS");
  header.seconds_per_frame = statements.number("SECONDS_PER_FRAME", seconds_per_frame_limits);
  header.start_frame = statements.whole_number("START_FRAME");
  header.end_frame = statements.whole_number("END_FRAME");
  constexpr Limits any = {-1e9, 1e9, "a number"};
  header.noise_threshold = statements.number("NOISE_THRESHOLD", any);
  header.saturation_pressure = statements.pressure("SATURATION_PRESSURE", header.units);
  header.scale_factor = statements.number("SCALE_FACTOR", any);
  header.scale_exponent = statements.number("SCALE_EXPONENT", any);
  if (!header.scale_exponent) header.scale_exponent = statements.number("EXPONENT", any);
  header.mirror_row = statements.flag("MIRROR_ROW");
  header.mirror_col = statements.flag("MIRROR_COL");
  return header;
}

}  // namespace matfit
