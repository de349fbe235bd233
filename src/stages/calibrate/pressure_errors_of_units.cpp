#include "stages/calibrate/pressure_errors_of_units.hpp"

#include <cmath>

namespace matfit {

double middle_reading(const Survey& loaded, const Background& background, double dead_zone) {
  double sum = 0.0;
  double weight = 0.0;
  for (Eigen::Index c = 0; c < loaded.median.size(); ++c) {
    const double reading = loaded.median[c] - background.level_per_cell[c];
    if (!(reading > dead_zone)) continue;
    sum += std::sqrt(reading) * std::log(reading);
    weight += std::sqrt(reading);
  }
  return weight > 0.0 ? std::exp(sum / weight) : 0.0;
}

std::vector<PressureError> pressure_errors(const UnitScale& scale, double middle_pa,
                                           const UnknownResponse& unknown) {
  if (!(middle_pa > 0.0)) return {};
  if (scale.evidence.source == "recording") {
    if (!scale.load_over_weight) return {};
    return {{middle_pa, std::hypot(unknown.weight_sd, std::log(*scale.load_over_weight))}};
  }
  const double everywhere = std::hypot(unknown.weight_sd, unknown.posture_sd,
                                       scale.mass_assumed ? unknown.assumed_mass_sd : 0.0);
  std::vector<PressureError> errors;
  for (int octave = -5; octave <= 7; ++octave) {
    const double bend = unknown.exponent_sd * octave * std::log(2.0);
    errors.push_back({std::ldexp(middle_pa, octave), std::hypot(everywhere, bend)});
  }
  return errors;
}

}  // namespace matfit
