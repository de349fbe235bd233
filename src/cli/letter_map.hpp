#pragma once

#include "types/pressure_series.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// A map as lines of letters for a terminal, in the recording's rows and columns, at most 64 wide
// and about as tall as the mat is long: from blank over . : - = + * # % @ to the highest pressure,
// x where a cell is dead, O where one reads too high, ~ where the mat has none.
std::string letter_map(const PressureField& field, const Quality& quality,
                       const std::vector<std::uint8_t>& absent);

}  // namespace matfit
