#pragma once

#include <Eigen/Core>

namespace matfit {

// Likeness of two tared frames by the square roots of their cells, so that a hand that presses or a
// few wild cells do not decide. 1: the same up to a factor.
double compressed_likeness(const Eigen::ArrayXf& a, const Eigen::ArrayXf& b);

// The shifts in reading order, in cells and round the end, of a frame's first and second half that
// make it most like `reference`, compared as in compressed_likeness().
struct HalfShifts {
  int first = 0;
  int second = 0;
  double likeness = 0.0;  // after both shifts
  double unshifted_likeness = 0.0;
};

HalfShifts best_half_shifts(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference);

// True where the frame is `reference` up to some cell in reading order and another map of a like
// load from there on, or the other way round; each part with a sixth of the reference's load at
// least. Both tared.
bool is_of_two(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference);

// True where whole runs of cells in reading order hold nothing though they are loaded in
// `reference`, with at least 5 % of its load, and the other cells agree with it. Both tared.
bool is_torn(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference, double noise);

}  // namespace matfit
