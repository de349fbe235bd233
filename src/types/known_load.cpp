#include "types/known_load.hpp"

namespace matfit {

std::string_view name_of(LoadDirection direction) {
  switch (direction) {
    case LoadDirection::up: return "up";
    case LoadDirection::down: return "down";
    case LoadDirection::unstated: break;
  }
  return "unstated";
}

std::optional<LoadDirection> load_direction_named(std::string_view name) {
  if (name.empty() || name == "unstated") return LoadDirection::unstated;
  if (name == "up") return LoadDirection::up;
  if (name == "down") return LoadDirection::down;
  return std::nullopt;
}

}  // namespace matfit
