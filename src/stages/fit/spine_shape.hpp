#pragma once

namespace matfit {

// The back's own curves as shapes of unit depth over the share of C7-S1 (0 at C7, 1 at S1, more
// towards the hips), towards the belly from the chord thoracic apex - S1.

// The lumbar hollow; beyond S1 the sacrum goes on backwards.
double lordosis_shape(double share);

// C7 before the thoracic apex.
double kyphosis_shape(double share);

}  // namespace matfit
