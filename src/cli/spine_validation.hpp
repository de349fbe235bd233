#pragma once

#include "pipeline/evaluate_spines.hpp"

#include <string>

namespace matfit {

// The command that makes this evaluation again.
std::string command_of(const EvaluateSpinesOptions& options);

// The figures of as_text and as_json (spine_evaluation_text.hpp) with plots of them, as one page
// that needs no other file.
std::string spine_validation_page(const SpineEvaluation& evaluation,
                                  const EvaluateSpinesOptions& options);

}  // namespace matfit
