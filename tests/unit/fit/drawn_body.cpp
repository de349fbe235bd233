#include "drawn_body.hpp"

#include "numeric/random.hpp"

#include <algorithm>

namespace matfit::test {

PressureField mat_view(const SimulatedLie& lie, std::uint64_t noise_seed) {
  Random random(noise_seed);
  PressureField field;
  field.geometry = lie.geometry;
  field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  field.pressure_pa = lie.pressure_pa;
  for (double& p : field.pressure_pa.reshaped()) {
    p = std::max(0.0, p * (1.0 + random.normal(0.0, 0.05)) + random.normal(0.0, 40.0));
  }
  field.sd_pa = Eigen::ArrayXXd::Constant(lie.geometry.rows, lie.geometry.cols, 40.0);
  field.repaired = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>::Constant(
      lie.geometry.rows, lie.geometry.cols, false);
  field.absolute = true;
  return field;
}

SimulatedLie plain_lie(Posture posture, int cells_aside) {
  const MatGeometry geometry = {64, 30, 0.028, 0.028};
  SleeperPose pose = plain_pose(posture);
  pose.shift_x_m += cells_aside * geometry.col_pitch_m;
  return lie_down(average_body(Sex::male, 1.76, 76.0), pose, typical_mattress(Firmness::medium),
                  geometry);
}

PressureField mirrored(const PressureField& field) {
  PressureField out = field;
  out.pressure_pa = field.pressure_pa.rowwise().reverse();
  out.sd_pa = field.sd_pa.rowwise().reverse();
  out.repaired = field.repaired.rowwise().reverse();
  return out;
}

}  // namespace matfit::test
