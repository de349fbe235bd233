#pragma once

#include "types/mattress_curve.hpp"

#include <string>
#include <vector>

namespace matfit {

// The curve of one zone as the `curve` column of mattresses.csv reads it: indentation_mm,
// pressure_kpa, pressure_sd_kpa.
std::string mattress_curve_csv(const MeasuredCurve& curve);

// Which curve holds where along the body, schema "matfit-mattress-zones" version 1. `files`: of
// each zone's curve, relative to the index.
std::string mattress_zones_json(const MattressCurves& curves,
                                const std::vector<std::string>& files);

// What the test showed, schema "matfit-mattress-test" version 1, and the same as one page that
// needs nothing from a network.
std::string mattress_report_json(const MattressCurves& curves);
std::string mattress_report_page(const MattressCurves& curves, const std::string& version);

}  // namespace matfit
