#pragma once

#include "stages/fit/anthropometry.hpp"
#include "synthetic/simulate.hpp"
#include "types/estimate.hpp"
#include "types/posture.hpp"
#include "types/spine.hpp"

#include <Eigen/Core>

#include <map>
#include <string>
#include <vector>

namespace matfit {

// What is known or told of a spine by name: the contract's metrics, and "height_LEVEL_mm" for each
// level's height over the unloaded surface.
using SpineValues = std::map<std::string, double>;
using SpineEstimates = std::map<std::string, Estimate>;

// The names of the levels' heights, C7 to S1.
const std::vector<std::string>& level_height_names();

SpineValues values_of(const SyntheticTruth& truth);
// Without what the fit does not know.
SpineEstimates values_of(const SpineFit& fit);

// A spine's height over evenly spaced shares of C7-S1, first C7, last S1; `neutral_m` is its own
// curve, of any height and slope.
struct SpineCurve {
  double length_m = 0.0;
  Eigen::VectorXd height_m;
  Eigen::VectorXd neutral_m;

  double share(Eigen::Index sample) const;
};

// The metrics of that posture that height tells, and the levels' heights.
SpineValues values_of(const SpineCurve& curve, Posture posture, const Anthropometry& known);

}  // namespace matfit
