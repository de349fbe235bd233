#pragma once

#include "stages/write/phrases.hpp"
#include "types/quality.hpp"
#include "types/result.hpp"
#include "types/units.hpp"

#include <optional>
#include <string>

// How the pressures of a recording are said: in which unit, with which error, and what they rest
// on.
namespace matfit {

// The unit that pressures are shown in: mmHg where a calibration, the file or the person's weight
// gives a scale; else the mat's own counts over its background, or "rel. units" where a learned
// response has bent them.
struct ShownUnit {
  std::string name;
  double pa = pa_per_mmhg;  // one unit
  bool relative = false;    // no scale at all: an error would mean nothing
};

ShownUnit shown_unit(const UnitEvidence& units, const Phrases& phrases);

// "43 ± 40", without its unit; "43" where the error is not known or the unit is relative.
std::string pressure_figure(double pa, const std::optional<double>& sd_pa, const ShownUnit& unit);
// The same with the unit.
std::string pressure_text(double pa, const std::optional<double>& sd_pa, const ShownUnit& unit);

// Of a map: the mean over the cells above a twentieth of the highest, and the highest; with their
// errors by the evidence.
struct MapPressures {
  double mean_pa = 0.0;
  double highest_pa = 0.0;
  std::optional<double> mean_sd_pa;
  std::optional<double> highest_sd_pa;
};

MapPressures map_pressures(const PressureField& field, const UnitEvidence& units);

// To stand beside a figure: "scaled by body weight, not calibrated: may be off by 93 %".
std::string pressure_note(const UnitEvidence& units, double pa, const std::optional<double>& sd_pa,
                          const Phrases& phrases);

// The same of all pressures of a recording, from its mean to its peak ones; of its maps where no
// figures were made yet.
std::string pressure_note(const RecordingResult& result, const Phrases& phrases);

// In a few words, for a column of a table: "by body weight, ± 14 to 93 %".
std::string pressure_basis_text(const RecordingResult& result, const Phrases& phrases);

}  // namespace matfit
