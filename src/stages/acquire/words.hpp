#pragma once

#include <string_view>
#include <vector>

namespace matfit {

// What stands between the blanks and tabs of a line.
std::vector<std::string_view> words_of(std::string_view line);

// Their first one; empty in a blank line.
std::string_view first_word(std::string_view line);

// What follows the first `key` in the line, in either case, without blanks around it; empty where
// there is none.
std::string_view text_after(std::string_view line, std::string_view key);

}  // namespace matfit
