#pragma once

#include "stages/hotspots/hotspot_options.hpp"
#include "stages/hotspots/peak_position.hpp"
#include "types/body.hpp"
#include "types/posture.hpp"

#include <string>
#include <vector>

namespace matfit {

inline constexpr const char* unnamed_site = "unnamed";

// For each peak the body site whose landmark it lies closest to, in standard deviations of the
// landmark and of where on the body that site's peak can be; each site once, nearest first. The
// sites depend on the posture: lying on a side it is the shoulder and the hip lain on. Others, and
// all where no body was fitted, are "unnamed".
std::vector<std::string> site_names(const std::vector<PeakPosition>& peaks, Posture posture,
                                    const BodyFit& body, const HotspotOptions& options);

}  // namespace matfit
