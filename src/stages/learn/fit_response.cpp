#include "stages/learn/fit_response.hpp"

#include <cmath>

namespace matfit {

namespace {

ResponseCurve linear_through(const ResponsePoints& points) {
  double product = 0.0, square = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    product += points.reading[i] * points.pressure_pa[i];
    square += points.reading[i] * points.reading[i];
  }
  ResponseCurve curve;
  curve.kind = ResponseKind::linear;
  curve.factor = product / square;
  return curve;
}

std::optional<ResponseCurve> power_through(const ResponsePoints& points) {
  double w = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double weight = points.pressure_pa[i] * points.pressure_pa[i];
    const double log_reading = std::log(points.reading[i]);
    const double log_pressure = std::log(points.pressure_pa[i]);
    w += weight;
    x += weight * log_reading;
    y += weight * log_pressure;
    xx += weight * log_reading * log_reading;
    xy += weight * log_reading * log_pressure;
  }
  ResponseCurve curve;
  curve.kind = ResponseKind::power;
  curve.exponent = (w * xy - x * y) / (w * xx - x * x);
  curve.factor = std::exp((y - curve.exponent * x) / w);
  if (!(curve.exponent > 0.0) || !std::isfinite(curve.factor) || !(curve.factor > 0.0)) {
    return std::nullopt;
  }
  return curve;
}

ResponseCurve cubic_through(const ResponsePoints& points) {
  ResponseCurve curve;
  curve.kind = ResponseKind::monotone_cubic;
  curve.reading = {0.0};
  curve.pressure_pa = {0.0};
  curve.reading.insert(curve.reading.end(), points.reading.begin(), points.reading.end());
  curve.pressure_pa.insert(curve.pressure_pa.end(), points.pressure_pa.begin(),
                           points.pressure_pa.end());
  return curve;
}

}  // namespace

bool ResponsePoints::rises() const {
  for (std::size_t i = 0; i < reading.size(); ++i) {
    if (!(reading[i] > (i == 0 ? 0.0 : reading[i - 1]))) return false;
    if (!(pressure_pa[i] > (i == 0 ? 0.0 : pressure_pa[i - 1]))) return false;
  }
  return true;
}

ResponsePoints ResponsePoints::without(std::size_t point) const {
  ResponsePoints out;
  for (std::size_t i = 0; i < size(); ++i) {
    if (i == point) continue;
    out.reading.push_back(reading[i]);
    out.pressure_pa.push_back(pressure_pa[i]);
  }
  return out;
}

std::optional<ResponseCurve> fit_response(ResponseKind kind, const ResponsePoints& points) {
  const std::size_t least = kind == ResponseKind::linear ? 1 : 2;
  if (points.size() < least || !points.rises()) return std::nullopt;
  switch (kind) {
    case ResponseKind::linear: return linear_through(points);
    case ResponseKind::power: return power_through(points);
    case ResponseKind::monotone_cubic: break;
  }
  return cubic_through(points);
}

}  // namespace matfit
