#pragma once

#include "stages/calibrate/grade.hpp"

#include <vector>

namespace matfit {

// Gaps of the timestamps: how many, and their share of the recording's time.
QualityFigures time_figures(const std::vector<double>& time_s);

}  // namespace matfit
