#pragma once

#include "types/mat_geometry.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <memory>
#include <vector>

namespace matfit {

// One map of pressure in the recording's order, with what is needed to read it.
struct PressureField {
  MatGeometry geometry;
  Orientation orientation;
  Eigen::ArrayXXd pressure_pa;  // rows x cols
  Eigen::ArrayXXd sd_pa;  // rows x cols: noise of the mean and, for repaired cells, of the repair
  Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic> repaired;  // rows x cols
  bool absolute = false;  // false: the scale rests on body weight or on nothing
};

// The field in the body frame (row 0 head, seen from above); its orientation then says so.
PressureField canonical_from_recording(const PressureField& field);

// A relative standard deviation that holds at a pressure.
struct RelativeError {
  double pressure_pa = 0.0;
  double relative_sd = 0.0;
};

// Calibrated pressure over time: the recording's frames with the calibration applied on reading.
struct PressureSeries {
  MatGeometry geometry;
  Orientation orientation;  // as given; the classifier fills in what is unknown
  std::shared_ptr<const FrameSource>
      frames_pa;  // same shape as the recording's, tared, repaired, in Pa
  std::vector<double> time_s;
  std::vector<std::uint8_t> valid;                              // one a frame; 0: not to be used
  std::vector<double> load_n;                                   // one a frame; NaN where not valid
  Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic> repaired;  // rows x cols
  double noise_pa = 0.0;                                        // sd of an unloaded cell
  // What the mat's profile leaves open from cell to cell, by rising pressure; interpolated between
  // and constant beyond; empty: nothing is known.
  std::vector<RelativeError> cell_error;
  Quality quality;
  // rows x cols: of repaired cells, relative to the load there: the larger of the cell's own and of
  // the mean of the nine cells about it. Empty: half of the cell's own.
  Eigen::ArrayXXd repair_relative_sd;

  std::size_t size() const { return time_s.size(); }
};

// Of the valid frames, in order of time.
std::vector<double> valid_loads_n(const PressureSeries& series);

// Mean over the valid frames in [first, last), their scatter in sd_pa. Throws std::invalid_argument
// when there is none.
PressureField mean_field(const PressureSeries& series, std::size_t first, std::size_t last,
                         const Orientation& orientation);

}  // namespace matfit
