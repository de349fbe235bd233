#pragma once

#include "stages/score/draws.hpp"
#include "stages/score/guidance.hpp"
#include "stages/score/measures.hpp"

#include <array>
#include <vector>

namespace matfit {

struct VerdictOutcome {
  Verdict verdict = Verdict::undecided;
  std::array<double, 4> probabilities{};  // by Verdict; undecided: the signs contradict or say none
  std::vector<FitReason> reasons;
};

// Too soft, right or too firm for lying like this, where the draws agree on it often enough; the
// rules stand in verdict.cpp. Lines of an axis that is not `usable` count as not measured.
VerdictOutcome judge(Posture posture, const Measures& measures, const Draws& draws,
                     const std::array<bool, axis_count>& usable, const Guidance& guidance);

}  // namespace matfit
