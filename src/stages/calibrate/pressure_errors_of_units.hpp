#pragma once

#include "stages/calibrate/background.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "stages/calibrate/unit_scale.hpp"
#include "types/quality.hpp"
#include "types/survey.hpp"

#include <vector>

namespace matfit {

// Geometric mean of the readings over the background, weighted by their square roots, as a bent
// response turns about it; 0 where nothing is loaded.
double middle_reading(const Survey& loaded, const Background& background, double dead_zone);

// What is left open of pressures whose response is not known, by rising pressure. Raw readings
// taken for linear: what body weight, posture and perhaps an assumed mass leave everywhere, and the
// open bend away from the middle. A stated unit: how far its load is from body weight; nothing
// where no mass is known.
std::vector<PressureError> pressure_errors(const UnitScale& scale, double middle_pa,
                                           const UnknownResponse& unknown);

}  // namespace matfit
