#include "types/pressure_error.hpp"

#include <cmath>

namespace matfit {

std::optional<double> relative_sd_at(const UnitEvidence& units, double pressure_pa) {
  if (units.error.empty()) return std::nullopt;
  std::size_t after = 0;
  while (after < units.error.size() && units.error[after].pressure_pa < pressure_pa) ++after;
  if (after == 0) return units.error.front().relative_sd;
  if (after == units.error.size()) return units.error.back().relative_sd;
  const PressureError& low = units.error[after - 1];
  const PressureError& high = units.error[after];
  const double share =
      std::log(pressure_pa / low.pressure_pa) / std::log(high.pressure_pa / low.pressure_pa);
  return low.relative_sd + share * (high.relative_sd - low.relative_sd);
}

std::optional<double> sd_at(const UnitEvidence& units, double pressure_pa) {
  const std::optional<double> relative_sd = relative_sd_at(units, pressure_pa);
  if (!relative_sd) return std::nullopt;
  return *relative_sd * pressure_pa;
}

}  // namespace matfit
