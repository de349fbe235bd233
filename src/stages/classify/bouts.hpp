#pragma once

#include "stages/classify/stillness.hpp"
#include "types/bout.hpp"
#include "types/time_gaps.hpp"

#include <string>
#include <vector>

namespace matfit {

struct BoutOptions {
  // What a change of posture must be worth, in nats of evidence; each second of a stretch counts as
  // one look at the body, up to most_looks a stretch.
  double change_cost_nats = 8.0;
  double most_looks = 20.0;
  // Within one posture, a settled map that differs by this much from the last settled one is a
  // shift and begins a bout (sum |A - B| over their mean load; turning from back to side gives
  // about 1, an arm or a leg 0.2 to 0.4).
  double shift_change = 0.5;
  // Below this probability a posture is not named.
  double least_confidence = 0.5;
  // Whoever lay still before a gap of the timestamps may have got up in it: a bout ends there.
  GapLimits gaps;
};

// A stretch with what the model and the contact say of it.
struct ReadStretch {
  StillStretch still;
  PostureProbabilities probabilities{};
  std::string reason;  // why it is unknown, as a code; empty otherwise
};

// The likeliest sequence of postures over the stretches (Viterbi, IEEE Trans Inf Theory 1967), cut
// at shifts and at gaps of the timestamps. Otherwise bouts follow each other; each holds a valid
// frame.
std::vector<PostureBout> bouts_of(const std::vector<ReadStretch>& stretches,
                                  const std::vector<double>& time_s, const BoutOptions& options);

// Shifts are passages from one lying bout to the next; getting up and lying down are none, nor is
// what happened in a gap, where time counts as neither lying nor still.
Movement movement_of(const std::vector<PostureBout>& bouts);

}  // namespace matfit
