#pragma once

#include "types/mat_geometry.hpp"

#include <vector>

namespace matfit {

// The head ends that a mat of this shape allows: a mat clearly longer than wide is lain on along
// its length. One entry where the head end is given.
std::vector<HeadEnd> possible_head_ends(const MatGeometry& geometry, HeadEnd given);

struct HeadEndEvidence {
  HeadEnd head_end = HeadEnd::unknown;
  double log_odds = 0.0;  // sum over the stretches that show a body
};

struct HeadEndChoice {
  HeadEnd head_end = HeadEnd::unknown;
  double confidence = 0.0;
};

// The likeliest; `stretches` is how many independent looks the sums hold: stretches of one
// recording show the same body, so that their evidence counts as no more than three looks.
HeadEndChoice chosen_head_end(const std::vector<HeadEndEvidence>& evidence, double stretches);

}  // namespace matfit
