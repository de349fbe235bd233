#pragma once

#include "stages/score/measures.hpp"
#include "types/estimate.hpp"

#include <map>
#include <string>
#include <vector>

namespace matfit {

inline constexpr std::size_t draw_count = 2000;

// draw_count values of each measure, by name. A measure's own draws depend on its name (or shared
// error) alone, so that another measure more or less does not change them.
using Draws = std::map<std::string, std::vector<double>, std::less<>>;
Draws draw(const Measures& measures);

// Uniform draws on 0..100, for what is not known at all; `name` fixes the stream.
std::vector<double> draw_unknown_score(std::string_view name);

// For draws of a posterior: median, standard deviation and the shortest interval that holds 95 % of
// the draws. The shortest one holds a value at the end of its range, which an equal-tailed one
// never does.
Estimate summarised(std::vector<double> draws);

}  // namespace matfit
