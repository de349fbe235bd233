#pragma once

#include "stages/score/guidance.hpp"
#include "types/fit_assessment.hpp"
#include "types/result.hpp"
#include "types/subject.hpp"

#include <optional>
#include <vector>

namespace matfit {

// Advice that applies to the person and the recording (its fit already assessed), the most pressing
// first, each rule once, at most `advice_limit`; after them what the person stated and matfit did
// not understand. Never a diagnosis.
std::vector<Advice> advice_for(const RecordingResult& recording, const Guidance& guidance);

// Red flags that the person stated: an emergency first, then the notice, each flag, and what to
// take along to the appointment. Empty without red flags.
std::vector<Advice> referrals_for(const std::optional<Subject>& subject, const Guidance& guidance);

}  // namespace matfit
