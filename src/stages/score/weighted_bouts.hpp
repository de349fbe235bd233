#pragma once

#include "stages/score/thresholds.hpp"
#include "types/result.hpp"

#include <optional>
#include <vector>

namespace matfit {

struct WeightedBout {
  const BoutResult* bout = nullptr;  // into the recording
  double weight = 0.0;               // all of a list sum to 1
};

// Left and right side are one position here: the body is taken as symmetric.
bool same_position(Posture a, Posture b);

// The lying bouts, weighted by time; with a usual position that was seen, it carries
// `usual_position_weight` (all, where nothing else was seen). Empty where nobody lay.
std::vector<WeightedBout> weighted_bouts(const RecordingResult& recording,
                                         const std::optional<Posture>& usual_position,
                                         const Thresholds& thresholds);

// The verdict that holds over `recording_verdict_share` of the weight, else undecided.
Verdict common_verdict(const std::vector<WeightedBout>& bouts, const Thresholds& thresholds);

}  // namespace matfit
