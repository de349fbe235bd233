#include "stages/classify/head_end.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double clearly_longer = 1.35;
constexpr double most_looks = 3.0;

}  // namespace

std::vector<HeadEnd> possible_head_ends(const MatGeometry& geometry, HeadEnd given) {
  if (given != HeadEnd::unknown) return {given};
  const double ratio = geometry.length_m() / geometry.width_m();
  if (ratio > clearly_longer) return {HeadEnd::first_row, HeadEnd::last_row};
  if (ratio < 1.0 / clearly_longer) return {HeadEnd::first_col, HeadEnd::last_col};
  return {HeadEnd::first_row, HeadEnd::last_row, HeadEnd::first_col, HeadEnd::last_col};
}

HeadEndChoice chosen_head_end(const std::vector<HeadEndEvidence>& evidence, double stretches) {
  if (evidence.empty() || !(stretches > 0.0)) return {};
  const auto best = std::max_element(
      evidence.begin(), evidence.end(),
      [](const HeadEndEvidence& a, const HeadEndEvidence& b) { return a.log_odds < b.log_odds; });
  const double looks = std::min(stretches, most_looks) / stretches;
  double sum = 0.0;
  for (const HeadEndEvidence& e : evidence) {
    // Half the difference: the two maps of a pair are the same body seen twice.
    sum += std::exp(0.5 * looks * (e.log_odds - best->log_odds));
  }
  return {best->head_end, 1.0 / sum};
}

}  // namespace matfit
