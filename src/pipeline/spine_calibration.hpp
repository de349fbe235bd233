#pragma once

#include "pipeline/spine_scores.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace matfit {

// For each value told, the level of the narrowest central interval that holds the truth, 0..1: each
// side of the value Gaussian with the sd that its 95 % interval says. Uniform where errors are
// stated truly. 1 where the interval ends at the value and the truth lies beyond.
std::vector<double> levels_that_hold(const std::vector<JudgedValue>& values);

// Share of the levels up to `level`: how often an interval of that level holds.
double share_held(const std::vector<double>& levels, double level);

// 95 % interval of a share that was seen in `count` independent cases (Wilson, J Am Stat Assoc
// 1927, 22:209). `count` > 0.
std::pair<double, double> interval_of_share(double share, std::size_t count);

}  // namespace matfit
