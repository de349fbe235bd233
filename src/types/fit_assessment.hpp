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

// A figure and the lines that it is held against: of its size where `magnitude`. Up to `good` it is
// good, up to `fair` fair, beyond it poor.
struct JudgedFigure {
  std::string rule;     // id of the line in calibration/thresholds
  std::string measure;  // as the line names it; a spine metric's name, for one
  std::string label;    // in the report's language
  Estimate figure;      // in the unit of the measure's name
  bool magnitude = false;
  double good = 0.0;
  double fair = 0.0;
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
  // Of a bout: what its alignment rests on. Empty where the data do not let it be judged.
  std::vector<JudgedFigure> alignment_figures = {};
};

struct Advice {
  std::string rule;
  std::string text;
  std::string source;
  std::string evidence;
};

}  // namespace matfit
