#pragma once

#include "stages/calibrate/knowledge.hpp"
#include "types/mat_geometry.hpp"
#include "types/recording.hpp"

#include <optional>
#include <string>

namespace matfit {

// A load as a stated unit and cell size make it.
struct StatedLoad {
  PressureUnit unit = PressureUnit::mmhg;
  double load_n = 0.0;
  std::optional<double> mass_kg;  // of the person; absent: anybody's
  MatGeometry geometry;
};

// Whether a load that is this multiple of the weight lets the stated scale stand: half or twice of
// it proves that the scale is something else.
bool scale_stands(double load_over_weight);

// Whether somebody lying wholly on the mat can weigh so much: 30 to 250 kg.
bool is_mass_of_a_person(double mass_kg);

// The known slips of units or cell size that explain the load, the likeliest first, joined by ",
// or"; for a load far above the weight that none explains, that the values are no pressures. Empty
// where the load lets the stated scale stand, or where it is too small and none explains it: then
// most of the body may be beside the mat. Without a mass only a load that nobody has is explained.
std::string suspected_slips(const StatedLoad& stated, const CalibrationKnowledge& known);

}  // namespace matfit
