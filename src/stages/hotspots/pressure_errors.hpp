#pragma once

#include "types/hotspot.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// The figures with the errors that the evidence for their unit leaves.
PressureSummary with_errors(PressureSummary summary, const UnitEvidence& units);

// `dose_threshold_pa`: what the doses count from. It is fixed, so a common factor on the pressure p
// changes the dose by that share of the integral of p, not of the dose.
std::vector<Hotspot> with_errors(std::vector<Hotspot> hotspots, const UnitEvidence& units,
                                 double dose_threshold_pa);

}  // namespace matfit
