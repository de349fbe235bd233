#include "types/roll.hpp"

#include <algorithm>

namespace matfit {

std::string_view name_of(Roll roll) {
  constexpr std::array<std::string_view, roll_count> names = {"0", "20-40", "60"};
  return names[static_cast<std::size_t>(roll)];
}

std::optional<Roll> roll_named(std::string_view name) {
  const auto found = std::find_if(all_rolls.begin(), all_rolls.end(),
                                  [name](Roll roll) { return name_of(roll) == name; });
  return found == all_rolls.end() ? std::nullopt : std::optional(*found);
}

}  // namespace matfit
