#pragma once

#include "stages/score/measures.hpp"
#include "stages/score/thresholds.hpp"
#include "types/fit_assessment.hpp"
#include "types/posture.hpp"

#include <vector>

namespace matfit {

// The measures that the axis rests on in that posture, beside their lines, in the order of the
// lines. What is not measured is not in it.
std::vector<JudgedFigure> judged_figures(Posture posture, Axis axis, const Measures& measures,
                                         const Thresholds& thresholds);

}  // namespace matfit
