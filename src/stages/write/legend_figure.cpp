#include "stages/write/color_map.hpp"
#include "stages/write/figures.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/png_image.hpp"
#include "stages/write/svg.hpp"

#include <cmath>
#include <numeric>

namespace matfit {

namespace {

// Into how many round steps a round scale divides.
int even_parts(double full) {
  const int digits =
      static_cast<int>(std::lround(full / std::pow(10.0, std::floor(std::log10(full))) * 10.0));
  if (digits == 15 || digits == 30 || digits == 60) return 3;
  return digits == 10 || digits == 25 || digits == 50 ? 5 : 4;
}

}  // namespace

std::string legend_figure(const MapScale& scale, const Phrases& phrases) {
  constexpr double width = 400.0, bar_height = 14.0;
  const std::string title = phrases.fill("map.legend", {{"unit", scale.unit.name}});
  Svg svg(-14, -22, width + 28, 62, title);
  svg.text(0, -8, title, {{"font-size", "14"}, {"fill", ink::text}});
  IndexedImage ramp{256, 1, std::vector<std::uint8_t>(256)};
  std::iota(ramp.indices.begin(), ramp.indices.end(), std::uint8_t{0});
  svg.element("image", {{"x", "0"},
                        {"y", "0"},
                        {"width", coordinate(width)},
                        {"height", coordinate(bar_height)},
                        {"preserveAspectRatio", "none"},
                        {"href", png_data_uri(ramp, pressure_colors())}});
  svg.element("rect", {{"x", "0"},
                       {"y", "0"},
                       {"width", coordinate(width)},
                       {"height", coordinate(bar_height)},
                       {"fill", "none"},
                       {"stroke", ink::line}});
  const double full = scale.full_pa / scale.unit.pa;
  const int intervals = even_parts(full);
  for (int i = 0; i <= intervals; ++i) {
    const double x = width * i / intervals;
    const double value = full * i / intervals;
    svg.element("line", {{"x1", coordinate(x)},
                         {"x2", coordinate(x)},
                         {"y1", coordinate(bar_height)},
                         {"y2", coordinate(bar_height + 5)},
                         {"stroke", ink::muted}});
    svg.text(x, bar_height + 20, page_number(value, full < 10 ? 1 : 0),
             {{"font-size", "13"}, {"fill", ink::muted}, {"text-anchor", "middle"}});
  }
  return svg.finished();
}

}  // namespace matfit
