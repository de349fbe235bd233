#include "types/mat_profile.hpp"

#include "types/response_curve.hpp"

#include <array>

namespace matfit {

namespace {

constexpr std::array<ResponseKind, 3> kinds = {ResponseKind::linear, ResponseKind::power,
                                               ResponseKind::monotone_cubic};

}  // namespace

std::string_view name_of(CellCalibration calibration) {
  switch (calibration) {
    case CellCalibration::own: return "own";
    case CellCalibration::common: return "common";
    case CellCalibration::no_response: break;
  }
  return "no_response";
}

std::string_view name_of(ResponseKind kind) {
  switch (kind) {
    case ResponseKind::linear: return "linear";
    case ResponseKind::power: return "power";
    case ResponseKind::monotone_cubic: break;
  }
  return "monotone_cubic";
}

std::optional<ResponseKind> response_kind_named(std::string_view name) {
  for (const ResponseKind kind : kinds) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

double highest_pressure_pa(const MatProfile& profile) {
  return Response(profile.response, profile.lowest_reading).pressure_pa(profile.highest_reading);
}

ResponseError error_at(const MatProfile& profile, double reading) {
  if (profile.error.empty()) return {reading, 0.0, 0.0};
  std::size_t after = 0;
  while (after < profile.error.size() && profile.error[after].reading <= reading) ++after;
  const ResponseError& low = profile.error[after == 0 ? 0 : after - 1];
  const ResponseError& high = profile.error[after == profile.error.size() ? after - 1 : after];
  const double width = high.reading - low.reading;
  const double share = width > 0.0 ? (reading - low.reading) / width : 0.0;
  const auto between = [share](double a, double b) { return a + share * (b - a); };
  return {reading, between(low.relative_sd, high.relative_sd),
          between(low.cell_relative_sd, high.cell_relative_sd)};
}

}  // namespace matfit
