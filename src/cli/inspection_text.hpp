#pragma once

#include "stages/write/inspection.hpp"
#include "stages/write/study_inspection.hpp"

#include <string>

namespace matfit {

// Lines for people, with the mean map in letters.
std::string inspection_text(const Inspection& inspection);

// A table of the recordings, then what failed and what only a look across them shows.
std::string inspection_text(const StudyInspection& inspection);

}  // namespace matfit
