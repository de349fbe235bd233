#pragma once

#include "stages/score/draws.hpp"
#include "stages/score/thresholds.hpp"
#include "types/fit_assessment.hpp"

#include <array>
#include <vector>

namespace matfit {

// Scores 0..100 with their errors; not known() where a required figure is missing.
struct AxisScores {
  std::array<Estimate, axis_count> axes;
  Estimate total;
  std::vector<FitReason> reasons;  // what is missing, with the id of its line or constant

  const Estimate& of(Axis axis) const { return axes[static_cast<std::size_t>(axis)]; }
};

AxisScores score_axes(Posture posture, const Draws& draws, const Thresholds& thresholds);

}  // namespace matfit
