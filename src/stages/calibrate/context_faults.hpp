#pragma once

#include "stages/calibrate/frame_statistics.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"

#include <cstdint>
#include <vector>

namespace matfit {

// Frames that cannot have followed from their neighbours, found in the short stretches (five
// frames at most) that break away from steady ones:
//   "torn"      whole runs of cells in reading order are unloaded, or hold another map of a like
//               load; the rest is as before and after
//   "shifted"   the map is that of a neighbour moved round in reading order, far or there and back
//   "start_up"  the first frames hold a fragment, then the whole load is there at once
//   "dropout"   the load vanishes and comes back the same
//   "glitch"    the map differs from two neighbours that are alike
//   "surge"     several times the load of the neighbours
// A bed that is empty for longer, someone who comes, goes or turns, all leave stretches that are
// steady on neither or both sides, or change on the way, and stay valid. Rules that rest on time
// need frames no more than two seconds apart. `usable` marks the frames in question; `corrupt`
// are those known to be by their content; `background` is a cell's unloaded reading. In order of
// frames.
std::vector<InvalidFrame> context_faults(const Recording& recording,
                                         const std::vector<FrameStatistics>& frames,
                                         const std::vector<std::uint8_t>& usable,
                                         const std::vector<InvalidFrame>& corrupt,
                                         double background, double noise);

}  // namespace matfit
