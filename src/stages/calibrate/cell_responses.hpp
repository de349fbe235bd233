#pragma once

#include "types/mat_profile.hpp"

#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <vector>

namespace matfit {

// A profile ready for every reading of a recording: a table for each curve, even in the root of the
// reading, where both straight lines and power laws are smooth; linear between its entries.
class CellResponses {
 public:
  explicit CellResponses(const MatProfile& profile);

  // Pressure of a cell's reading over its background; readings beyond the profile's range give its
  // highest pressure exactly.
  float pressure_pa(Eigen::Index cell, float reading) const {
    const auto c = static_cast<std::size_t>(cell);
    const float place = std::sqrt(reading * inverse_top_[c]);
    if (!(place < static_cast<float>(steps))) return highest_pa_;
    const auto step = static_cast<std::size_t>(place);
    const float* entry = table_.data() + table_of_[c] + step;
    return entry[0] + (place - static_cast<float>(step)) * (entry[1] - entry[0]);
  }

  float lowest_pa() const { return lowest_pa_; }
  float highest_pa() const { return highest_pa_; }

 private:
  static constexpr std::size_t steps = 128;

  std::vector<float> table_;           // steps + 1 entries a curve
  std::vector<std::size_t> table_of_;  // a cell each: where its curve begins
  std::vector<float> inverse_top_;     // a cell each: steps^2 over its highest reading
  float lowest_pa_ = 0.0F;
  float highest_pa_ = 0.0F;
};

}  // namespace matfit
