#pragma once

#include "types/hotspot.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// The figures with the errors that the evidence for their unit leaves and, for the mean, the repair
// of cells: `repaired_load_sd` is that of the load, relative. Peaks do not rest on repaired cells.
PressureSummary with_errors(PressureSummary summary, const UnitEvidence& units,
                            double repaired_load_sd = 0.0);

// `dose_threshold_pa`: what the doses count from. It is fixed, so a common factor on the pressure p
// changes the dose by that share of the integral of p, not of the dose.
std::vector<Hotspot> with_errors(std::vector<Hotspot> hotspots, const UnitEvidence& units,
                                 double dose_threshold_pa);

}  // namespace matfit
