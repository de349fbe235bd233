#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// What stands above the table of an .asc export by novel's pliance and pedar software.
struct NovelHeader {
  std::string model;
  std::string unit;  // as printed, "kPa"
  std::optional<double> frame_s;
  std::vector<std::string> insoles;  // "left", "right", in the order printed; none for a mat

  // Takes what it knows of one line; other lines are of no matter.
  void take(std::string_view line);
};

}  // namespace matfit
