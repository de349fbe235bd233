#pragma once

#include "synthetic/mattress_model.hpp"
#include "synthetic/settle.hpp"
#include "synthetic/sleeper.hpp"
#include "synthetic/sleeper_pose.hpp"
#include "types/body.hpp"
#include "types/mat_geometry.hpp"
#include "types/posture.hpp"

#include <Eigen/Core>

#include <array>
#include <limits>
#include <map>
#include <string>
#include <vector>

namespace matfit {

struct TrueSpineLevel {
  std::string level;  // "C7" .. "S1"
  double x_m = 0.0;   // mat frame
  double y_m = 0.0;
  double z_m = 0.0;          // centre of the vertebral body over the unloaded surface
  double neutral_z_m = 0.0;  // before sinking, over the same body's lowest trunk skin
};

// What is known of a simulated sleeper beyond doubt. Points are in the mat's body frame: row 0 at
// the head end, seen from above.
struct SyntheticTruth {
  Posture posture = Posture::unknown;
  std::array<Eigen::Vector2d, landmark_count> landmarks_m;
  std::vector<TrueSpineLevel> spine;
  // Metrics of the contract by name, and units as their names say.
  std::map<std::string, double> metrics;
  double weight_n = 0.0;
  double load_on_mat_n = 0.0;
  bool converged = false;
};

struct SimulatedLie {
  MatGeometry geometry;
  Eigen::ArrayXXd pressure_pa;    // rows x cols, mean over each cell, before any sensor
  Eigen::ArrayXXd indentation_m;  // rows x cols, of the mattress's surface
  SyntheticTruth truth;
};

struct LieOptions {
  double fine_pitch_m = 0.0125;   // the physics' own grid; never coarser than the mat
  double cover_spread_m = 0.008;  // of clothes, sheet and cover, standard deviation; keeps the load
  SettleOptions settle;
};

// A person lying still. The same arguments give the same result to the bit; it has no randomness
// of its own. Throws std::invalid_argument for a mat without cells or pitch.
SimulatedLie lie_down(const SleeperBody& body, const SleeperPose& pose,
                      const MattressModel& mattress, const MatGeometry& geometry,
                      const LieOptions& options = {});

}  // namespace matfit
