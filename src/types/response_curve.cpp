#include "types/response_curve.hpp"

#include <cmath>
#include <stdexcept>

namespace matfit {

namespace {

void require(bool holds, const char* what) {
  if (!holds) throw std::invalid_argument(what);
}

}  // namespace

Response::Response(const ResponseCurve& curve, double straight_below)
    : kind_(curve.kind),
      factor_(curve.factor),
      exponent_(curve.kind == ResponseKind::linear ? 1.0 : curve.exponent),
      straight_below_(straight_below) {
  if (kind_ == ResponseKind::monotone_cubic) {
    require(curve.reading.size() >= 2 && curve.reading.front() == 0.0 &&
                curve.pressure_pa.front() == 0.0,
            "a response curve begins at (0, 0) and has two knots or more");
    for (std::size_t i = 1; i < curve.pressure_pa.size(); ++i) {
      require(curve.pressure_pa[i] > curve.pressure_pa[i - 1], "a response curve rises");
    }
    cubic_.emplace(curve.reading, curve.pressure_pa);
  } else {
    require(factor_ > 0.0 && exponent_ > 0.0, "a response curve rises");
  }
  if (straight_below_ > 0.0) straight_slope_ = curve_pressure(straight_below_) / straight_below_;
}

double Response::curve_pressure(double reading) const {
  if (cubic_) return cubic_->value(reading);
  return kind_ == ResponseKind::linear ? factor_ * reading : factor_ * std::pow(reading, exponent_);
}

double Response::pressure_pa(double reading) const {
  if (!(reading > 0.0)) return 0.0;
  return reading < straight_below_ ? straight_slope_ * reading : curve_pressure(reading);
}

double Response::reading(double pressure) const {
  if (!(pressure > 0.0)) return 0.0;
  if (pressure < straight_slope_ * straight_below_) return pressure / straight_slope_;
  if (!cubic_) return std::pow(pressure / factor_, 1.0 / exponent_);
  double low = 0.0;
  double high = cubic_->back_x();
  while (cubic_->value(high) < pressure) high *= 2.0;
  // Sixty halvings leave no more than rounding.
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (cubic_->value(middle) < pressure ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Response response_of_cell(const MatProfile& profile, Eigen::Index cell) {
  const bool own = !profile.cell_curves.empty();
  return Response(own ? profile.cell_curves[static_cast<std::size_t>(cell)] : profile.response,
                  profile.lowest_reading);
}

double gain_of_cell(const MatProfile& profile, Eigen::Index cell) {
  if (profile.gain.size() == 0) return 1.0;
  return profile.gain(cell / profile.cols, cell % profile.cols);
}

}  // namespace matfit
