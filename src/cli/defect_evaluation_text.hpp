#pragma once

#include "pipeline/evaluate_defects.hpp"

#include <string>

namespace matfit {

// What was found in the recordings as they came, and the share of each kind of fault that was found
// after it was put in, and how well lines were repaired, by mattress and by whether limits were
// chosen on the people.
std::string as_text(const DefectEvaluation& evaluation);
std::string as_json(const DefectEvaluation& evaluation);

}  // namespace matfit
