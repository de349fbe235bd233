#include "stages/calibrate/unit_scale.hpp"

#include "types/units.hpp"

#include <cmath>

namespace matfit {

namespace {

double assumed_mass_kg(const std::optional<Subject>& subject, const CalibrationKnowledge& known) {
  if (subject && subject->sex) {
    return *subject->sex == Sex::female ? known.mass_female_kg : known.mass_male_kg;
  }
  return 0.5 * (known.mass_female_kg + known.mass_male_kg);
}

std::string named_mistake(PressureUnit given, double ratio, const CalibrationKnowledge& known) {
  std::string text;
  for (const UnitMistake& mistake : known.unit_mistakes) {
    if (mistake.given != given) continue;
    if (std::abs(std::log(ratio / mistake.factor)) > std::log1p(mistake.tolerance)) {
      continue;
    }
    text += (text.empty() ? "" : ", or ") + mistake.text;
  }
  return text;
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
    if (mass_known && loaded) {
      const double ratio = load_units_m2 * scale.pa_per_unit / weight_n;
      scale.load_over_weight = ratio;
      scale.mistake = named_mistake(recording.unit, ratio, known);
      // Half or twice the weight proves that the scale is not what was stated.
      scale.evidence.absolute = ratio > 0.5 && ratio < 1.5;
    }
  } else {
    scale.mass_assumed = !mass_known;
    if (loaded) scale.pa_per_unit = weight_n / load_units_m2;
    scale.evidence.source = mass_known && loaded ? "body_weight" : "assumed";
  }
  scale.evidence.scale_to_mmhg = scale.pa_per_unit / pa_per_mmhg;
  return scale;
}

}  // namespace matfit
