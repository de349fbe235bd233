#include "stages/calibrate/saturation.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

std::optional<double> find_saturation(const Survey& survey, bool whole_numbers,
                                      std::optional<double> full_scale) {
  if (survey.empty()) return std::nullopt;
  float top = 0.0F;
  for (const float v : survey.frames.reshaped()) {
    if (std::isfinite(v)) top = std::max(top, v);
  }
  if (!(top > 0.0F)) return std::nullopt;
  if (full_scale && top == static_cast<float>(*full_scale)) return top;
  if (whole_numbers) {
    for (const float converter_top : {255.0F, 1023.0F, 4095.0F, 65535.0F}) {
      if (top == converter_top) return top;
    }
  }
  int cells_at_top = 0;
  int cells_below = 0;
  for (Eigen::Index c = 0; c < survey.frames.cols(); ++c) {
    const float highest = survey.frames.col(c).maxCoeff();
    cells_at_top += highest == top ? 1 : 0;
    cells_below += highest < top && highest > 0.9F * top ? 1 : 0;
  }
  // Small whole numbers meet by chance; so does a flat map.
  const bool fine_enough = !whole_numbers || top >= 64.0F;
  const bool few = 2 * cells_at_top < survey.frames.cols();
  if (fine_enough && few && cells_at_top >= 3 && cells_at_top > cells_below) return top;
  return std::nullopt;
}

}  // namespace matfit
