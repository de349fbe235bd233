#include "stages/calibrate/cell_responses.hpp"

#include "types/response_curve.hpp"

#include <algorithm>

namespace matfit {

CellResponses::CellResponses(const MatProfile& profile) {
  const double highest = highest_pressure_pa(profile);
  highest_pa_ = static_cast<float>(highest);
  lowest_pa_ = static_cast<float>(Response(profile.response).pressure_pa(profile.lowest_reading));
  const Eigen::Index cells = static_cast<Eigen::Index>(profile.rows) * profile.cols;
  const bool own = !profile.cell_curves.empty();
  double top = 0.0;
  for (Eigen::Index c = 0; c < cells; ++c) {
    if (own || c == 0) {
      const Response response = response_of_cell(profile, c);
      top = response.reading(highest);
      for (std::size_t i = 0; i <= steps; ++i) {
        const double root = static_cast<double>(i) / steps;
        table_.push_back(
            static_cast<float>(std::min(highest, response.pressure_pa(root * root * top))));
      }
    }
    table_of_.push_back(table_.size() - (steps + 1));
    inverse_top_.push_back(
        static_cast<float>(static_cast<double>(steps * steps) / (top * gain_of_cell(profile, c))));
  }
}

}  // namespace matfit
