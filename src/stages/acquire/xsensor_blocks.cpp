#include "stages/acquire/xsensor_blocks.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/file_head.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>

namespace matfit {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// A heading rather than cells.
bool begins_with_letter(std::string_view line) {
  const std::size_t at = line.find_first_not_of(" \t\"");
  return at != std::string_view::npos && is_letter(line[at]);
}

}  // namespace

XsensorBlocks::XsensorBlocks(const std::filesystem::path& path)
    : file_(path.string()), lines_(path), separator_(csv_separator(read_file_head(path).lines)) {
  syntax_.comma_parts = separator_ == ',';
}

void XsensorBlocks::refuse(const std::string& value, const std::string& expected,
                           const std::string& remedy) const {
  throw InputError({file_, "line " + std::to_string(lines_.number()), value, expected, remedy});
}

std::optional<std::string_view> XsensorBlocks::next_line() {
  if (holding_) {
    holding_ = false;
    return held_;
  }
  return lines_.next();
}

std::optional<XsensorBlock> XsensorBlocks::next() {
  while (const auto line = next_line()) {
    if (!begins_with_letter(*line)) continue;
    const std::vector<std::string> cells = csv_cells(*line, separator_);
    if (heading_of(cells.front()).name != "sensels") {
      take(cells);
    } else if (!in_group_) {
      block_.line = lines_.number();
      return block_;
    }
  }
  return std::nullopt;
}

void XsensorBlocks::take(const std::vector<std::string>& cells) {
  const Heading heading = heading_of(cells.front());
  const std::string& name = heading.name;
  const std::string value = cells.size() > 1 ? utf8_text(cells[1]) : "";
  const auto begin = [&](bool group) {
    XsensorBlock fresh;
    fresh.frame = block_.frame;
    fresh.units = block_.units;
    fresh.threshold = block_.threshold;
    fresh.date = block_.date;
    fresh.time = block_.time;
    block_ = std::move(fresh);
    in_group_ = group;
  };
  const auto whole = [&](std::optional<std::size_t>& into) {
    into = whole_number_in(value);
    if (!into) refuse(value, "a whole number of " + name, "mend the line");
    require_within(static_cast<double>(*into), limits::grid_lines, file_,
                   "line " + std::to_string(lines_.number()));
  };
  if (name == "frame") {
    begin(false);
    block_.frame = value;
    block_.date.clear();
    block_.time.clear();
  } else if (name == "sensor") {
    begin(false);
    block_.sensor = value;
  } else if (name == "group") {
    begin(true);
  } else if (name == "units") {
    block_.units = value;
  } else if (name == "threshold") {
    block_.threshold = number_in(value);
  } else if (name == "date") {
    block_.date = value;
  } else if (name == "time") {
    block_.time = value;
  } else if (name == "rows") {
    whole(block_.rows);
  } else if (name == "columns") {
    whole(block_.cols);
  } else if (name == "sensel width") {
    take_length(cells, heading.unit, block_.sensel_width_m);
  } else if (name == "sensel height") {
    take_length(cells, heading.unit, block_.sensel_height_m);
  } else if (name == "average pressure") {
    block_.average = printed_figure(value, heading.unit);
  } else if (name == "minimum pressure") {
    block_.minimum = printed_figure(value, heading.unit);
  } else if (name == "peak pressure") {
    block_.peak = printed_figure(value, heading.unit);
  } else if (name == "contact area") {
    block_.contact_area = printed_figure(value, heading.unit);
  } else if (name == "total area") {
    block_.total_area = printed_figure(value, heading.unit);
  } else if (name == "est. load") {
    block_.load = printed_figure(value, heading.unit);
  } else if (name == "std dev.") {
    block_.deviation = printed_figure(value, heading.unit);
  }
}

void XsensorBlocks::take_length(const std::vector<std::string>& cells, const std::string& unit,
                                std::optional<double>& length_m) const {
  const auto metres = metres_in(unit);
  const auto value = cells.size() > 1 ? number_in(cells[1]) : std::nullopt;
  if (!metres || !value) {
    refuse(utf8_text(cells.size() > 1 ? cells[1] : ""),
           "a number below a heading with its unit, "
           "as Sensel Width (cm)",
           "mend the line or export the recording again");
  }
  const double length = value.value_or(0.0) * metres.value_or(0.0);
  require_within(length * 1e3, limits::pitch_mm, file_, "line " + std::to_string(lines_.number()));
  length_m = length;
}

std::size_t XsensorBlocks::read_cells(const XsensorBlock& block, std::vector<float>& values) {
  values.clear();
  std::size_t rows = 0;
  std::size_t cols = block.cols.value_or(0);
  while (!block.rows || rows < *block.rows) {
    const auto line = next_line();
    if (line && is_blank_row(*line)) continue;
    if (!line || begins_with_letter(*line)) {
      if (line) {
        held_ = *line;
        holding_ = true;
      }
      if (!block.rows && rows > 0) break;
      refuse(std::to_string(rows) + " rows of cells",
             block.rows ? std::to_string(*block.rows) + " (Rows)" : "at least one",
             "the file is cut off or damaged: export the recording again");
    }
    if (rows == 0 && cols == 0) cols = csv_cells(*line, separator_).size();
    const std::size_t first = values.size();
    const std::size_t count = append_numbers(*line, syntax_, file_, lines_.number(), values);
    if (count != cols) {
      refuse(std::to_string(count) + " cells",
             std::to_string(cols) + (block.cols ? " (Columns)" : ", as in the first row"),
             "the file is cut off or damaged: export the recording again");
    }
    const auto negative = std::find_if(values.begin() + static_cast<std::ptrdiff_t>(first),
                                       values.end(), [](float value) { return value < 0.0F; });
    if (negative != values.end()) {
      refuse(number_text(*negative), "a pressure, not below 0", "mend the line");
    }
    ++rows;
  }
  return cols;
}

}  // namespace matfit
