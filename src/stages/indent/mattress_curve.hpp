#pragma once

#include "stages/indent/indentation_knowledge.hpp"
#include "types/mattress_curve.hpp"

namespace matfit {

struct MattressCurveOptions {
  bool units_checked = false;  // takes the stated unit of force though the result is not plausible
};

// A pressure-indentation curve for each zone of a test: the loadings (without the first where there
// are three or more) from contact on, averaged at even depths, made monotone, with the scatter
// between loadings and readings as its error. Layers measured one by one are put in series: their
// compressions at equal pressure add. InputError where a specimen has no usable loading, or a curve
// whose stiffness at a quarter of its thickness shows that the force is in another unit.
MattressCurves measure_mattress(const IndenterTest& test, const IndentationKnowledge& known,
                                const MattressCurveOptions& options = {});

}  // namespace matfit
