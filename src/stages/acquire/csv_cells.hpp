#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// The cells of one line of CSV, without blanks around them and without their quotes (RFC 4180; an
// open quote ends with the line); empty cells at the end, which spreadsheets add to the longest
// line's length, are dropped. A blank line has no cells.
std::vector<std::string> csv_cells(std::string_view line, char separator);

// Cuts the first cell off `rest`, which is null once there is none left: a view without blanks and
// quotes around it, doubled quotes left doubled. For lines of very many cells.
std::string_view take_cell(std::optional<std::string_view>& rest, char separator);

// Nothing but blanks, separators and quotes.
bool is_blank_row(std::string_view line);

// What parts the cells of these lines: tab or semicolon where it stands outside quotes in most of
// those that are not blank; else the comma.
char csv_separator(const std::vector<std::string>& lines);

// A heading such as "Sensel Width (cm):": its words and, in brackets at its end, its unit.
struct Heading {
  std::string name;  // lower case, without the colon: "sensel width"
  std::string unit;  // as written: "cm"; empty where there is none
};
Heading heading_of(std::string_view cell);

// The number that fills the whole cell, decimal point or comma; absent for anything else, infinity
// and words for not-a-number among them.
std::optional<double> number_in(std::string_view cell);

// A whole number from 0 on, likewise; "12.0" is one.
std::optional<std::size_t> whole_number_in(std::string_view cell);

}  // namespace matfit
