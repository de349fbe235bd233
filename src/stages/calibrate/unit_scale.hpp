#pragma once

#include "stages/calibrate/knowledge.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"

#include <optional>
#include <string>

namespace matfit {

// How the recording's unit became Pa.
struct UnitScale {
  double pa_per_unit = 1.0;
  UnitEvidence evidence;
  std::optional<double> load_over_weight;  // only where the unit was stated and the mass is known
  std::string mistake;                     // the slip of units that the load suggests; or empty
  bool mass_assumed = false;
  std::optional<double> implied_mass_kg;  // whom the stated unit would have on the mat, where the
                                          // mass is not known
  std::string load_text;                  // of a stated unit: the load, and what slip explains it
};

// `load_units_m2`: sum of the tared readings times the cell area, median over the loaded frames; 0
// where nobody lies on the mat. A stated unit is converted and checked against body weight; raw
// readings are scaled to it, which takes their response for linear (it is not: absolute pressures
// stay open by a factor of about three).
UnitScale find_unit_scale(const Recording& recording, double load_units_m2,
                          const CalibrationKnowledge& known);

}  // namespace matfit
