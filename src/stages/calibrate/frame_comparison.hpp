#pragma once

#include <Eigen/Core>

namespace matfit {

// The circular shift in reading order, in cells, that makes `frame` most like `reference`; values
// are compared by their square root so that a few wild cells do not decide.
struct CircularShift {
  int cells = 0;
  double likeness = 0.0;
  double unshifted_likeness = 0.0;
};

CircularShift best_circular_shift(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference);

// True where whole runs of cells in reading order hold nothing though they are loaded in
// `reference`, with at least 5 % of its load, and the other cells agree with it. Both tared.
bool is_torn(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference, double noise);

}  // namespace matfit
