#include "stages/acquire/number_cell.hpp"

#include "stages/acquire/utf8_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

namespace matfit {

namespace {

bool begins_as_number(std::string_view cell) {
  return !cell.empty() && (cell[0] == '-' || cell[0] == '.' || cell[0] == ',' || is_digit(cell[0]));
}

// Whether `mark` may group the thousands of what stands before `end`: "1,234", "12,345,678".
bool groups(std::string_view cell, char mark, std::size_t end) {
  std::string_view digits = cell.substr(0, end);
  if (digits.starts_with('-')) digits.remove_prefix(1);
  std::size_t group = digits.find(mark);
  if (group == 0 || group > 3 || digits[0] == '0') return false;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at == group) {
      if (digits[at] != mark) return false;
      group += 4;
    } else if (!is_digit(digits[at])) {
      return false;
    }
  }
  return group == digits.size();
}

std::optional<float> value_of(std::string_view text) {
  float value = 0.0F;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Read with that decimal sign; the other sign is of no matter.
std::optional<float> value_of(std::string_view cell, char decimal_sign) {
  std::string text;
  for (const char c : cell) {
    if (c == decimal_sign) {
      text += '.';
    } else if (c != '.' && c != ',') {
      text += c;
    }
  }
  return value_of(text);
}

// `mark` groups the thousands of all that stands before the other sign.
NumberCell grouped(std::string_view cell, char mark, std::optional<char> decimal_sign) {
  const char other = mark == ',' ? '.' : ',';
  const std::size_t end = std::min(cell.find(other), cell.size());
  const bool sound = groups(cell, mark, end) && decimal_sign.value_or(other) == other;
  if (!sound) return {};
  return {value_of(cell, other), other};
}

}  // namespace

NumberCell number_cell(std::string_view cell, std::optional<char> decimal_sign) {
  if (cell.starts_with('+')) cell.remove_prefix(1);
  if (!begins_as_number(cell)) return {};
  const auto points = std::count(cell.begin(), cell.end(), '.');
  const auto commas = std::count(cell.begin(), cell.end(), ',');
  if (points + commas == 0) return {value_of(cell)};
  if (points > 0 && commas > 0) {
    return grouped(cell, cell.rfind(',') > cell.rfind('.') ? '.' : ',', decimal_sign);
  }
  const char sign = points > 0 ? '.' : ',';
  if (points + commas > 1) return grouped(cell, sign, decimal_sign);
  if (decimal_sign == sign) return {value_of(cell, sign)};
  if (decimal_sign) return grouped(cell, sign, decimal_sign);
  if (!groups(cell, sign, cell.size())) return {value_of(cell, sign), sign};
  if (sign == ',') return {.value = std::nullopt, .ambiguous = true};
  return {value_of(cell, sign)};
}

}  // namespace matfit
