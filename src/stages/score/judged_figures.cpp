#include "stages/score/judged_figures.hpp"

namespace matfit {

std::vector<JudgedFigure> judged_figures(Posture posture, Axis axis, const Measures& measures,
                                         const Thresholds& thresholds) {
  std::vector<JudgedFigure> figures;
  for (const PassLine& line : thresholds.lines) {
    if (line.axis != axis || !line.applies_to(posture)) continue;
    const auto measure = measures.find(line.measure);
    if (measure == measures.end()) continue;
    figures.push_back({line.id, line.measure, line.label, measure->second.quoted(), line.magnitude,
                       line.good, line.fair});
  }
  return figures;
}

}  // namespace matfit
