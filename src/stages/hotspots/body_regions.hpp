#pragma once

#include "stages/hotspots/hotspot_options.hpp"
#include "types/body.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <map>
#include <string>

namespace matfit {

// Shares of the map's load by part of the body: "head", "shoulders", "lumbar", "pelvis" are bands
// across the trunk, no wider than the body; "legs" is what lies below the pelvis or closer to a
// thigh or shank than to the trunk; "other" is the rest: arms, a pillow's edge, and what belongs to
// a part whose landmarks were not found. They sum to 1. Empty where no part's landmarks were found,
// nobody lies there or nothing is loaded.
std::map<std::string, double> load_share_by_region(const PressureField& field, const BodyFit& body,
                                                   Posture posture, const HotspotOptions& options);

}  // namespace matfit
