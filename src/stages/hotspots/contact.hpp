#pragma once

#include "stages/hotspots/hotspot_options.hpp"
#include "types/pressure_series.hpp"

namespace matfit {

// The pressure above which a cell of the map counts as loaded, Pa.
double contact_threshold_pa(const PressureField& field, const HotspotOptions& options);

}  // namespace matfit
