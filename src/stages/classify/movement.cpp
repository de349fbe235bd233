#include "stages/classify/movement.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace matfit {

namespace {

// A run of looks that showed movement.
struct BodyMovement {
  std::size_t first_frame = 0;
  double shown_s = 0.0;
};

// Looks that follow each other without a rest between them belong to one movement.
std::vector<BodyMovement> movements_in(const std::vector<ReadStretch>& stretches,
                                       double longest_pause_s) {
  std::vector<BodyMovement> movements;
  bool goes_on = false;
  for (const ReadStretch& s : stretches) {
    if (s.still.after_movement) {
      if (!goes_on) movements.push_back({s.still.first_frame, 0.0});
      movements.back().shown_s += s.still.moving_s;
    }
    goes_on = s.still.after_movement && s.still.duration_s - s.still.moving_s <= longest_pause_s;
  }
  return movements;
}

// Counts and times the movements in lying bouts; restlessness is left in seconds.
void add_movements(const std::vector<BodyMovement>& movements,
                   const std::vector<PostureBout>& bouts, double lag_s, Movement& out) {
  std::size_t k = 0;
  for (const PostureBout& bout : bouts) {
    while (k < movements.size() && movements[k].first_frame < bout.first_frame) ++k;
    for (; k < movements.size() && movements[k].first_frame < bout.last_frame; ++k) {
      if (!is_lying(bout.posture)) continue;
      ++out.movements;
      // A look differs from the one lag_s before until that one is at rest too.
      out.restlessness += std::max(movements[k].shown_s - lag_s, 0.5 * lag_s);
    }
  }
}

}  // namespace

Movement movement_of(const std::vector<PostureBout>& bouts,
                     const std::vector<ReadStretch>& stretches, double lag_s,
                     double longest_pause_s) {
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
  add_movements(movements_in(stretches, longest_pause_s), bouts, lag_s, movement);
  movement.restlessness /= lying_s;
  if (lying_s >= seconds_per_hour) {
    movement.shifts_per_h = movement.shifts / (lying_s / seconds_per_hour);
    movement.movements_per_h = movement.movements / (lying_s / seconds_per_hour);
  }
  const auto share = [&](Posture p) { return time_in_s[static_cast<std::size_t>(p)] / lying_s; };
  movement.share_supine = share(Posture::supine);
  movement.share_prone = share(Posture::prone);
  movement.share_left = share(Posture::left);
  movement.share_right = share(Posture::right);
  return movement;
}

}  // namespace matfit
