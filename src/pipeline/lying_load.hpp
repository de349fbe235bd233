#pragma once

#include "types/pressure_series.hpp"

namespace matfit {

// Below this load of a frame somebody is getting up or lying down; 0 where no frame is valid.
double least_lying_load_n(const PressureSeries& series);

}  // namespace matfit
