#pragma once

#include "stages/calibrate/knowledge.hpp"
#include "types/quality.hpp"

#include <map>
#include <string>
#include <vector>

namespace matfit {

// A figure that a rule may speak of; `list` names what was counted ("columns 10, 24").
struct QualityFigure {
  double value = 0.0;
  std::string list;
};

// By the names of quality_measures(); what could not be had is absent.
using QualityFigures = std::map<std::string, QualityFigure>;

struct GradedQuality {
  Grade grade = Grade::a;
  // In the order of the rules; of each code the first one's text, the worst cap, and what the rules
  // with that cap affect.
  std::vector<QualityReason> reasons;
};

GradedQuality grade_quality(const QualityFigures& figures, const std::vector<QualityRule>& rules);

// Adds what the rules say of a figure that only a later stage knows.
void add_to_grade(Quality& quality, const QualityFigures& figures,
                  const std::vector<QualityRule>& rules);

}  // namespace matfit
