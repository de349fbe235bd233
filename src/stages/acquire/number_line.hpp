#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// How the numbers of a text stand side by side.
struct NumberSyntax {
  bool decimal_comma = false;  // else a comma separates
  std::string_view absent{};   // how a cell that the mat lacks is written ("B"); empty: none is
  bool padded = false;         // the line may end in empty cells, as spreadsheets fill it up
};

// Numbers separated by spaces, tabs, semicolons and, where it is not the decimal sign, commas; one
// separator may end the line. In quotes a comma is always the decimal sign. Appends them to
// `values`, absent cells as NaN, and gives their count. InputError with line, column of text and
// value for anything else: letters, an empty cell, a number beyond float.
std::size_t append_numbers(std::string_view line, const NumberSyntax& syntax,
                           const std::string& file, std::size_t line_number,
                           std::vector<float>& values);

// How many numbers the line holds when read so; nothing but its characters is checked.
std::size_t count_numbers(std::string_view line, const NumberSyntax& syntax);

// Whether there are only digits, signs, decimal signs, exponents and separators.
bool only_numbers(std::string_view line);

// The reading of `line` that gives one of the expected counts; dots where both do or none does. A
// semicolon settles it: then a comma is a decimal sign.
NumberSyntax syntax_of(std::string_view line, const std::vector<std::size_t>& expected_counts);

}  // namespace matfit
