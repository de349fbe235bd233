#include "types/quality.hpp"

#include <algorithm>
#include <array>

namespace matfit {

namespace {

constexpr std::array<std::string_view, all_grades.size()> grade_names = {"A", "B", "C", "F"};

constexpr std::array<std::string_view, result_part_count> part_names = {
    "everything", "posture",   "movement",        "sides",  "landmarks",
    "pressure",   "alignment", "pressure_relief", "support"};

template <typename Kind, std::size_t count>
std::optional<Kind> named(std::string_view name, const std::array<std::string_view, count>& names) {
  const auto* const found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Kind>(found - names.begin());
}

}  // namespace

std::string_view name_of(Grade grade) { return grade_names.at(static_cast<std::size_t>(grade)); }

std::optional<Grade> grade_named(std::string_view name) { return named<Grade>(name, grade_names); }

std::string_view name_of(ResultPart part) { return part_names.at(static_cast<std::size_t>(part)); }

std::optional<ResultPart> result_part_named(std::string_view name) {
  return named<ResultPart>(name, part_names);
}

}  // namespace matfit
