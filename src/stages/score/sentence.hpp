#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace matfit {

using Figures = std::initializer_list<std::pair<std::string_view, std::string>>;

// `text` with every {name} replaced; std::invalid_argument for a name without a figure.
std::string filled(std::string_view text, Figures figures);

// With a capital first letter (ASCII).
std::string capitalised(std::string text);

// The names in braces, in order of appearance.
std::vector<std::string> names_to_fill(std::string_view text);

// Fixed decimals, independent of the locale; "-0.0" is written "0.0".
std::string decimals(double value, int count);

}  // namespace matfit
