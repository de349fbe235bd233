#include "stages/acquire/tekscan_frame_line.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <vector>

namespace matfit {

TekscanFrameLine tekscan_frame_line(std::string_view line, const std::string& file,
                                    std::size_t line_number) {
  const std::vector<std::string> cells = csv_cells(line, csv_separator({std::string(line)}));
  TekscanFrameLine frame;
  const std::string& first = cells.front();
  const std::size_t digits = std::min(first.find_first_of("0123456789"), first.size());
  const auto number = whole_number_in(std::string_view(first).substr(
      digits, first.find_first_not_of("0123456789", digits) - digits));
  if (!number) {
    throw InputError({file, "line " + std::to_string(line_number), utf8_text(first),
                      "a frame's number",
                      "the file is cut off or damaged: export the recording again"});
  }
  frame.number = *number;
  for (std::size_t i = 1; i < cells.size(); ++i) {
    const std::string& cell = cells[i];
    if (begins_with(cell, "Raw Sum")) {
      const std::size_t sign = cell.find('=');
      const std::string_view behind =
          sign == std::string::npos ? std::string_view() : std::string_view(cell).substr(sign + 1);
      if (!trimmed(behind).empty()) frame.raw_sum = number_in(behind);
      for (++i; i < cells.size() && !frame.raw_sum; ++i) frame.raw_sum = number_in(cells[i]);
    } else if (const auto value = number_in(cell)) {
      if (!frame.elapsed) frame.elapsed = value;
    } else if (!frame.stamp) {
      frame.stamp = time_stamp_in(cell);
    }
  }
  return frame;
}

}  // namespace matfit
