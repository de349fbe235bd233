#pragma once

#include "stages/write/figures.hpp"
#include "stages/write/inspection.hpp"
#include "stages/write/phrases.hpp"

#include <string>

// The pictures of the inspection page, each a self-contained <svg> element.
namespace matfit {

// Every cell in the recording's rows and columns, numbered along the edges; a cross on what is
// dead, a stroke on what is weak, a ring around what is hot, grey where the mat has no cell. Empty
// without a map.
std::string cell_map_figure(const Inspection& inspection, const MapScale& scale,
                            const Phrases& phrases);

// Load over time; frames left out are ticks under the line. Empty for a single moment.
std::string load_figure(const Inspection& inspection, const Phrases& phrases);

}  // namespace matfit
