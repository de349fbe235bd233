#pragma once

#include "types/quality.hpp"

#include <optional>

namespace matfit {

// Relative error (1 sd) of a pressure by the evidence for its unit: interpolated over the logarithm
// of the pressure and constant beyond the entries; absent where the evidence states none.
std::optional<double> relative_sd_at(const UnitEvidence& units, double pressure_pa);

// The same in Pa.
std::optional<double> sd_at(const UnitEvidence& units, double pressure_pa);

}  // namespace matfit
