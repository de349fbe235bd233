#pragma once

#include "stages/classify/bouts.hpp"
#include "types/bout.hpp"

#include <vector>

namespace matfit {

// Shifts are passages from one lying bout to the next; getting up and lying down are none, nor is
// what happened in a gap, where time counts as neither lying nor still. Movements are counted and
// timed by the stretches of these bouts: `lag_s` is StillnessOptions' own, by which a movement
// shows longer than it lasts, and `longest_pause_s` that of BoutOptions.
Movement movement_of(const std::vector<PostureBout>& bouts,
                     const std::vector<ReadStretch>& stretches, double lag_s,
                     double longest_pause_s);

}  // namespace matfit
