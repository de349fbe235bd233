#pragma once

#include "stages/learn/people_maps.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

struct FixedPatternOptions {
  double loaded_share = 0.5;  // of the mean loaded reading: dimmer places tell nothing of a cell
  int least_people = 2;       // who must have lain on a cell
  int rounds = 4;             // a cell's neighbours have gains too
  double body_scale_cells = 3.0;  // slower variation across the mat is the body's, not the sensor's
};

// Gain of each cell beside its neighbours, from maps of several people.
struct FixedPattern {
  Eigen::ArrayXXd log_gain;  // rows x cols, 0 where nothing is known; as the maps show it
  Eigen::ArrayXXi people;    // who loaded the cell well
  // As log_gain, less what the people's disagreement makes of chance: by signal variance over
  // signal and error variance (empirical Bayes).
  Eigen::ArrayXXd shrunk_log_gain;

  Eigen::ArrayXXd gain() const { return shrunk_log_gain.exp(); }
};

// Median over the maps of ln(reading / what the neighbours let expect), repeated with the readings
// divided by the gains so far. All maps have the same shape; none: an empty pattern.
FixedPattern fit_fixed_pattern(const std::vector<PersonMap>& maps,
                               const FixedPatternOptions& options = {});

}  // namespace matfit
