#pragma once

#include "types/mattress_curve.hpp"

#include <vector>

namespace matfit {

// The curve of layers that lie on each other, each measured by itself: at equal pressure their
// indentations add, up to the highest pressure that all of them were measured at.
MeasuredCurve layers_in_series(const std::vector<MeasuredCurve>& layers);

}  // namespace matfit
