#pragma once

#include "synthetic/simulate.hpp"
#include "types/pressure_series.hpp"

namespace matfit::test {

// A simulated sleeper as a mat in the body frame would show it: calibrated, with sensor noise.
PressureField mat_view(const SimulatedLie& lie, std::uint64_t noise_seed);

// An average man lying plainly on a medium mattress, on a mat of 64 x 30 cells of 28 mm, `cells`
// off the middle towards high columns.
SimulatedLie plain_lie(Posture posture, int cells_aside = 0);

// The same load seen in a mirror, columns reversed.
PressureField mirrored(const PressureField& field);

}  // namespace matfit::test
