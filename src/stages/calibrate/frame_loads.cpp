#include "stages/calibrate/frame_loads.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace matfit {

FrameLoads frame_loads(const FrameSource& raw, const FrameSource& calibrated,
                       const std::vector<std::uint8_t>& valid,
                       const std::vector<std::uint8_t>& defective, std::optional<double> saturation,
                       const CellResponses* responses) {
  FrameLoads out;
  out.sum.assign(valid.size(), std::numeric_limits<double>::quiet_NaN());
  out.effective_cells = out.sum;
  double below = 0.0;
  double all = 0.0;
  visit_frames(calibrated, 0, valid.size(), [&](std::size_t first, const FrameBlock& block) {
    const auto count = static_cast<std::size_t>(block.rows());
    const FrameBlock readings = saturation ? raw.read(first, count) : FrameBlock();
    for (std::size_t k = 0; k < count; ++k) {
      if (valid[first + k] == 0) continue;
      const auto row = static_cast<Eigen::Index>(k);
      const double sum = block.row(row).cast<double>().sum();
      out.sum[first + k] = sum;
      out.effective_cells[first + k] = sum * sum / block.row(row).cast<double>().square().sum();
      out.loaded_readings += static_cast<double>((block.row(row) > 0.0F).count());
      if (responses != nullptr) {
        const auto cells = block.row(row);
        out.beyond_range_readings +=
            static_cast<double>((cells >= responses->highest_pa()).count());
        below += (cells < responses->lowest_pa()).select(cells, 0.0F).cast<double>().sum();
        all += sum;
      }
      for (Eigen::Index c = 0; saturation && c < readings.cols(); ++c) {
        const bool sound = defective[static_cast<std::size_t>(c)] == 0;
        if (sound && readings(row, c) >= static_cast<float>(*saturation)) {
          out.saturated_readings += 1.0;
        }
      }
    }
  });
  if (all > 0.0) out.below_range_share = below / all;
  return out;
}

double median_of(const std::vector<double>& values, const std::vector<std::uint8_t>& picked) {
  std::vector<double> some;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (picked[i] != 0) some.push_back(values[i]);
  }
  return some.empty() ? 0.0 : median(std::move(some));
}

}  // namespace matfit
