#include "stages/calibrate/cross_talk.hpp"

#include "stages/calibrate/bridged_lines.hpp"
#include "stages/calibrate/leakage.hpp"

#include <optional>

namespace matfit {

namespace {

// Whether some posture shows the lines alike and none, of those that load them, shows otherwise.
bool stands_in(const std::vector<DefectMap>& poses, const BridgedLines& lines) {
  bool shown = false;
  for (const DefectMap& pose : poses) {
    const std::optional<bool> shows = shows_bridge(pose, lines);
    if (shows == false) return false;
    shown = shown || shows.has_value();
  }
  return shown;
}

}  // namespace

CrossTalk find_cross_talk(const DefectMap& map, const std::vector<DefectMap>& poses) {
  CrossTalk out = {find_bridged_lines(map), find_leakage(map)};
  if (poses.size() > 1) {
    std::erase_if(out.bridged, [&](const BridgedLines& lines) { return !stands_in(poses, lines); });
  }
  return out;
}

}  // namespace matfit
