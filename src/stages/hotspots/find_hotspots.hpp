#pragma once

#include "stages/hotspots/hotspot_options.hpp"
#include "types/body.hpp"
#include "types/bout.hpp"
#include "types/hotspot.hpp"
#include "types/pressure_series.hpp"

#include <vector>

namespace matfit {

// The hotspots of a bout, highest peak first: maxima of the smoothed map `field` (the bout's mean)
// that stand out, placed between the cells, named by body side where `body` was fitted. Each has
// the cells of its own basin alone: two hotspots share no pressure, area or gradient. Repaired
// cells make no hotspot. Dose and duration follow each hotspot's index area through the bout's
// valid frames, read in blocks; a frame lasts until the next but not through a gap, an invalid one
// repeats the last valid one.
std::vector<Hotspot> find_hotspots(const PressureSeries& series, const PostureBout& bout,
                                   const PressureField& field, const BodyFit& body,
                                   const HotspotOptions& options = {});

}  // namespace matfit
