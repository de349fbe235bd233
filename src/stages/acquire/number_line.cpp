#include "stages/acquire/number_line.hpp"

#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace matfit {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_mark(char c, const NumberSyntax& syntax) {
  return c == ';' || (c == ',' && !syntax.decimal_comma);
}

bool is_separator(char c, const NumberSyntax& syntax) { return is_blank(c) || is_mark(c, syntax); }

[[noreturn]] void refuse(const std::string& file, std::size_t line_number, std::size_t column,
                         std::string_view value, const std::string& expected) {
  throw InputError({file,
                    "line " + std::to_string(line_number) + ", number " + std::to_string(column),
                    std::string(value), expected, "mend or remove that line"});
}

// A number with a decimal comma in [begin, end); the end of what was read, or null.
const char* read_with_comma(const char* begin, const char* end, float& value) {
  std::array<char, 64> token{};
  const auto size = std::min(static_cast<std::size_t>(end - begin), token.size());
  std::replace_copy(begin, begin + size, token.begin(), ',', '.');
  const auto result = std::from_chars(token.data(), token.data() + size, value);
  return result.ec == std::errc{} && std::isfinite(value) ? begin + (result.ptr - token.data())
                                                          : nullptr;
}

// The same in quotes, which `at` opens.
const char* read_quoted(const char* at, const char* end, float& value) {
  const char* const close = std::find(at + 1, end, '"');
  if (close == end) return nullptr;
  const std::string_view inside = trimmed(std::string_view(at + 1, close));
  const char* const stop = inside.data() + inside.size();
  return read_with_comma(inside.data(), stop, value) == stop ? close + 1 : nullptr;
}

// The usual cell, digits with or without decimals: both numbers are whole ones that a float holds
// exactly, so that their quotient is the nearest float. Null where there is more to the cell.
const char* read_short(const char* at, const char* end, const NumberSyntax& syntax, float& value) {
  constexpr std::uint32_t exact = 1U << 24;
  constexpr std::array<float, 8> powers = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F};
  const char sign = syntax.decimal_comma ? ',' : '.';
  std::uint32_t digits = 0;
  std::size_t decimals = 0;
  bool fraction = false;
  const char* const begin = at;
  for (; at != end; ++at) {
    const auto digit = static_cast<unsigned char>(*at - '0');
    if (digit < 10) {
      digits = 10 * digits + digit;
      decimals += fraction ? 1 : 0;
      if (digits >= exact || decimals == powers.size()) return nullptr;
    } else if (*at == sign && !fraction && at != begin) {
      fraction = true;
    } else {
      break;
    }
  }
  if (at == begin || (at != end && !is_separator(*at, syntax))) return nullptr;
  value = static_cast<float>(digits) / powers[decimals];
  return at;
}

// Reads one number at `at`; the end of what was read, or null.
const char* read_number(const char* at, const char* end, const NumberSyntax& syntax, float& value) {
  if (const char* const next = read_short(at, end, syntax, value)) return next;
  const char* begin = at != end && *at == '+' ? at + 1 : at;
  if (at != end && *at == '"') return read_quoted(at, end, value);
  if (!syntax.absent.empty() && std::string_view(at, end).starts_with(syntax.absent)) {
    value = std::numeric_limits<float>::quiet_NaN();
    return at + syntax.absent.size();
  }
  // "nan" and "inf" are words here: a cell has a value or the line is wrong.
  if (begin == end ||
      !(*begin == '-' || *begin == '.' || *begin == ',' || (*begin >= '0' && *begin <= '9'))) {
    return nullptr;
  }
  if (!syntax.decimal_comma) {
    const auto result = std::from_chars(begin, end, value);
    return result.ec == std::errc{} && std::isfinite(value) ? result.ptr : nullptr;
  }
  const char* const stop =
      std::find_if(begin, end, [&](char c) { return is_separator(c, syntax); });
  return read_with_comma(begin, stop, value);
}

}  // namespace

std::size_t append_numbers(std::string_view line, const NumberSyntax& syntax,
                           const std::string& file, std::size_t line_number,
                           std::vector<float>& values) {
  const char* at = line.data();
  const char* const end = at + line.size();
  std::size_t count = 0;
  const auto skip_blanks = [&] {
    while (at != end && is_blank(*at)) ++at;
  };
  for (skip_blanks(); at != end; skip_blanks()) {
    float value = 0.0F;
    const char* const next = read_number(at, end, syntax, value);
    if (next == nullptr || (next != end && !is_separator(*next, syntax))) {
      const char* const stop =
          std::find_if(at, end, [&](char c) { return is_separator(c, syntax); });
      if (syntax.padded && std::all_of(at, end, [&](char c) { return is_separator(c, syntax); })) {
        break;
      }
      refuse(file, line_number, count + 1, std::string_view(at, stop),
             at == stop ? "a number, not an empty cell" : "a number");
    }
    values.push_back(value);
    ++count;
    at = next;
    skip_blanks();
    if (at != end && is_mark(*at, syntax)) ++at;
  }
  return count;
}

std::size_t count_numbers(std::string_view line, const NumberSyntax& syntax) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : line) {
    const bool separator = is_separator(c, syntax);
    if (!separator && !inside) ++count;
    inside = !separator;
  }
  return count;
}

bool only_numbers(std::string_view line) {
  bool digit = false;
  for (const char c : line) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (std::string_view("+-.,;eE \t").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digit;
}

NumberSyntax syntax_of(std::string_view line, const std::vector<std::size_t>& expected_counts) {
  const NumberSyntax comma{.decimal_comma = true};
  if (line.find(',') == std::string_view::npos) return {};
  if (line.find(';') != std::string_view::npos) return comma;
  const auto fits = [&](const NumberSyntax& syntax) {
    const std::size_t count = count_numbers(line, syntax);
    return std::find(expected_counts.begin(), expected_counts.end(), count) !=
           expected_counts.end();
  };
  return !fits({}) && fits(comma) ? comma : NumberSyntax{};
}

}  // namespace matfit
