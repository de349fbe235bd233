#pragma once

#include "stages/calibrate/defect_map.hpp"
#include "stages/calibrate/defects.hpp"
#include "types/survey.hpp"

#include <vector>

namespace matfit {

// Stretches of a survey in which the body lies alike: a new one begins where sum |A - B| over the
// load is more than `turn_change` against the stretch's first frame. Single frames between two
// stretches are left out. In order of time; a survey of one frame is one pose.
std::vector<Survey> poses_of(const Survey& loaded, const Eigen::ArrayXf& background,
                             double turn_change = 0.5);

// A map a pose, in which cells with defects are missing.
std::vector<DefectMap> maps_of_poses(const DefectEvidence& evidence, const Defects& defects);

}  // namespace matfit
