#include "stages/write/heat_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr double pixel_m = 0.0045;

// Weights of the four cells around each pixel along one axis, as a pixels x cells matrix.
Eigen::MatrixXd interpolation(int cells, int pixels) {
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(pixels, cells);
  for (int pixel = 0; pixel < pixels; ++pixel) {
    const double place = (pixel + 0.5) * cells / pixels - 0.5;
    const int base = static_cast<int>(std::floor(place));
    const double t = place - base;
    const std::array<double, 4> kernel = {
        ((-0.5 * t + 1.0) * t - 0.5) * t, ((1.5 * t - 2.5) * t) * t + 1.0,
        ((-1.5 * t + 2.0) * t + 0.5) * t, ((0.5 * t - 0.5) * t) * t};
    for (int k = 0; k < 4; ++k) {
      weights(pixel, std::clamp(base - 1 + k, 0, cells - 1)) += kernel[static_cast<std::size_t>(k)];
    }
  }
  return weights;
}

int pixels_for(double length_m, int cells) {
  return std::clamp(static_cast<int>(std::lround(length_m / pixel_m)), cells, 1000);
}

}  // namespace

IndexedImage heat_map_image(const PressureField& canonical, double full_scale_pa) {
  const MatGeometry& g = canonical.geometry;
  IndexedImage image{pixels_for(g.width_m(), g.cols), pixels_for(g.length_m(), g.rows), {}};
  const Eigen::MatrixXd smooth = interpolation(g.rows, image.height) *
                                 canonical.pressure_pa.matrix() *
                                 interpolation(g.cols, image.width).transpose();
  image.indices.reserve(static_cast<std::size_t>(smooth.size()));
  for (int row = 0; row < image.height; ++row) {
    for (int col = 0; col < image.width; ++col) {
      const double share = std::clamp(smooth(row, col) / full_scale_pa, 0.0, 1.0);
      image.indices.push_back(static_cast<std::uint8_t>(std::lround(255.0 * share)));
    }
  }
  return image;
}

double round_scale(double value) {
  if (!(value > 0.0)) return 1.0;
  const double decade = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (step * decade >= value * (1.0 - 1e-12)) return step * decade;
  }
  return 10.0 * decade;
}

}  // namespace matfit
