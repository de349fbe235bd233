#include "stages/score/assess.hpp"
#include "stages/score/sentence.hpp"
#include "stages/score/weighted_bouts.hpp"

#include <algorithm>

namespace matfit {

namespace {

// Weighted mean with errors in common: interval and sd are the weighted means of the bouts' own.
// Not known() where half of the weight or more has no estimate.
Estimate weighted_mean(const std::vector<WeightedBout>& bouts, Estimate FitAssessment::*part) {
  Estimate mean{0.0, 0.0, 0.0, 0.0};
  double known = 0.0;
  for (const WeightedBout& each : bouts) {
    const Estimate& estimate = each.bout->fit.*part;
    if (!estimate.known()) continue;
    mean.value += each.weight * estimate.value;
    mean.sd += each.weight * estimate.sd;
    mean.ci95_low += each.weight * estimate.ci95_low;
    mean.ci95_high += each.weight * estimate.ci95_high;
    known += each.weight;
  }
  if (!(known > 0.5)) return {};
  return {mean.value / known, mean.sd / known, mean.ci95_low / known, mean.ci95_high / known};
}

// The reasons of the bouts with this verdict, heaviest bout first; of each rule once.
void add_reasons(std::vector<WeightedBout> bouts, Verdict verdict,
                 std::vector<FitReason>& reasons) {
  std::stable_sort(bouts.begin(), bouts.end(), [](const WeightedBout& a, const WeightedBout& b) {
    return a.weight > b.weight;
  });
  for (const WeightedBout& each : bouts) {
    if (each.bout->fit.verdict != verdict) continue;
    for (const FitReason& reason : each.bout->fit.reasons) {
      const bool said =
          std::any_of(reasons.begin(), reasons.end(),
                      [&reason](const FitReason& other) { return other.rule == reason.rule; });
      if (!said) reasons.push_back(reason);
    }
  }
}

}  // namespace

FitAssessment assess_recording(const RecordingResult& recording, const Guidance& guidance) {
  const Thresholds& thresholds = guidance.thresholds;
  const std::optional<Posture> usual =
      recording.subject ? recording.subject->usual_position : std::nullopt;
  const std::vector<WeightedBout> bouts = weighted_bouts(recording, usual, thresholds);
  FitAssessment fit;
  if (bouts.empty()) {
    const Constant& none = thresholds.constant("assessed_bout_needed");
    fit.reasons.push_back({none.id, none.reason});
    return fit;
  }
  fit.alignment = weighted_mean(bouts, &FitAssessment::alignment);
  fit.pressure_relief = weighted_mean(bouts, &FitAssessment::pressure_relief);
  fit.support = weighted_mean(bouts, &FitAssessment::support);
  fit.score = weighted_mean(bouts, &FitAssessment::score);
  fit.verdict = common_verdict(bouts, thresholds);

  const bool any_verdict = std::any_of(bouts.begin(), bouts.end(), [](const WeightedBout& each) {
    return each.bout->fit.verdict != Verdict::undecided;
  });
  if (fit.verdict == Verdict::undecided && any_verdict) {
    const Constant& needed = thresholds.constant("recording_verdict_share");
    fit.reasons.push_back(
        {needed.id, filled(needed.reason, {{"needed", decimals(100.0 * needed.value, 0)}})});
  }
  add_reasons(bouts, fit.verdict, fit.reasons);
  if (usual && is_lying(*usual)) {
    const auto is_usual = [&usual](const WeightedBout& each) {
      return same_position(*usual, each.bout->bout.posture);
    };
    if (std::any_of(bouts.begin(), bouts.end(), is_usual) &&
        !std::all_of(bouts.begin(), bouts.end(), is_usual)) {
      const Constant& weight = thresholds.constant("usual_position_weight");
      fit.reasons.push_back(
          {weight.id, filled(weight.reason, {{"posture", thresholds.name(*usual)},
                                             {"percent", decimals(100.0 * weight.value, 0)}})});
    }
  }
  return fit;
}

}  // namespace matfit
