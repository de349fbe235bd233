#pragma once

#include "types/estimate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class Verdict { undecided, too_soft, right, too_firm };

std::string_view name_of(Verdict verdict);

struct FitReason {
  std::string rule;  // id in calibration/guidance or thresholds
  std::string text;
};

// Mattress fit of a bout or a recording. The three parts are never traded against each other
// silently; each 0..100, more is better; not known() where the data do not say.
struct FitAssessment {
  Estimate alignment;
  Estimate pressure_relief;
  Estimate support;
  Estimate score;
  Verdict verdict = Verdict::undecided;
  std::vector<FitReason> reasons;
};

struct Advice {
  std::string rule;
  std::string text;
  std::string source;
  std::string evidence;
};

}  // namespace matfit
