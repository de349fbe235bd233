#pragma once

#include "numeric/random.hpp"
#include "synthetic/mat_sensor.hpp"
#include "types/mat_geometry.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <limits>

namespace matfit {

// A mat of another make under the same sleeper. Rows, columns and lengths are those of the body
// frame.
struct OtherMat {
  MatSensor sensor;            // with the mat's grid and pitch
  Orientation orientation;     // of the recording that it makes
  double sensed_share = 1.0;   // of a cell's length and of its width, in the cell's middle
  double stature_scale = 1.0;  // of the sleeper, and of all that lies on the mat
  // What lay in the middle of the mat that recorded lies so far from the middle of this one.
  Eigen::Vector2d shift_m{0.0, 0.0};
};

// A mat of that many cells over any size that beds have, seen from above or below with either end
// at the head; its response, noise, steps, limits and faults are drawn from what mats show.
OtherMat random_other_mat(int rows, int cols, Random& random);

// Mean over what each cell senses of a map in the body frame, rows x cols of the other mat; what
// the first mat did not cover counts as unloaded.
Eigen::ArrayXXd resampled(const Eigen::ArrayXXd& map, const MatGeometry& geometry,
                          const OtherMat& other);

// The recording that the other mat would have made of the valid frames of `series`, which is
// `recording` calibrated: readings in the other sensor's unit, with the labels. An unknown head end
// counts as the first row and an unknown view as above. Of more than `most_frames` valid frames
// only so many, evenly spread.
Recording recorded_by(const OtherMat& other, const Recording& recording,
                      const PressureSeries& series, Random& noise,
                      std::size_t most_frames = std::numeric_limits<std::size_t>::max());

}  // namespace matfit
