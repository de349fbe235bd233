#include "stages/classify/bouts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>

namespace matfit {

namespace {

constexpr double least_probability = 1e-4;  // no single stretch may rule a posture out

double looks_of(const StillStretch& still, const BoutOptions& options) {
  return std::clamp(still.duration_s, 1.0, options.most_looks);
}

// The state of each stretch along the likeliest path.
std::vector<std::size_t> likeliest_path(const std::vector<ReadStretch>& stretches,
                                        const BoutOptions& options) {
  std::array<double, posture_count> score{};
  std::vector<std::array<std::size_t, posture_count>> came_from(stretches.size());
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const std::size_t best =
        static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
    std::array<double, posture_count> next{};
    for (std::size_t s = 0; s < posture_count; ++s) {
      // After a gap any posture is as likely as the one before it.
      const double cost = stretches[i].still.after_gap ? 0.0 : options.change_cost_nats;
      const double by_change = score[best] - cost;
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

// Cuts [first, last) of one state where a settled map lies far from the last settled one: at the
// movement that led there.
std::vector<std::size_t> cuts_of(const std::vector<ReadStretch>& stretches,
                                 const std::vector<std::size_t>& path, const BoutOptions& options) {
  std::vector<std::size_t> cuts;
  std::size_t last_settled = 0;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const bool parted = i > 0 && (path[i] != path[i - 1] || stretches[i].still.after_gap);
    if (parted) cuts.push_back(i);
    const auto& change = stretches[i].still.change_from_settled;
    const bool settled = change.has_value() || (i == 0 && stretches[i].still.duration_s > 0.0);
    if (change && *change > options.shift_change && is_lying(static_cast<Posture>(path[i]))) {
      // The first movement since the body last lay still begins the new bout.
      std::size_t cut = i;
      for (std::size_t k = last_settled + 1; k <= i; ++k) {
        if (stretches[k].still.after_movement) {
          cut = k;
          break;
        }
      }
      const bool within_one_posture =
          std::all_of(path.begin() + static_cast<std::ptrdiff_t>(last_settled),
                      path.begin() + static_cast<std::ptrdiff_t>(i),
                      [&](std::size_t s) { return s == path[i]; });
      if (within_one_posture && cut > 0) cuts.push_back(cut);
    }
    if (settled) last_settled = i;
  }
  std::sort(cuts.begin(), cuts.end());
  cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
  return cuts;
}

PostureBout bout_from(const std::vector<ReadStretch>& stretches, std::size_t first,
                      std::size_t last, std::size_t state, const BoutOptions& options) {
  PostureBout bout;
  double frames = 0.0;
  std::map<std::string, double> reasons;
  for (std::size_t i = first; i < last; ++i) {
    const auto weight = static_cast<double>(stretches[i].still.valid_frames);
    frames += weight;
    for (std::size_t s = 0; s < posture_count; ++s) {
      bout.probabilities[s] += weight * stretches[i].probabilities[s];
    }
    if (!stretches[i].reason.empty()) reasons[stretches[i].reason] += weight;
  }
  for (double& p : bout.probabilities) p /= frames;
  bout.posture = static_cast<Posture>(state);
  bout.confidence = bout.probabilities[state];
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
  std::vector<std::size_t> starts = cuts_of(stretches, path, options);
  starts.insert(starts.begin(), 0);
  const std::vector<TimeGap> gaps = gaps_in(time_s, options.gaps);
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const bool is_last = k + 1 == starts.size();
    const std::size_t end = is_last ? stretches.size() : starts[k + 1];
    PostureBout bout = bout_from(stretches, starts[k], end, path[starts[k]], options);
    const std::size_t own_first = stretches[starts[k]].still.first_frame;
    place(bout, k == 0 ? 0 : own_first,
          is_last ? time_s.size() : stretches[starts[k + 1]].still.first_frame, own_first,
          stretches[end - 1].still.last_frame, gaps, time_s);
    bouts.push_back(std::move(bout));
  }
  return bouts;
}

Movement movement_of(const std::vector<PostureBout>& bouts) {
  constexpr double seconds_per_hour = 3600.0;
  Movement movement;
  double lying_s = 0.0;
  std::array<double, posture_count> time_in_s{};
  for (std::size_t i = 0; i < bouts.size(); ++i) {
    const PostureBout& bout = bouts[i];
    if (!is_lying(bout.posture)) continue;
    const double duration_s = bout.end_s - bout.start_s;
    lying_s += duration_s;
    time_in_s[static_cast<std::size_t>(bout.posture)] += duration_s;
    movement.longest_still_s = std::max(movement.longest_still_s, duration_s);
    const bool seen = i > 0 && bouts[i - 1].end_s >= bout.start_s;
    if (seen && is_lying(bouts[i - 1].posture)) ++movement.shifts;
  }
  if (lying_s <= 0.0) return movement;
  if (lying_s >= seconds_per_hour) {
    movement.shifts_per_h = movement.shifts / (lying_s / seconds_per_hour);
  }
  const auto share = [&](Posture p) { return time_in_s[static_cast<std::size_t>(p)] / lying_s; };
  movement.share_supine = share(Posture::supine);
  movement.share_prone = share(Posture::prone);
  movement.share_left = share(Posture::left);
  movement.share_right = share(Posture::right);
  return movement;
}

}  // namespace matfit
