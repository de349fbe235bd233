#include "types/posture.hpp"

namespace matfit {

namespace {

constexpr std::array<std::string_view, posture_count> names = {
    "unknown", "empty", "supine", "prone", "left", "right", "sitting"};

}  // namespace

std::string_view name_of(Posture posture) { return names[static_cast<std::size_t>(posture)]; }

std::optional<Posture> posture_named(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<Posture>(i);
  }
  return std::nullopt;
}

}  // namespace matfit
