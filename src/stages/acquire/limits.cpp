#include "stages/acquire/limits.hpp"

#include "types/error.hpp"

#include <array>
#include <charconv>

namespace matfit {

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), result.ptr};
}

void require_within(double value, const Limits& limits, const std::string& file,
                    const std::string& place) {
  if (value >= limits.low && value <= limits.high) return;
  throw InputError(
      {file, place, number_text(value),
       number_text(limits.low) + " to " + number_text(limits.high) + " (" + limits.reason + ")",
       "check the unit and the value"});
}

}  // namespace matfit
