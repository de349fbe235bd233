#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace matfit {

// A name or comment from a file as UTF-8: as it is where it is valid, else read as Windows' Latin
// letters (code page 1252 without its 0x80-0x9f), the other way in which Western software writes.
// Control characters become blanks.
std::string utf8_text(std::string_view text);

// ASCII letters in lower case; all else as it is, whatever the locale.
std::string lower_case(std::string_view text);

// Whether the text begins with `key` and where `key` first stands in it (npos: nowhere), ASCII
// letters in either case.
bool begins_with(std::string_view text, std::string_view key);
std::size_t place_of(std::string_view text, std::string_view key);

// Whatever the locale.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Without the blanks (space, tab, no-break space) at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace matfit
