#pragma once

#include "stages/calibrate/load_course.hpp"
#include "stages/calibrate/occupation.hpp"
#include "types/mat_profile.hpp"

#include <vector>

namespace matfit {

// What each frame's readings are divided by, from the time on the mat since it was last empty, so
// that they read as under a load of the law's reference age; 1 where nobody lies. How long the
// person had lain before the first frame is judged by the load's course; `prior` where it does not
// tell.
std::vector<float> creep_factors(const CreepLaw& law, const Occupation& occupation,
                                 const std::vector<double>& time_s, const LyingCourse* first_course,
                                 const LeadPrior& prior);

}  // namespace matfit
