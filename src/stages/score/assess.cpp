#include "stages/score/assess.hpp"

#include "stages/score/axis_scores.hpp"
#include "stages/score/draws.hpp"
#include "stages/score/judged_figures.hpp"
#include "stages/score/measures.hpp"
#include "stages/score/sentence.hpp"
#include "stages/score/verdict.hpp"

#include <algorithm>
#include <utility>

namespace matfit {

namespace {

FitReason reason_of(const Constant& constant) { return {constant.id, constant.reason}; }

ResultPart part_of(Axis axis) {
  switch (axis) {
    case Axis::alignment: return ResultPart::alignment;
    case Axis::pressure_relief: return ResultPart::pressure_relief;
    case Axis::support: break;
  }
  return ResultPart::support;
}

// Every axis rests on the posture and on where the body lies.
bool concerns(const QualityReason& reason, Axis axis) {
  return reason.affects.empty() ||
         std::any_of(reason.affects.begin(), reason.affects.end(), [axis](ResultPart part) {
           return part == part_of(axis) || part == ResultPart::everything ||
                  part == ResultPart::posture || part == ResultPart::landmarks;
         });
}

// The axes that the reasons which keep the grade at C concern; all where none is stated.
std::array<bool, axis_count> affected_axes(const Quality& quality) {
  std::array<bool, axis_count> affected{};
  if (quality.grade != Grade::c) return affected;
  bool stated = false;
  for (const QualityReason& reason : quality.reasons) {
    if (reason.cap != Grade::c) continue;
    stated = true;
    for (std::size_t a = 0; a < axis_count; ++a) {
      if (concerns(reason, static_cast<Axis>(a))) affected[a] = true;
    }
  }
  if (!stated) affected.fill(true);
  return affected;
}

std::string names_of(const std::array<bool, axis_count>& chosen, const Thresholds& thresholds) {
  std::string names;
  for (std::size_t a = 0; a < axis_count; ++a) {
    if (!chosen[a]) continue;
    names += (names.empty() ? "" : ", ") + thresholds.name(static_cast<Axis>(a));
  }
  return names;
}

FitReason grade_reason(const Quality& quality, const std::array<bool, axis_count>& affected,
                       const Thresholds& thresholds) {
  const Constant& constant = thresholds.constant("grade_c_sd_factor");
  return {constant.id, filled(constant.reason, {{"grade", std::string(name_of(quality.grade))},
                                                {"axes", names_of(affected, thresholds)}})};
}

void append(std::vector<FitReason>& reasons, const std::vector<FitReason>& more) {
  reasons.insert(reasons.end(), more.begin(), more.end());
}

// Why the spine's figures cannot be used; empty where they can.
std::optional<FitReason> spine_fault(const BoutResult& bout, const std::optional<Subject>& subject,
                                     const Thresholds& thresholds) {
  if (bout.spine.status != FitStatus::converged) {
    return reason_of(thresholds.constant("spine_fit_needed"));
  }
  if (bout.spine.basis == SpineBasis::none) {
    return reason_of(thresholds.constant("spine_basis_needed"));
  }
  const std::vector<SpineDoubt>& doubts = bout.spine.doubts;
  if (std::any_of(doubts.begin(), doubts.end(), [](SpineDoubt doubt) {
        return doubt == SpineDoubt::body_rolled || doubt == SpineDoubt::load_as_raised;
      })) {
    return reason_of(thresholds.constant("spine_plane_needed"));
  }
  const bool pregnant = subject && subject->pregnant.value_or(false);
  if (pregnant && !is_side(bout.bout.posture)) {
    return reason_of(thresholds.constant("pregnancy_excludes_alignment"));
  }
  return std::nullopt;
}

}  // namespace

FitAssessment assess_bout(const BoutResult& bout, const Quality& quality,
                          const std::optional<Subject>& subject,
                          const std::optional<Mattress>& mattress, const Guidance& guidance) {
  const Thresholds& thresholds = guidance.thresholds;
  const Posture posture = bout.bout.posture;
  FitAssessment fit;
  if (!is_lying(posture)) {
    const Constant& constant = thresholds.constant("posture_known");
    fit.reasons.push_back(
        {constant.id, filled(constant.reason, {{"posture", thresholds.name(posture)}})});
    return fit;
  }
  if (quality.grade == Grade::f) {
    std::array<bool, axis_count> all;
    all.fill(true);
    fit.reasons.push_back(grade_reason(quality, all, thresholds));
    return fit;
  }

  const std::optional<FitReason> fault = spine_fault(bout, subject, thresholds);
  if (fault) fit.reasons.push_back(*fault);
  const Constant& saturation = thresholds.constant("saturated_share_limit");
  if (quality.saturated_share > saturation.value) {
    fit.reasons.push_back(
        {saturation.id,
         filled(saturation.reason, {{"percent", decimals(100.0 * quality.saturated_share, 1)}})});
  }
  const Measures measures = measures_of(bout, quality, mattress, !fault, thresholds);
  const Draws draws = draw(measures);
  AxisScores scores = score_axes(posture, draws, thresholds);
  fit.alignment = scores.of(Axis::alignment);
  fit.pressure_relief = scores.of(Axis::pressure_relief);
  fit.support = scores.of(Axis::support);
  fit.score = scores.total;

  const Constant& confidence = thresholds.constant("posture_confidence");
  const std::array<bool, axis_count> affected = affected_axes(quality);
  std::array<bool, axis_count> usable{};
  std::transform(affected.begin(), affected.end(), usable.begin(), [](bool a) { return !a; });
  if (quality.grade == Grade::c) fit.reasons.push_back(grade_reason(quality, affected, thresholds));
  if (!(bout.bout.confidence >= confidence.value)) {
    fit.reasons.push_back(
        {confidence.id,
         filled(confidence.reason, {{"posture", thresholds.name(posture)},
                                    {"probability", decimals(100.0 * bout.bout.confidence, 0)},
                                    {"needed", decimals(100.0 * confidence.value, 0)}})});
  } else {
    if (usable[static_cast<std::size_t>(Axis::alignment)]) {
      fit.alignment_figures = judged_figures(posture, Axis::alignment, measures, thresholds);
    }
    VerdictOutcome outcome = judge(posture, measures, draws, usable, guidance);
    const std::array<bool, axis_count> unknown = {
        !fit.alignment.known(), !fit.pressure_relief.known(), !fit.support.known()};
    if (outcome.verdict == Verdict::right && unknown != std::array<bool, axis_count>{}) {
      const Constant& every = thresholds.constant("right_needs_every_axis");
      outcome = {};
      outcome.reasons.push_back(
          {every.id, filled(every.reason, {{"axes", names_of(unknown, thresholds)}})});
    }
    fit.verdict = outcome.verdict;
    // The verdict's own reasons come first.
    std::vector<FitReason> before = std::exchange(fit.reasons, outcome.reasons);
    append(fit.reasons, before);
  }
  append(fit.reasons, scores.reasons);
  if (mattress && mattress->age_years &&
      *mattress->age_years >= thresholds.value("mattress_old_years")) {
    const Constant& old = thresholds.constant("mattress_old_years");
    fit.reasons.push_back(
        {"M9", filled(old.reason, {{"age_years", decimals(*mattress->age_years, 0)}})});
  }
  return fit;
}

}  // namespace matfit
