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

// A force in another unit than stated makes the mattress as soft as air or as hard as a board:
// InputError names the units in which it would be usual. Nothing where the unit or the force at a
// quarter of the thickness is not known.
void require_plausible_firmness(const MeasuredCurve& curve, const IndenterTest& test,
                                const IndentationKnowledge& known);

}  // namespace matfit
