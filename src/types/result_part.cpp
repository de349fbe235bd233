#include "types/quality.hpp"

#include <array>

namespace matfit {

namespace {

constexpr std::array<std::string_view, result_part_count> names = {
    "everything", "posture",   "movement",        "sides",  "landmarks",
    "pressure",   "alignment", "pressure_relief", "support"};

}  // namespace

std::string_view name_of(ResultPart part) { return names.at(static_cast<std::size_t>(part)); }

std::optional<ResultPart> result_part_named(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<ResultPart>(i);
  }
  return std::nullopt;
}

}  // namespace matfit
