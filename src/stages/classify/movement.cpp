#include "stages/classify/movement.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace matfit {

namespace {

// Looks that follow each other with no more than a pause between them belong to one movement.
struct ShownMovement {
  std::size_t first_frame = 0;
  BodyMovement movement;
};

std::vector<ShownMovement> shown_in(const std::vector<ReadStretch>& stretches,
                                    const std::vector<double>& time_s, double longest_pause_s) {
  std::vector<ShownMovement> shown;
  bool goes_on = false;
  for (const ReadStretch& s : stretches) {
    if (s.still.after_movement) {
      const double start_s = time_s[s.still.first_frame];
      if (!goes_on) shown.push_back({s.still.first_frame, {start_s, 0.0}});
      BodyMovement& movement = shown.back().movement;
      movement.duration_s = start_s + s.still.moving_s - movement.start_s;
    }
    goes_on = s.still.after_movement && s.still.duration_s - s.still.moving_s <= longest_pause_s;
  }
  return shown;
}

}  // namespace

std::vector<BodyMovement> movements_in(const std::vector<PostureBout>& bouts,
                                       const std::vector<ReadStretch>& stretches,
                                       const std::vector<double>& time_s, double longest_pause_s) {
  const std::vector<ShownMovement> shown = shown_in(stretches, time_s, longest_pause_s);
  std::vector<BodyMovement> movements;
  auto next = shown.begin();
  for (const PostureBout& bout : bouts) {
    for (; next != shown.end() && next->first_frame < bout.last_frame; ++next) {
      if (next->first_frame < bout.first_frame || !is_lying(bout.posture)) continue;
      movements.push_back(next->movement);
    }
  }
  return movements;
}

Movement movement_of(const std::vector<PostureBout>& bouts,
                     const std::vector<BodyMovement>& movements) {
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
  movement.movements = static_cast<int>(movements.size());
  for (const BodyMovement& m : movements) movement.restlessness += m.duration_s / lying_s;
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
