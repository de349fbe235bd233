#pragma once

#include "pipeline/evaluate_spines.hpp"

#include <string>

namespace matfit {

// How far spines on known mattresses were told, beside simple ways and the limits set: over all
// cases, by what was known of the mattress, and by group.
std::string as_text(const SpineEvaluation& evaluation);
std::string as_json(const SpineEvaluation& evaluation);

}  // namespace matfit
