#pragma once

#include "pipeline/evaluate_nights.hpp"

#include <string>

namespace matfit {

// How well transitions, shifts, shares and rest were told over whole nights, by kind of night,
// person and sampling rate. `split` says what the posture model had seen.
std::string as_text(const NightEvaluation& evaluation, const std::string& split);
std::string as_json(const NightEvaluation& evaluation, const std::string& split);

}  // namespace matfit
