#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// How the numbers of a text stand side by side.
struct NumberSyntax {
  bool comma_parts = true;             // else a comma outside quotes is a sign in a number
  std::optional<char> decimal_sign{};  // point or comma, once a number has shown it
  bool semicolons = false;             // parted the cells before (plain_lines.hpp)
  std::string_view absent{};           // how a cell that the mat lacks is written; empty: none is
};

// Numbers separated by spaces, tabs, semicolons and, where it parts, commas; in quotes or not.
// Where any other part them, spaces alone do not. Empty cells at the end, with which spreadsheets
// fill up lines, are passed over. Appends them to `values`, absent cells as NaN, and gives their
// count; notes in `syntax` the decimal sign that a number shows. The other sign then groups
// thousands. InputError with line, column of text and value for anything else: letters, an empty
// cell, a number beyond float, and "1,234", as long as nothing tells whether it is 1.234.
std::size_t append_numbers(std::string_view line, NumberSyntax& syntax, const std::string& file,
                           std::size_t line_number, std::vector<float>& values);

// The number that fills a cell of `line`, its quotes taken off, read likewise; absent for anything
// else.
std::optional<float> number_of_cell(std::string_view cell, std::string_view line,
                                    NumberSyntax& syntax);

// How many numbers the line holds when read so; nothing but its characters is checked.
std::size_t count_numbers(std::string_view line, const NumberSyntax& syntax);

// Whether there are only digits, signs, decimal signs, exponents, quotes and separators.
bool only_numbers(std::string_view line);

// Whether a comma parts numbers in `line`: not where semicolons do, nor where blanks or tabs alone
// give one of the expected counts and commas do not.
NumberSyntax syntax_of(std::string_view line, const std::vector<std::size_t>& expected_counts);

}  // namespace matfit
