#pragma once

#include "stages/fit/anthropometry.hpp"

#include "types/body.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <optional>

namespace matfit {

// Load about hips and thighs over the load of all that lies above them, on the back: lying level,
// trunk and head weigh more (de Leva, J Biomech 1996 29:1223); a raised head of the bed moves load
// down, and so do knees drawn up. Only the order of the readings counts, so that a mat's response
// does not. A head off the mat counts with its usual weight. Absent for other postures, without
// shoulders and pelvis, and where shoulders or thighs lie off the mat. `body` and `field` in the
// recording frame.
std::optional<double> hip_load_ratio(const PressureField& field, Posture posture,
                                     const BodyFit& body, const Anthropometry& known);

}  // namespace matfit
