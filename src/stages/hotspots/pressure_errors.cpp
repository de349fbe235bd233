#include "stages/hotspots/pressure_errors.hpp"

#include "types/pressure_error.hpp"

#include <cmath>

namespace matfit {

PressureSummary with_errors(PressureSummary summary, const UnitEvidence& units,
                            double repaired_load_sd) {
  if (const auto unit_sd_pa = sd_at(units, summary.mean_pa)) {
    summary.mean_sd_pa = std::hypot(*unit_sd_pa, repaired_load_sd * summary.mean_pa);
  }
  summary.peak_sd_pa = sd_at(units, summary.peak_pa);
  return summary;
}

std::vector<Hotspot> with_errors(std::vector<Hotspot> hotspots, const UnitEvidence& units,
                                 double dose_threshold_pa) {
  for (Hotspot& hotspot : hotspots) {
    hotspot.peak_sd_pa = sd_at(units, hotspot.peak_pa);
    hotspot.ppi_sd_pa = sd_at(units, hotspot.ppi_pa);
    if (hotspot.duration_s > 0.0) {
      const double integral_pa_s = hotspot.dose_pa_s + dose_threshold_pa * hotspot.duration_s;
      const auto relative_sd = relative_sd_at(units, integral_pa_s / hotspot.duration_s);
      if (relative_sd) hotspot.dose_sd_pa_s = *relative_sd * integral_pa_s;
    }
  }
  return hotspots;
}

}  // namespace matfit
