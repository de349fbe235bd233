#pragma once

#include "stages/calibrate/cell_responses.hpp"
#include "types/recording.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace matfit {

// Sums over the calibrated cells of each frame, and how many readings were saturated.
struct FrameLoads {
  std::vector<double> sum;  // in the calibrated frames' unit; NaN where the frame is not valid
  std::vector<double> effective_cells;  // (sum p)^2 / sum p^2; NaN where nothing is loaded
  double loaded_readings = 0.0;
  double saturated_readings = 0.0;
  // Of a profile's range: readings held at its highest pressure, and the share of all load that
  // lies in readings below its lowest.
  double beyond_range_readings = 0.0;
  double below_range_share = 0.0;
};

// One pass over the recording. `defective`: a mark a cell; such cells count as not saturated.
// `saturation` is in the unit of `raw`; `responses` of the mat's profile, or null, that made
// `calibrated`.
FrameLoads frame_loads(const FrameSource& raw, const FrameSource& calibrated,
                       const std::vector<std::uint8_t>& valid,
                       const std::vector<std::uint8_t>& defective, std::optional<double> saturation,
                       const CellResponses* responses);

// Median of the values with a mark; 0 where there is none.
double median_of(const std::vector<double>& values, const std::vector<std::uint8_t>& picked);

}  // namespace matfit
