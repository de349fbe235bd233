#include "stages/learn/response_family.hpp"

#include <cmath>

namespace matfit {

std::string_view name_of(ResponseFamily family) {
  return family == ResponseFamily::power ? "power" : "logarithm";
}

double response(ResponseFamily family, double parameter, double reading) {
  if (!(reading > 0.0)) return 0.0;
  return family == ResponseFamily::power ? std::pow(reading, parameter)
                                         : std::log1p(reading / parameter);
}

double local_exponent(ResponseFamily family, double parameter, double reading) {
  if (family == ResponseFamily::power) return parameter;
  const double x = reading / parameter;
  return x > 0.0 ? x / ((1.0 + x) * std::log1p(x)) : 1.0;
}

std::vector<double> parameters_of(ResponseFamily family, double typical_reading) {
  std::vector<double> parameters;
  if (family == ResponseFamily::power) {
    for (int i = 5; i <= 160; ++i) parameters.push_back(0.01 * i);
  } else {
    constexpr int steps = 120;
    for (int i = 0; i <= steps; ++i) {
      parameters.push_back(typical_reading * std::pow(10.0, -3.0 + 5.0 * i / steps));
    }
  }
  return parameters;
}

ResponseCurve curve_of(ResponseFamily family, double parameter, double factor,
                       double highest_reading) {
  ResponseCurve curve;
  if (family == ResponseFamily::power) {
    curve.kind = ResponseKind::power;
    curve.factor = factor;
    curve.exponent = parameter;
    return curve;
  }
  constexpr int knots = 24;
  curve.kind = ResponseKind::monotone_cubic;
  for (int i = 0; i <= knots; ++i) {
    const double share = static_cast<double>(i) / knots;
    const double reading = highest_reading * share * share;  // closer where the curve bends more
    curve.reading.push_back(reading);
    curve.pressure_pa.push_back(factor * response(family, parameter, reading));
  }
  return curve;
}

}  // namespace matfit
