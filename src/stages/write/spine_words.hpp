#pragma once

#include "stages/write/phrases.hpp"
#include "types/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace matfit {

enum class Rating { good, fair, poor };

// Which ratings a figure's 95 % interval leaves open.
struct RatingRange {
  Rating best = Rating::good;
  Rating worst = Rating::poor;

  bool decided() const { return best == worst; }
};

RatingRange rating_of(const JudgedFigure& judged);
// The worst of the figures counts; absent without any.
std::optional<RatingRange> rating_of(const std::vector<JudgedFigure>& figures);

// One sentence for the person who lay there: how the spine lies, or that it cannot be told, and
// from what that is known.
std::string spine_sentence(const BoutResult& bout, const Phrases& phrases);

// Of what is known, and what the estimate says about itself.
std::string spine_basis_text(const SpineFit& spine, const Phrases& phrases);

}  // namespace matfit
