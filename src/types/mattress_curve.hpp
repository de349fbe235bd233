#pragma once

#include "types/mattress.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

inline constexpr double n_per_lbf = 4.4482216152605;  // 0.45359237 kg at standard gravity

struct IndenterReading {
  double force_n = 0.0;
  double depth_m = 0.0;
  int cycle = 0;  // 0: not stated
};

// One specimen under the indenter: a mattress, one zone of it or one of its layers.
struct IndenterSpecimen {
  std::string zone;                // empty: the whole mattress
  std::optional<double> y_from_m;  // where the zone lies along the body, from the head end
  std::optional<double> y_to_m;
  std::string layer;  // empty: not measured layer by layer
  std::optional<double> thickness_m;
  std::string place;                      // of its first reading, for errors
  std::vector<IndenterReading> readings;  // in the order of measuring
};

struct IndenterTest {
  std::string file;
  std::string force_unit;  // "N", "kg", "lbf"; empty: the table gives pressures
  double area_m2 = 0.0;    // of the indenter
  CurveKind kind = CurveKind::platen_344mm;
  std::vector<IndenterSpecimen> specimens;
};

struct MeasuredCurvePoint {
  double indentation_m = 0.0;
  double pressure_pa = 0.0;
  double sd_pa = 0.0;
};

// The pressure-indentation curve of a mattress or of one of its zones, and what it rests on.
struct MeasuredCurve {
  std::string zone;
  std::optional<double> y_from_m;
  std::optional<double> y_to_m;
  std::vector<std::string> layers;  // summed in series; empty: measured in one piece
  std::optional<double> thickness_m;
  std::vector<MeasuredCurvePoint> points;  // strictly rising from above (0, 0)
  int loadings = 0;                        // that were recorded
  int loadings_used = 0;
  double zero_force_n = 0.0;              // of the empty indenter, taken off
  double contact_depth_m = 0.0;           // reading of depth at which it touched
  std::optional<double> hysteresis_loss;  // share of the work of loading; where unloading is known
  std::optional<double> force_25_n;       // under the indenter at a quarter of the thickness
  std::optional<double> force_65_n;
  std::optional<double> support_factor;                          // their ratio
  std::vector<std::vector<std::pair<double, double>>> branches;  // depth m, Pa: for the picture
  std::vector<std::string> notes;                                // sentences
};

struct MattressCurves {
  std::string source;  // the test's file
  CurveKind kind = CurveKind::platen_344mm;
  double area_m2 = 0.0;
  std::vector<MeasuredCurve> zones;  // one for a mattress without zones
};

}  // namespace matfit
