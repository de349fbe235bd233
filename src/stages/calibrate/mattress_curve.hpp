#pragma once

#include "types/mattress_curve.hpp"

#include <array>
#include <filesystem>

namespace matfit {

// What an indenter test is held against; from calibration/indentation.toml.
struct IndentationKnowledge {
  std::array<double, 2> plausible_ild25_lbf{};
  std::array<double, 2> usual_ild25_lbf{};
};

// UsageError names file and key.
IndentationKnowledge load_indentation_knowledge(const std::filesystem::path& calibration_folder);

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
