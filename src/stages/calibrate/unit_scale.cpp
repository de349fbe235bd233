#include "stages/calibrate/unit_scale.hpp"

#include "stages/calibrate/unit_slips.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

namespace matfit {

namespace {

double assumed_mass_kg(const std::optional<Subject>& subject, const CalibrationKnowledge& known) {
  if (subject && subject->sex) {
    return *subject->sex == Sex::female ? known.mass_female_kg : known.mass_male_kg;
  }
  return 0.5 * (known.mass_female_kg + known.mass_male_kg);
}

// What the load says of a unit that was stated.
void check_stated(const Recording& recording, double load_n, const CalibrationKnowledge& known,
                  UnitScale& scale) {
  if (!(load_n > 0.0)) return;
  StatedLoad stated = {recording.unit, load_n, std::nullopt, recording.mat.geometry};
  if (recording.subject) stated.mass_kg = recording.subject->mass_kg;
  const double load_kg = load_n / standard_gravity_m_per_s2;
  if (stated.mass_kg) {
    scale.load_over_weight = load_kg / *stated.mass_kg;
    scale.evidence.absolute = scale_stands(*scale.load_over_weight);
  } else {
    scale.implied_mass_kg = load_kg;
    scale.evidence.absolute = is_mass_of_a_person(load_kg);
  }
  scale.mistake = suspected_slips(stated, known);
  scale.load_text = fmt::format("{:.3g} kN", load_n / 1000.0);
  if (!scale.mistake.empty()) scale.load_text += ": " + scale.mistake;
}

}  // namespace

UnitScale find_unit_scale(const Recording& recording, double load_units_m2,
                          const CalibrationKnowledge& known) {
  UnitScale scale;
  scale.evidence.given = std::string(name_of(recording.unit));
  const bool mass_known = recording.subject && recording.subject->mass_kg;
  const double mass_kg =
      mass_known ? *recording.subject->mass_kg : assumed_mass_kg(recording.subject, known);
  const double weight_n = mass_kg * standard_gravity_m_per_s2;
  const bool loaded = load_units_m2 > 0.0;
  if (recording.unit != PressureUnit::raw) {
    scale.pa_per_unit = recording.unit == PressureUnit::mmhg ? pa_per_mmhg : pa_per_kpa;
    scale.evidence.source = "recording";
    scale.evidence.absolute = true;
    check_stated(recording, load_units_m2 * scale.pa_per_unit, known, scale);
  } else {
    scale.mass_assumed = !mass_known;
    if (loaded) scale.pa_per_unit = weight_n / load_units_m2;
    scale.evidence.source = mass_known && loaded ? "body_weight" : "assumed";
  }
  scale.evidence.scale_to_mmhg = scale.pa_per_unit / pa_per_mmhg;
  return scale;
}

}  // namespace matfit
