#pragma once

#include "stages/fit/mattress_mechanics.hpp"

#include "types/pressure_series.hpp"
#include "types/quality.hpp"

#include <Eigen/Core>

#include <string>
#include <vector>

namespace matfit {

// What one unsure quantity, one standard deviation up, does to the sinkage everywhere.
struct SinkageError {
  std::string cause;
  Eigen::ArrayXXd change_m;  // rows x cols
};

// How far the mattress's surface is pressed down, in the order of the field that it came from.
struct Sinkage {
  Eigen::ArrayXXd depth_m;  // rows x cols, positive down
  std::vector<SinkageError> errors;
  double bottomed_share = 0.0;  // of the loaded cells
};

// The indentation d that balances the pressure p: P(d) - G lap(d) = p with no flux over the edges
// (Pasternak), solved by non-linear over-relaxation, from `start_m` where a near answer is known.
Eigen::ArrayXXd indentation_under(const Eigen::ArrayXXd& pressure_pa, double row_pitch_m,
                                  double col_pitch_m, const MattressResponse& mattress,
                                  const Eigen::ArrayXXd* start_m = nullptr);

// With the errors of stiffness, coupling and pressure. `units` states how far each pressure may be
// off: the least of its errors is common to all, what is more at some pressures bends the response
// about the best known one, under the same total load where that is body weight.
Sinkage sinkage(const PressureField& field, const MattressResponse& mattress,
                const MattressPresets& presets, const UnitEvidence& units);

}  // namespace matfit
