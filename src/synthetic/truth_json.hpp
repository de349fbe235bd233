#pragma once

#include "synthetic/simulate_recording.hpp"

#include <string>

namespace matfit {

// ID.truth.json: what is true of every bout, in the units and the frame of the results (contract),
// rounded to 0.001. Keys are those of ID.json; `neutral_z_mm` beside each level's z_mm is the
// spine before sinking.
std::string truth_json(const SimulatedRecording& simulated);

}  // namespace matfit
