#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace matfit {

// Tells absent cells, NaN in every frame, from single values that are missing.
class NanCells {
 public:
  NanCells(std::string file, int cols, std::size_t cells)
      : file_(std::move(file)), cols_(static_cast<std::size_t>(cols)), count_(cells, 0) {}

  // InputError with frame, row and column of an infinite value.
  void add(std::span<const float> frame);
  // As MatDescription.absent. InputError naming a cell that is NaN in some frames and not in
  // others, or where every cell is NaN.
  std::vector<std::uint8_t> absent() const;

 private:
  std::string place(std::size_t cell) const;

  std::string file_;
  std::size_t cols_;
  std::vector<std::size_t> count_;  // frames in which a cell is NaN
  std::size_t frames_ = 0;
};

}  // namespace matfit
