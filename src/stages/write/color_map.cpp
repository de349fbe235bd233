#include "stages/write/color_map.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

struct LinearRgb {
  double r, g, b;

  bool in_gamut() const {
    constexpr double slack = 1e-4;
    const auto shown = [](double v) { return v >= -slack && v <= 1.0 + slack; };
    return shown(r) && shown(g) && shown(b);
  }
};

// OKLab to linear sRGB, with Ottosson's matrices.
LinearRgb linear_from_oklab(double lightness, double a, double b) {
  const auto cube = [](double v) { return v * v * v; };
  const double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
  return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
          -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
          -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

// IEC 61966-2-1.
std::uint8_t srgb_byte(double linear) {
  const double v = std::clamp(linear, 0.0, 1.0);
  const double encoded = v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1.0 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255.0 * encoded));
}

Rgb color_at(double share) {
  constexpr double lightest = 0.99, darkest = 0.27;
  constexpr double first_hue_deg = 98.0, last_hue_deg = -50.0;
  constexpr double most_chroma = 0.19;
  const double lightness = lightest + (darkest - lightest) * share;
  const double hue = (first_hue_deg + (last_hue_deg - first_hue_deg) * share) / deg_per_rad;
  double chroma = std::min(most_chroma, 1.1 * share);
  LinearRgb rgb = linear_from_oklab(lightness, chroma * std::cos(hue), chroma * std::sin(hue));
  while (!rgb.in_gamut()) {
    chroma -= 0.001;
    rgb = linear_from_oklab(lightness, chroma * std::cos(hue), chroma * std::sin(hue));
  }
  return {srgb_byte(rgb.r), srgb_byte(rgb.g), srgb_byte(rgb.b)};
}

ColorTable computed() {
  ColorTable table;
  for (std::size_t i = 0; i < table.size(); ++i) {
    table[i] = color_at(static_cast<double>(i) / static_cast<double>(table.size() - 1));
  }
  return table;
}

}  // namespace

const ColorTable& pressure_colors() {
  static const ColorTable table = computed();
  return table;
}

}  // namespace matfit
