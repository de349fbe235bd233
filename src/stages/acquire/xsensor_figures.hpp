#pragma once

#include "stages/acquire/xsensor_blocks.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace matfit {

// Compares the figures that XSENSOR prints of a frame with those of its cells, so that a file that
// was read wrongly or damaged does not pass. The software counts loaded cells only: those above 0.
class XsensorFigures {
 public:
  XsensorFigures() = default;
  // `units`: of the cells, as written.
  explicit XsensorFigures(std::string units) : units_(std::move(units)) {}

  // InputError where the peak is another; other averages are counted. A figure in a unit of another
  // kind than the cells' is not compared.
  void check(const XsensorBlock& block, const std::vector<float>& cells, const std::string& file);

  // Adds what was seen to the recording's notes.
  void note(Recording& recording) const;

 private:
  std::string units_;
  std::size_t other_averages_ = 0;
  std::size_t first_other_line_ = 0;
};

// The software sets cells below its threshold, in `units` of the file, to 0.
void note_threshold(double threshold, double factor, const std::string& units,
                    Recording& recording);

}  // namespace matfit
