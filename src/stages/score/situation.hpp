#pragma once

#include "stages/score/guidance.hpp"
#include "stages/score/intake.hpp"
#include "stages/score/weighted_bouts.hpp"
#include "types/estimate.hpp"
#include "types/result.hpp"

#include <optional>
#include <set>
#include <vector>

namespace matfit {

// What holds of a recording and its person, for the conditions of the rules.
struct Situation {
  std::set<Posture> postures;  // usual, or lain in for a relevant share of the time
  std::vector<WeightedBout> bouts;
  Verdict verdict = Verdict::undecided;
  Intake intake;
  bool pregnant = false;
  std::set<Finding> findings;
  std::optional<double> mattress_age_years;
  std::optional<double> shifts_per_h;
  std::optional<double> longest_still_min;  // absent for recordings too short to say
  std::optional<Estimate> pillow_height_m;  // right for the build, lying on the side
  std::optional<double> given_pillow_height_m;
  std::optional<Estimate> prone_arch_deg;  // > 0: arched against the person's neutral
};

Situation situation_of(const RecordingResult& recording, const Guidance& guidance);

bool holds(const Condition& condition, const Situation& situation, const Thresholds& thresholds);

}  // namespace matfit
