#include "types/quality.hpp"

#include <array>
#include <utility>

namespace matfit {

namespace {

constexpr std::array<std::pair<LoadCourse, std::string_view>, 6> names = {{
    {LoadCourse::too_short, "too_short"},
    {LoadCourse::steady, "steady"},
    {LoadCourse::creep, "creep"},
    {LoadCourse::settling, "settling"},
    {LoadCourse::creep_and_settling, "creep_and_settling"},
    {LoadCourse::moving, "moving"},
}};

}  // namespace

std::string_view name_of(LoadCourse course) {
  for (const auto& [value, name] : names) {
    if (value == course) return name;
  }
  return "too_short";
}

std::optional<LoadCourse> load_course_named(std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace matfit
