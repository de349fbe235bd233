#pragma once

#include "stages/classify/bouts.hpp"
#include "types/bout.hpp"

#include <vector>

namespace matfit {

// What moved while lying, in order of time: runs of looks that showed movement, in lying bouts.
// Rests of more than `longest_pause_s`, that of BoutOptions, part two movements.
std::vector<BodyMovement> movements_in(const std::vector<PostureBout>& bouts,
                                       const std::vector<ReadStretch>& stretches,
                                       const std::vector<double>& time_s, double longest_pause_s);

// Shifts are passages from one lying bout to the next; getting up and lying down are none, nor is
// what happened in a gap, where time counts as neither lying nor still. `movements` are those of
// these bouts.
Movement movement_of(const std::vector<PostureBout>& bouts,
                     const std::vector<BodyMovement>& movements);

}  // namespace matfit
