#pragma once

#include "types/hotspot.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// The figures with the errors that the evidence for their unit leaves.
PressureSummary with_errors(PressureSummary summary, const UnitEvidence& units);
std::vector<Hotspot> with_errors(std::vector<Hotspot> hotspots, const UnitEvidence& units);

}  // namespace matfit
