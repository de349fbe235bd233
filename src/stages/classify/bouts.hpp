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
  // Settled maps are compared by sum |A - B| over their mean load; turning from back to side gives
  // about 1, an arm or a leg 0.2 to 0.4. Where the map stays within this of the last settled one,
  // nobody has turned, whatever a posture's probability says, and a change costs more.
  double same_place_change = 0.25;
  double change_cost_in_place_nats = 60.0;
  // Within one posture, a settled map that differs by this much is a shift and begins a bout.
  double shift_change = 0.5;
  // Likewise one that lies this far off as a whole: along itself a body goes far before its map
  // differs by as much.
  double shift_displacement_m = 0.05;
  // Rests no longer than this part nothing: it is one movement.
  double longest_pause_s = 1.0;
  // Who sits or is up for this long is, however restless; shorter, it is part of a turn.
  double shortest_out_of_bed_s = 4.0;
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
// at shifts and at gaps of the timestamps. A bout begins with the first look of the turn that leads
// into it. Otherwise bouts follow each other; each holds a valid frame.
std::vector<PostureBout> bouts_of(const std::vector<ReadStretch>& stretches,
                                  const std::vector<double>& time_s, const BoutOptions& options);

}  // namespace matfit
