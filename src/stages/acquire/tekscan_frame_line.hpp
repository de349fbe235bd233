#pragma once

#include "stages/acquire/clock_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// The line above a frame's cells: "Frame 1, 0,, 12/2/2019 6:21:52.34PM,,,Raw Sum=,,310", of which
// all but the number may be missing.
struct TekscanFrameLine {
  std::size_t number = 0;
  std::optional<double> elapsed;  // in seconds, in some versions milliseconds
  std::optional<TimeStamp> stamp;
  std::optional<double> raw_sum;  // of the counts of its cells
};

// InputError where it has no number.
TekscanFrameLine tekscan_frame_line(std::string_view line, const std::string& file,
                                    std::size_t line_number);

}  // namespace matfit
