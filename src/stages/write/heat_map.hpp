#pragma once

#include "stages/write/png_image.hpp"
#include "types/pressure_series.hpp"

namespace matfit {

// A field in the body frame (head up, seen from above) as a picture with square pixels of about
// 4.5 mm: Catmull-Rom interpolation between cell centres (Keys, IEEE TASSP 1981 29:1153, a = -1/2),
// negative overshoot cut at zero. `full_scale_pa` takes the last colour.
IndexedImage heat_map_image(const PressureField& canonical, double full_scale_pa);

// The least of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten that is not below `value`; 1 for
// nothing positive.
double round_scale(double value);

}  // namespace matfit
