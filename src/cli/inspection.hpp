#pragma once

#include "stages/write/inspection_page.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <string>

namespace matfit {

// What `matfit inspect` says of a recording: what was read, from where each statement came, what
// the calibration found and how good it is.

// Lines for people, with the mean map in letters.
std::string inspection_text(const Recording& recording, const PressureSeries& series);

// One JSON document; "quality" is that of the results.
std::string inspection_json(const Recording& recording, const PressureSeries& series);

// What the page shows.
Inspection inspection_of(const Recording& recording, const PressureSeries& series);

}  // namespace matfit
