#pragma once

#include "types/mat_geometry.hpp"
#include "types/posture.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A stretch of one posture without a shift.
struct PostureBout {
  std::size_t first_frame = 0;
  std::size_t last_frame = 0;  // one past the end
  double start_s = 0.0;
  double end_s = 0.0;
  Posture posture = Posture::unknown;
  double confidence = 0.0;  // probability of `posture`
  PostureProbabilities probabilities{};
  std::string reason;  // code of why the posture is unknown; empty otherwise
};

struct Movement {
  int shifts = 0;                      // changes of position
  std::optional<double> shifts_per_h;  // absent under an hour
  double longest_still_s = 0.0;
  double share_supine = 0.0;  // of the time lying
  double share_prone = 0.0;
  double share_left = 0.0;
  double share_right = 0.0;
  int movements = 0;  // of the body while lying, shifts among them
  std::optional<double> movements_per_h = std::nullopt;  // absent under an hour
  // Share of the time lying in which the body moves: the map differs from that of a second before
  // by 5 % or more (sum |P - P'| over sum P), breath aside. Pauses of a second are part of it.
  double restlessness = 0.0;
};

// Of the body or a part of it, while lying.
struct BodyMovement {
  double start_s = 0.0;
  double duration_s = 0.0;
};

struct PostureTimeline {
  Orientation orientation;  // given, with what was unknown inferred
  std::vector<PostureBout> bouts;
  Movement movement;
  std::vector<BodyMovement> movements;  // those that `movement` counts, in order of time
};

}  // namespace matfit
