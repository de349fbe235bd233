#pragma once

#include "stages/hotspots/hotspot_options.hpp"
#include "types/body.hpp"
#include "types/hotspot.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

namespace matfit {

// Mean, peak, area, variation and load of one map. Mean, variation and area are of the cells above
// the stated threshold, load of all; repaired cells count but are no peak. Shares of the load are
// those of load_share_by_region().
PressureSummary summarise_pressure(const PressureField& field, const BodyFit& body, Posture posture,
                                   const HotspotOptions& options = {});

}  // namespace matfit
