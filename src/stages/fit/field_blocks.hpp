#pragma once

#include "types/pressure_series.hpp"

namespace matfit {

// The field with neighbouring cells averaged until they are no finer than body parts need (about
// 2 cm); the last block of a row or column repeats what cells it has. Coarser fields come back as
// they are.
PressureField in_blocks(const PressureField& field);

}  // namespace matfit
