#include "cli/roll_text.hpp"

#include <fmt/format.h>

namespace matfit {

namespace {

std::string row_text(const RollHeldOut& row) {
  std::string text = fmt::format("{:<16}", row.subject_id);
  for (const auto& answers : row.answers) {
    text += fmt::format("  {:>4} {:>5} {:>3} {:>9}", answers[0], answers[1], answers[2],
                        answers[roll_count]);
  }
  return text + "\n";
}

}  // namespace

std::string as_text(const std::vector<RollHeldOut>& rows, const std::string& heading) {
  std::string text = fmt::format("{:<16}", "degrees");
  for (const Roll roll : all_rolls) text += fmt::format("  truth {:<18}", name_of(roll));
  text += fmt::format("\n{:<16}", heading);
  for (std::size_t i = 0; i < roll_count; ++i) {
    text += fmt::format("  {:>4} {:>5} {:>3} {:>9}", "0", "20-40", "60", "undecided");
  }
  text += "\n";
  RollHeldOut all;
  all.subject_id = "all";
  for (const RollHeldOut& row : rows) {
    text += row_text(row);
    for (std::size_t i = 0; i < roll_count; ++i) {
      for (std::size_t j = 0; j <= roll_count; ++j) all.answers[i][j] += row.answers[i][j];
    }
  }
  return text + row_text(all);
}

}  // namespace matfit
