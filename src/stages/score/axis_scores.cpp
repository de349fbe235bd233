#include "stages/score/axis_scores.hpp"

#include "stages/score/sentence.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>

namespace matfit {

namespace {

struct AxisDraws {
  std::vector<double> scores;            // empty: not known
  std::vector<const PassLine*> missing;  // required lines without a figure
  const PassLine* first_line_without_figure = nullptr;
};

AxisDraws draw_axis(Axis axis, Posture posture, const Draws& draws, const Thresholds& thresholds) {
  const Combine combine = thresholds.rule(axis).combine;
  AxisDraws out;
  double lines = 0.0;
  for (const PassLine& line : thresholds.lines) {
    if (line.axis != axis || !line.applies_to(posture)) continue;
    const auto drawn = draws.find(line.measure);
    if (drawn == draws.end()) {
      if (line.required) out.missing.push_back(&line);
      if (out.first_line_without_figure == nullptr) out.first_line_without_figure = &line;
      continue;
    }
    if (lines == 0.0) {
      out.scores.assign(draw_count, combine == Combine::worst ? 100.0 : 0.0);
    }
    lines += 1.0;
    for (std::size_t i = 0; i < draw_count; ++i) {
      const double score = thresholds.score(line, drawn->second[i]);
      double& total = out.scores[i];
      total = combine == Combine::worst ? std::min(total, score) : total + score;
    }
  }
  if (combine == Combine::mean) {
    for (double& each : out.scores) each /= lines;
  }
  if (out.scores.empty() && out.missing.empty() && out.first_line_without_figure != nullptr) {
    out.missing.push_back(out.first_line_without_figure);
  }
  if (!out.missing.empty()) out.scores.clear();
  return out;
}

}  // namespace

AxisScores score_axes(Posture posture, const Draws& draws, const Thresholds& thresholds) {
  AxisScores out;
  std::vector<double> total(draw_count, 0.0);
  double known_weight = 0.0;
  std::string unknown_names;
  for (std::size_t a = 0; a < axis_count; ++a) {
    const auto axis = static_cast<Axis>(a);
    const double weight = thresholds.rule(axis).weight;
    AxisDraws axis_draws = draw_axis(axis, posture, draws, thresholds);
    if (axis_draws.scores.empty()) {
      unknown_names += (unknown_names.empty() ? "" : ", ") + thresholds.name(axis);
      for (const PassLine* line : axis_draws.missing) {
        out.reasons.push_back(
            {line->id,
             capitalised(filled(thresholds.constant("figure_missing").reason,
                                {{"axis", thresholds.name(axis)}, {"label", line->label}}))});
      }
      const std::vector<double> unknown = draw_unknown_score(name_of(axis));
      for (std::size_t i = 0; i < draw_count; ++i) total[i] += weight * unknown[i];
      continue;
    }
    known_weight += weight;
    for (std::size_t i = 0; i < draw_count; ++i) total[i] += weight * axis_draws.scores[i];
    out.axes[a] = summarised(std::move(axis_draws.scores));
  }
  const Constant& needed = thresholds.constant("score_known_weight");
  if (!unknown_names.empty()) {
    out.reasons.push_back({needed.id, filled(needed.reason, {{"axes", unknown_names}})});
  }
  constexpr double rounding = 1e-12;
  if (known_weight + rounding >= needed.value) out.total = summarised(std::move(total));
  return out;
}

}  // namespace matfit
