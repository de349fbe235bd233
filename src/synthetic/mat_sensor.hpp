#pragma once

#include "numeric/random.hpp"
#include "types/mat_geometry.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

struct StuckCell {
  int row = 0;
  int col = 0;
  double reading = 0.0;
};

// What a mat makes of the pressure on it. Rows and columns are those of the body frame; readings
// are in `unit`.
struct MatSensor {
  MatGeometry geometry;
  PressureUnit unit = PressureUnit::mmhg;
  double blur_m = 0.0;         // spread of cover and mat, standard deviation
  double row_crosstalk = 0.0;  // share of a row's mean that every cell of the row reads too
  double col_crosstalk = 0.0;
  Eigen::ArrayXXd gain;   // rows x cols; 0 where a cell, row or column is dead
  double exponent = 1.0;  // reading = reference_reading (p / 100 mmHg)^exponent
  double reference_reading = 100.0;
  double offset = 0.0;            // of an unloaded cell
  double noise = 0.0;             // standard deviation
  double threshold = 0.0;         // smaller readings are 0
  double quantum = 0.0;           // step of the readings; 0: continuous
  double saturation = 1e9;        // largest reading
  double creep_per_decade = 0.0;  // growth of readings per factor ten in time after 1 s
  std::vector<StuckCell> stuck;
  int corrupt_leading_frames = 0;  // of a recording: shifted by half a frame or with swapped bytes
};

// A mat without faults that reads mmHg as they are.
MatSensor ideal_sensor(const MatGeometry& geometry);

// A mat of unknown make: gains of cells and lines, response, noise and faults within what mats
// show. Reads raw counts or mmHg.
MatSensor random_sensor(const MatGeometry& geometry, Random& random);

// One frame [rows x cols] of readings; loaded_s is the time since the load changed.
Eigen::ArrayXXd read_out(const MatSensor& sensor, const Eigen::ArrayXXd& pressure_pa,
                         double loaded_s, Random& noise);

// Makes a frame worthless, as the first ones of a recording sometimes are.
Eigen::ArrayXXd corrupted(const Eigen::ArrayXXd& frame, Random& random);

}  // namespace matfit
