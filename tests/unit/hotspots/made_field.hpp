#pragma once

#include "types/pressure_series.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit::test {

// A round load: pressure falls as a Gaussian from the top.
struct Mound {
  Eigen::Vector2d at_m;
  double top_pa;
  double sigma_m;
};

// A map of 64 x 32 cells of the given pitch with those loads, sampled at the cells' centres, and
// `noise_pa` of noise (seeded), none below 0.
PressureField made_field(const std::vector<Mound>& mounds, double pitch_m = 0.025,
                         double noise_pa = 0.0, unsigned seed = 1);

// That field as frames one second apart, each times share[i].
PressureSeries made_series(const PressureField& field, const std::vector<double>& share);

}  // namespace matfit::test
