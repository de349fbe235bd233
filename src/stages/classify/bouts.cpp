#include "stages/classify/bouts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>

namespace matfit {

namespace {

constexpr double least_probability = 1e-4;  // no single stretch may rule a posture out

double looks_of(const StillStretch& still, const BoutOptions& options) {
  return std::clamp(still.duration_s, 1.0, options.most_looks);
}

bool settled(const ReadStretch& stretch) { return stretch.still.settled; }

// Of each stretch, how far the body came to rest from where it had last lain settled; absent where
// that is not known.
std::vector<std::optional<double>> travels_of(const std::vector<ReadStretch>& stretches) {
  std::vector<std::optional<double>> travels(stretches.size());
  std::optional<double> travel;
  for (std::size_t i = stretches.size(); i > 0; --i) {
    if (settled(stretches[i - 1])) travel = stretches[i - 1].still.change_from_settled;
    travels[i - 1] = travel;
  }
  return travels;
}

// The state of each stretch along the likeliest path.
std::vector<std::size_t> likeliest_path(const std::vector<ReadStretch>& stretches,
                                        const BoutOptions& options) {
  const std::vector<std::optional<double>> travels = travels_of(stretches);
  const auto cost_of_change = [&](std::size_t i) {
    // After a gap any posture is as likely as the one before it.
    if (stretches[i].still.after_gap) return 0.0;
    const bool in_place = travels[i] && *travels[i] < options.same_place_change;
    return in_place ? options.change_cost_in_place_nats : options.change_cost_nats;
  };
  std::array<double, posture_count> score{};
  std::vector<std::array<std::size_t, posture_count>> came_from(stretches.size());
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const std::size_t best =
        static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    const double by_change = score[best] - cost_of_change(i);
    std::array<double, posture_count> next{};
    for (std::size_t s = 0; s < posture_count; ++s) {
      const bool changes = i > 0 && by_change > score[s];
      came_from[i][s] = changes ? best : s;
      next[s] = (i == 0 ? 0.0 : std::max(score[s], by_change)) +
                looks_of(stretches[i].still, options) *
                    std::log(std::max(stretches[i].probabilities[s], least_probability));
    }
    score = next;
  }
  std::vector<std::size_t> path(stretches.size());
  std::size_t state =
      static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
  for (std::size_t i = stretches.size(); i > 0; --i) {
    path[i - 1] = state;
    state = came_from[i - 1][state];
  }
  return path;
}

// Stretches [first, last) of one bout, and its state.
struct BoutSpan {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t state = 0;
};

// Where the turn began that led from one settled stretch to another: with the first look of the
// movement that holds the largest change. Smaller ones before it, parted by a rest, are none of it,
// nor is what follows the movement after which the path is another: who sits on the edge of the bed
// moves on.
std::size_t turn_between(const std::vector<ReadStretch>& stretches,
                         const std::vector<std::size_t>& path, std::size_t from, std::size_t to,
                         const BoutOptions& options) {
  std::size_t turn = to;
  std::size_t begin = to;
  double largest = -1.0;
  bool changed = false;
  for (std::size_t k = from + 1; k <= to; ++k) {
    const StillStretch& still = stretches[k].still;
    const StillStretch& before = stretches[k - 1].still;
    const bool goes_on = k > from + 1 && still.after_movement && before.after_movement &&
                         before.duration_s - before.moving_s <= options.longest_pause_s;
    if (changed && !goes_on) break;
    if (!goes_on) begin = k;
    if (still.after_movement && still.change > largest) {
      largest = still.change;
      turn = begin;
    }
    changed = changed || path[k] != path[from];
  }
  return turn;
}

// Cuts the stretches [first, last), which no gap parts, into bouts. Settled stretches decide; what
// lies between two of them is on the way from one to the other. Before the first and after the last
// of them, and where there is none, the path itself decides.
void cut(const std::vector<ReadStretch>& stretches, const std::vector<std::size_t>& path,
         std::size_t first, std::size_t last, const BoutOptions& options,
         std::vector<BoutSpan>& spans) {
  spans.push_back({first, first, path[first]});
  const auto begin_bout = [&](std::size_t at, std::size_t state) {
    spans.back().last = at;
    spans.push_back({at, at, state});
  };
  std::optional<std::size_t> last_settled;
  std::size_t past_settled = last;
  while (past_settled > first && !settled(stretches[past_settled - 1])) --past_settled;
  const auto not_lying_for_s = [&](std::size_t i) {
    double time_s = 0.0;
    if (is_lying(static_cast<Posture>(path[i]))) return time_s;
    for (std::size_t k = i; k < last && path[k] == path[i]; ++k) {
      time_s += stretches[k].still.duration_s;
    }
    return time_s;
  };
  for (std::size_t i = first; i < last; ++i) {
    if (!settled(stretches[i])) {
      const bool other = path[i] != spans.back().state;
      if (other && last_settled && not_lying_for_s(i) >= options.shortest_out_of_bed_s) {
        begin_bout(std::max(turn_between(stretches, path, *last_settled, i, options),
                            spans.back().first + 1),
                   path[i]);
        last_settled = i;
        continue;
      }
      const bool on_the_way = last_settled && i < past_settled;
      if (!on_the_way && path[i] != spans.back().state) begin_bout(i, path[i]);
      continue;
    }
    const StillStretch& still = stretches[i].still;
    const bool other_place = last_settled && is_lying(static_cast<Posture>(path[i])) &&
                             (still.change_from_settled.value_or(0.0) > options.shift_change ||
                              still.displacement_m > options.shift_displacement_m);
    if (path[i] != spans.back().state || other_place) {
      const std::size_t at =
          last_settled ? turn_between(stretches, path, *last_settled, i, options) : i;
      if (at > spans.back().first) {
        begin_bout(at, path[i]);
      } else {
        spans.back().state = path[i];
      }
    }
    last_settled = i;
  }
  spans.back().last = last;
}

std::vector<BoutSpan> spans_of(const std::vector<ReadStretch>& stretches,
                               const std::vector<std::size_t>& path, const BoutOptions& options) {
  std::vector<BoutSpan> spans;
  std::size_t first = 0;
  for (std::size_t i = 1; i <= stretches.size(); ++i) {
    if (i < stretches.size() && !stretches[i].still.after_gap) continue;
    cut(stretches, path, first, i, options, spans);
    first = i;
  }
  return spans;
}

PostureBout bout_from(const std::vector<ReadStretch>& stretches, const BoutSpan& span,
                      const BoutOptions& options) {
  PostureBout bout;
  double frames = 0.0;
  std::map<std::string, double> reasons;
  for (std::size_t i = span.first; i < span.last; ++i) {
    const auto weight = static_cast<double>(stretches[i].still.valid_frames);
    frames += weight;
    for (std::size_t s = 0; s < posture_count; ++s) {
      bout.probabilities[s] += weight * stretches[i].probabilities[s];
    }
    if (!stretches[i].reason.empty()) reasons[stretches[i].reason] += weight;
  }
  for (double& p : bout.probabilities) p /= frames;
  bout.posture = static_cast<Posture>(span.state);
  bout.confidence = bout.probabilities[span.state];
  if (bout.posture == Posture::unknown || bout.posture == Posture::sitting) {
    const auto main =
        std::max_element(reasons.begin(), reasons.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    bout.reason = main == reasons.end() ? "low_confidence" : main->first;
  } else if (bout.confidence < options.least_confidence) {
    bout.posture = Posture::unknown;
    bout.reason = "low_confidence";
  }
  return bout;
}

// Gives the bout the frames and the time from `first` to `last` that no gap parts from its own
// frames, `own_first` to `own_last`.
void place(PostureBout& bout, std::size_t first, std::size_t last, std::size_t own_first,
           std::size_t own_last, const std::vector<TimeGap>& gaps,
           const std::vector<double>& time_s) {
  bool ends_at_gap = last == time_s.size();
  for (const TimeGap& gap : gaps) {
    if (gap.first_frame <= own_first) first = std::max(first, gap.first_frame);
    if (gap.first_frame >= own_last && gap.first_frame <= last) {
      last = gap.first_frame;
      ends_at_gap = true;
    }
  }
  bout.first_frame = first;
  bout.last_frame = last;
  bout.start_s = time_s[first];
  bout.end_s = ends_at_gap ? time_s[last - 1] + frame_interval_s(time_s) : time_s[last];
}

}  // namespace

std::vector<PostureBout> bouts_of(const std::vector<ReadStretch>& stretches,
                                  const std::vector<double>& time_s, const BoutOptions& options) {
  std::vector<PostureBout> bouts;
  if (stretches.empty()) return bouts;
  const std::vector<std::size_t> path = likeliest_path(stretches, options);
  const std::vector<BoutSpan> spans = spans_of(stretches, path, options);
  const std::vector<TimeGap> gaps = gaps_in(time_s, options.gaps);
  for (std::size_t k = 0; k < spans.size(); ++k) {
    const bool is_last = k + 1 == spans.size();
    PostureBout bout = bout_from(stretches, spans[k], options);
    const std::size_t own_first = stretches[spans[k].first].still.first_frame;
    place(bout, k == 0 ? 0 : own_first,
          is_last ? time_s.size() : stretches[spans[k + 1].first].still.first_frame, own_first,
          stretches[spans[k].last - 1].still.last_frame, gaps, time_s);
    bouts.push_back(std::move(bout));
  }
  return bouts;
}

}  // namespace matfit
