#pragma once

#include <optional>
#include <string_view>

namespace matfit {

// What the text of a number tells.
struct NumberCell {
  std::optional<float> value;          // absent: no number, or it may be two
  std::optional<char> decimal_sign{};  // point or comma, where this number alone shows it
  bool ambiguous = false;              // "1,234" without a known sign: 1234 or 1.234
};

// A number with an optional sign and exponent. One of point and comma is the decimal sign, the
// other groups thousands: `decimal_sign` where it is known; else the later of the two, or the one
// that cannot group thousands. A lone point that could is taken for the decimal sign.
NumberCell number_cell(std::string_view cell, std::optional<char> decimal_sign);

}  // namespace matfit
