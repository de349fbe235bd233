#include "stages/score/weighted_bouts.hpp"

#include <algorithm>
#include <array>

namespace matfit {

namespace {

// A recording of one frame has no length; it still counts.
constexpr double shortest_s = 1e-3;

}  // namespace

bool same_position(Posture a, Posture b) { return a == b || (is_side(a) && is_side(b)); }

std::vector<WeightedBout> weighted_bouts(const RecordingResult& recording,
                                         const std::optional<Posture>& usual_position,
                                         const Thresholds& thresholds) {
  std::vector<WeightedBout> bouts;
  double usual_s = 0.0;
  double other_s = 0.0;
  const auto is_usual = [&usual_position](const BoutResult& each) {
    return usual_position && same_position(*usual_position, each.bout.posture);
  };
  for (const BoutResult& each : recording.bouts) {
    if (!is_lying(each.bout.posture)) continue;
    const double length_s = std::max(shortest_s, each.bout.end_s - each.bout.start_s);
    bouts.push_back({&each, length_s});
    (is_usual(each) ? usual_s : other_s) += length_s;
  }
  const double usual_weight = thresholds.value("usual_position_weight");
  for (WeightedBout& each : bouts) {
    if (usual_s > 0.0 && other_s > 0.0) {
      each.weight *= is_usual(*each.bout) ? usual_weight / usual_s : (1.0 - usual_weight) / other_s;
    } else {
      each.weight /= usual_s + other_s;
    }
  }
  return bouts;
}

Verdict common_verdict(const std::vector<WeightedBout>& bouts, const Thresholds& thresholds) {
  std::array<double, 4> share{};
  double sum = 0.0;
  for (const WeightedBout& each : bouts) {
    share[static_cast<std::size_t>(each.bout->fit.verdict)] += each.weight;
    sum += each.weight;
  }
  const double needed = thresholds.value("recording_verdict_share") * sum;
  for (const Verdict verdict : {Verdict::too_soft, Verdict::right, Verdict::too_firm}) {
    const double held = share[static_cast<std::size_t>(verdict)];
    if (held > 0.0 && held >= needed) return verdict;
  }
  return Verdict::undecided;
}

}  // namespace matfit
