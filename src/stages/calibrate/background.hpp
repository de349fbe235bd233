#pragma once

#include "types/survey.hpp"

#include <Eigen/Core>

namespace matfit {

// What an unloaded cell reads, in the recording's unit.
struct Background {
  double level = 0.0;             // over the mat
  Eigen::ArrayXf level_per_cell;  // `level` everywhere unless empty frames say more
  double noise = 0.0;             // standard deviation of one reading
  bool certain = false;           // false: the body may cover every cell, the level is a guess
  bool from_empty_frames = false;
};

// The background under a body: the densest narrow band among the lower readings of `median`,
// certain when it lies near the smallest readings. Where the band could as well be light load, the
// level is the first percentile. `frames` give the noise in time where there are two or more.
Background background_under_body(const Survey& survey, bool whole_numbers);

// The background from frames in which nobody lies on the mat: its own level for each cell.
Background background_of_empty(const Survey& empty, bool whole_numbers);

}  // namespace matfit
