#pragma once

#include "types/pressure_series.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// A map as lines of letters for a terminal, in the recording's rows and columns, at most 64 wide
// and about as tall as the mat is long: by the square root of the pressure from blank over . : - =
// + * # % to @, the highest; x where a cell is dead, w where it is weak, O where it reads too high,
// ~ where the mat has none.
std::string letter_map(const PressureField& field, const Quality& quality,
                       const std::vector<std::uint8_t>& absent);

}  // namespace matfit
