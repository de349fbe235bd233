#pragma once

#include "types/pressure_series.hpp"

namespace matfit {

// Finer cells add time, not knowledge: body parts are several centimetres wide.
inline constexpr double finest_useful_pitch_m = 0.018;

// The field with neighbouring cells averaged until they are no finer than `finest_pitch_m`; the
// last block of a row or column averages what cells it has. Coarser fields come back as they are.
PressureField in_blocks(const PressureField& field, double finest_pitch_m = finest_useful_pitch_m);

}  // namespace matfit
