#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace matfit {

enum class ResponseKind { linear, power, monotone_cubic };

// A cell's reading over its unloaded background -> pressure; 0 -> 0 and rising throughout.
struct ResponseCurve {
  ResponseKind kind = ResponseKind::linear;
  double factor = 1.0;    // linear, power: pressure = factor * reading^exponent
  double exponent = 1.0;  // power
  // monotone_cubic: knots, strictly rising, the first at (0, 0); between them a monotone cubic
  // (Fritsch and Carlson 1980).
  std::vector<double> reading, pressure_pa;
};

// How far a pressure may be off, relative (1 sd), from some reading on.
struct ResponseError {
  double reading = 0.0;
  double relative_sd = 0.0;
};

// Slow rise under a constant load: reading(t) = reading(1 s) * (1 + rate * ln(t / 1 s)).
struct CreepLaw {
  double rate_per_log_second = 0.0;
  double rate_sd = 0.0;
};

// What is known of one mat: how its readings become pressure, with the range in which that was
// shown and the error that it leaves.
struct MatProfile {
  std::string id;
  std::string model;
  std::string basis;                      // "known_pressures" | "known_weights" | "people"
  PressureUnit unit = PressureUnit::raw;  // of the readings
  int rows = 0, cols = 0;
  // false: only the curve's shape is known (learned from people); the scale comes from body weight.
  bool absolute = false;
  ResponseCurve response;                  // of a cell with gain 1
  Eigen::ArrayXXd gain;                    // rows x cols, divides the reading; empty: all 1
  std::vector<ResponseCurve> cell_curves;  // row-major, one a cell; empty: `response` for all
  double lowest_reading = 0.0;       // over the background; the range in which the curve was shown
  double highest_reading = 0.0;      // beyond it nothing is extrapolated: it is flagged
  std::vector<ResponseError> error;  // by rising reading; interpolated between
  std::optional<CreepLaw> creep;
  std::string source;  // what it was made from: levels, loads or people, in one line
};

}  // namespace matfit
