#pragma once

#include "stages/learn/people_maps.hpp"

#include <Eigen/Core>

#include <cstdint>

namespace matfit::test {

struct MadePeople {
  int people = 8;
  int postures = 8;          // of each person
  double exponent = 0.6;     // pressure goes with reading^exponent
  double gain_sd = 0.0;      // of the mat's own ln gains, the same for everybody
  double passing_sd = 0.05;  // of ln readings, new in every map
  double weight_sd = 0.02;   // of the share of a person's weight that the mat bears, in every map
  std::uint64_t seed = 1;
};

inline constexpr double made_cell_area_m2 = 0.025 * 0.025;

// 48 x 24 cells of 25 mm under mounds of load that a posture spreads or concentrates; every person
// weighs the same in all postures.
std::vector<PersonMap> made_people(const MadePeople& made);

// ln gains of that mat's cells.
Eigen::ArrayXXd made_log_gain(const MadePeople& made);

}  // namespace matfit::test
