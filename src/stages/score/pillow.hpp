#pragma once

#include "stages/score/thresholds.hpp"
#include "types/estimate.hpp"
#include "types/subject.hpp"

#include <optional>

namespace matfit {

// Height under the loaded head that keeps the neck straight lying on the side, from the breadths of
// shoulder and head; metres. Absent without sex, stature and mass (the shoulder's breadth may be
// given, the head's comes from the regression).
std::optional<Estimate> pillow_height(const Subject& subject, const PillowGeometry& geometry);

}  // namespace matfit
