#include "pipeline/middle_bout.hpp"

#include <cstddef>
#include <limits>

namespace matfit {

const BoutResult* middle_bout(const RecordingResult& result) {
  const std::size_t middle = result.frames / 2;
  const BoutResult* nearest = nullptr;
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (const BoutResult& b : result.bouts) {
    if (!is_lying(b.bout.posture)) continue;
    const std::size_t away = middle < b.bout.first_frame   ? b.bout.first_frame - middle
                             : middle >= b.bout.last_frame ? middle - b.bout.last_frame + 1
                                                           : 0;
    if (away < least) {
      least = away;
      nearest = &b;
    }
  }
  return nearest;
}

}  // namespace matfit
