#pragma once

#include "stages/score/guidance.hpp"
#include "types/fit_assessment.hpp"
#include "types/mattress.hpp"
#include "types/quality.hpp"
#include "types/result.hpp"
#include "types/subject.hpp"

#include <optional>

namespace matfit {

// Mattress fit of one bout: alignment, pressure relief and support 0..100 with 95 % intervals,
// their weighted score, and a verdict where the evidence suffices. Every reason names a rule of
// guidance.toml or an entry of thresholds.toml. bout.fit is not read. Does not depend on side:
// mirrored input gives the same answer.
FitAssessment assess_bout(const BoutResult& bout, const Quality& quality,
                          const std::optional<Subject>& subject,
                          const std::optional<Mattress>& mattress, const Guidance& guidance);

// The bouts' assessments (bout.fit) weighted by their time; where the person's usual position is
// given and was seen, that position carries the weight that thresholds.toml states. Errors of bouts
// are taken as common, since mat, body and mattress are.
FitAssessment assess_recording(const RecordingResult& recording, const Guidance& guidance);

}  // namespace matfit
