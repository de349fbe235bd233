#include "stages/hotspots/pressure_errors.hpp"

#include "types/pressure_error.hpp"

namespace matfit {

PressureSummary with_errors(PressureSummary summary, const UnitEvidence& units) {
  summary.mean_sd_pa = sd_at(units, summary.mean_pa);
  summary.peak_sd_pa = sd_at(units, summary.peak_pa);
  return summary;
}

std::vector<Hotspot> with_errors(std::vector<Hotspot> hotspots, const UnitEvidence& units) {
  for (Hotspot& hotspot : hotspots) {
    hotspot.peak_sd_pa = sd_at(units, hotspot.peak_pa);
    hotspot.ppi_sd_pa = sd_at(units, hotspot.ppi_pa);
  }
  return hotspots;
}

}  // namespace matfit
