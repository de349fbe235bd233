#pragma once

#include "stages/calibrate/defect_map.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// How much of a line's mean reading its cells without load read: the slope between lines close by,
// so that neither an offset nor what drifts over the mat takes part. A cell is without load two
// cells away from any that reads more than a light load, and of a line's such cells the tenth that
// reads least is taken, which a pillow, a sheet or the touch beside a body does not reach. Without
// leakage the slope is 0, whatever lies on the mat. Found from a share of `least_share` on, where
// three quarters of the lines, by how much they differ, show `least_of_most`.
struct LeakageOptions {
  double least_share = 0.05;
  double least_of_most = 0.035;
};

std::vector<Leakage> find_leakage(const DefectMap& map, const LeakageOptions& options = {});

}  // namespace matfit
