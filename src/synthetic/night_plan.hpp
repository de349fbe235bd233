#pragma once

#include "types/mat_geometry.hpp"
#include "types/posture.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// A person lying still: consecutive frames of readings over the mat's background.
struct StillLie {
  std::string id;
  Posture posture = Posture::supine;
  FrameBlock load;  // at least two frames
  double sample_rate_hz = 1.0;
};

// What a night of one person on one mat is made of, recorded or simulated.
struct NightMaterial {
  MatGeometry geometry;
  double background = 0.0;     // what an unloaded cell reads
  double noise = 0.0;          // standard deviation of it
  double threshold = 0.0;      // smaller readings over the background do not show
  bool whole_numbers = false;  // as the mat reads
  std::vector<StillLie> lies;
};

struct NightRequest {
  double duration_s = 8.0 * 3600.0;
  double sample_rate_hz = 1.0;
  std::uint64_t seed = 1;
};

// A stretch of the night: a movement from start_s to settled_s leads into it.
struct NightPeriod {
  Posture posture = Posture::empty;  // lying, sitting on the edge, or empty
  double start_s = 0.0;
  double settled_s = 0.0;  // start_s for the first
  double end_s = 0.0;
  std::size_t lie = 0;  // of the material, where lying
  std::size_t first_frame_of_lie = 0;
  int rows_moved = 0;  // the body lies so far from where it was recorded
  int cols_moved = 0;
  double push_force = 0.0;  // of an elbow or a heel while moving, as a share of the load
  double lifted = 0.0;      // share of the load that is off the old contact half-way
};

// A movement without a shift: a limb goes to another place, or comes back; or the whole body is
// stirred and lies as before.
struct SmallMovement {
  enum class Kind { limb_moved, limb_twitched, stirred };
  Kind kind = Kind::stirred;
  std::size_t period = 0;
  double start_s = 0.0;
  double end_s = 0.0;
  int row = 0;  // of the limb, where the body lies now
  int col = 0;
  double radius_m = 0.0;
  int rows_moved = 0;
  int cols_moved = 0;
  double depth = 0.0;  // of a stir: share of the load that goes to and fro
};

// Everything that a night depends on beside its material; the truth about it.
struct NightPlan {
  NightRequest request;
  double breathing_hz = 0.25;
  double breathing_depth = 0.02;   // share of a trunk cell's reading, to and fro
  double creep_per_decade = 0.03;  // growth of readings for each factor ten in time since a turn
  std::vector<NightPeriod> periods;
  std::vector<SmallMovement> movements;  // by time
};

// Stretches of 5 to 90 minutes (the last may be shorter), with turns of 1 to 5 s between them: most
// into another posture, some to another place in the same one; small movements; once out of bed and
// back. A body comes to lie at least 8 cm away in a shift within one posture. Throws
// std::invalid_argument for a material without two lies.
NightPlan random_night(const NightMaterial& material, const NightRequest& request);

}  // namespace matfit
