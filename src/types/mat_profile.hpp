#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <string_view>
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
  double cell_relative_sd = 0.0;  // the part of it that differs from cell to cell
};

// Slow rise under a constant load: reading(t) = reading(1 s) * (1 + rate * ln(t / 1 s)).
struct CreepLaw {
  double rate_per_log_second = 0.0;
  double rate_sd = 0.0;
  double reference_s = 1.0;  // age of the load for which the response curves hold
};

// What a cell's conversion rests on: its own readings; the common curve, with its own gain where
// there is one; or nothing, as it did not follow the load.
enum class CellCalibration : unsigned char { own, common, no_response };

std::string_view name_of(CellCalibration calibration);
std::string_view name_of(ResponseKind kind);
std::optional<ResponseKind> response_kind_named(std::string_view name);

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
  std::string source;          // what it was made from: levels, loads or people, in one line
  Eigen::ArrayXXd background;  // rows x cols, unloaded, when it was made; may be empty
  std::vector<CellCalibration> cell_status;  // row-major, one a cell; empty: nothing is said
};

// The highest pressure at which the response was shown.
double highest_pressure_pa(const MatProfile& profile);
// At the reading, of the common curve; interpolated between the profile's entries and constant
// beyond them. Zero where the profile states no error.
ResponseError error_at(const MatProfile& profile, double reading);

}  // namespace matfit
