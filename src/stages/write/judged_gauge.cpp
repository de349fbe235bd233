#include "stages/write/figures.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double width = 400.0, track_top = 4.0, track_height = 22.0;

// A value's place on the scale; what lies beyond it stands at its end.
struct Scale {
  double low, high;

  double x(double value) const {
    return width * (std::clamp(value, low, high) - low) / (high - low);
  }
};

Scale scale_of(const JudgedFigure& judged) {
  constexpr double beyond_fair = 1.6, farthest = 4.0;
  const double reach =
      std::max(std::abs(judged.figure.ci95_low), std::abs(judged.figure.ci95_high));
  const double end = std::clamp(1.05 * reach, beyond_fair * judged.fair, farthest * judged.fair);
  return {judged.magnitude ? -end : std::min(0.0, judged.figure.ci95_low), end};
}

void draw_zone(Svg& svg, const Scale& scale, double low, double high, const char* color) {
  svg.element("rect", {{"x", coordinate(scale.x(low))},
                       {"y", coordinate(track_top)},
                       {"width", coordinate(scale.x(high) - scale.x(low))},
                       {"height", coordinate(track_height)},
                       {"fill", color}});
}

}  // namespace

std::string judged_figure_gauge(const JudgedFigure& judged, const Phrases& phrases) {
  const Estimate& figure = judged.figure;
  if (!figure.known() || !(judged.good > 0.0) || !(judged.good < judged.fair)) return {};
  const Scale scale = scale_of(judged);
  Svg svg(-10, 0, width + 20, track_top + track_height + 22,
          phrases.fill("gauge.aria", {{"name", judged.label},
                                      {"value", page_number(figure.value, 1)},
                                      {"low", page_number(figure.ci95_low, 1)},
                                      {"high", page_number(figure.ci95_high, 1)},
                                      {"good", page_number(judged.good, 0)},
                                      {"fair", page_number(judged.fair, 0)}}));
  draw_zone(svg, scale, scale.low, scale.high, ink::zone_poor);
  draw_zone(svg, scale, judged.magnitude ? -judged.fair : scale.low, judged.fair, ink::zone_fair);
  draw_zone(svg, scale, judged.magnitude ? -judged.good : scale.low, judged.good, ink::zone_good);
  const auto number = [&](double value) {
    svg.text(scale.x(value), track_top + track_height + 17, page_number(value, 0),
             {{"font-size", "14"}, {"fill", ink::muted}, {"text-anchor", "middle"}});
  };
  number(0.0);
  for (const double line : {judged.good, judged.fair}) {
    number(line);
    if (judged.magnitude) number(-line);
  }
  const double middle = track_top + 0.5 * track_height;
  svg.element(
      "rect",
      {{"x", coordinate(scale.x(figure.ci95_low))},
       {"y", coordinate(middle - 3.5)},
       {"width", coordinate(std::max(1.0, scale.x(figure.ci95_high) - scale.x(figure.ci95_low)))},
       {"height", "7"},
       {"rx", "3.5"},
       {"fill", ink::accent}});
  svg.element("circle", {{"cx", coordinate(scale.x(figure.value))},
                         {"cy", coordinate(middle)},
                         {"r", "6.5"},
                         {"fill", ink::paper},
                         {"stroke", ink::accent},
                         {"stroke-width", "3"}});
  return svg.finished();
}

}  // namespace matfit
