#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <array>
#include <cstddef>

namespace matfit {

// Frames as the square roots of their tared cells: a frame's squares add up to its load, and a few
// cells of high load do not decide. Keeps the blocks read last, so that
// frames near each other cost one reading. The recording has to outlive it.
class RootFrames {
 public:
  // Readings up to `unloaded`, which is to be above the noise of an unloaded cell, count as 0:
  // roots make much of small ones.
  RootFrames(const Recording& recording, double unloaded);

  Eigen::ArrayXf cells(std::size_t frame);

 private:
  struct Block {
    std::size_t number = static_cast<std::size_t>(-1);
    std::size_t used = 0;
    FrameBlock roots;
  };

  Block& block(std::size_t number);

  const Recording& recording_;
  float unloaded_;
  std::size_t uses_ = 0;
  std::array<Block, 6> blocks_;
};

// Sum of the squares of two frames' difference without the rows and then the columns that hold most
// of it, a 24th of all: what is left is no fault of single lines or cells.
double spread_square(const Eigen::ArrayXf& difference, const MatGeometry& geometry);

}  // namespace matfit
