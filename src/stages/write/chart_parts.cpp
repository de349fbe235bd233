#include "stages/write/chart_parts.hpp"

#include "stages/write/ink.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

int ChartAxis::ticks() const { return static_cast<int>(std::lround((high - low) / step)); }

ChartAxis chart_axis_over(double low, double high) {
  ChartAxis axis;
  if (!(high > low)) {
    const double room = std::max(1.0, std::abs(high));
    low -= 0.5 * room;
    high += 0.5 * room;
  }
  const double rough = (high - low) / 5.0;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  axis.step = 10.0 * decade;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (factor * decade >= rough) axis.step = factor * decade;
  }
  axis.low = axis.step * std::floor(low / axis.step + 1e-9);
  axis.high = axis.step * std::ceil(high / axis.step - 1e-9);
  axis.decimals = std::max(0, static_cast<int>(-std::floor(std::log10(axis.step) + 1e-9)));
  return axis;
}

void draw_chart_line(Svg& svg, double x1, double y1, double x2, double y2, const char* color) {
  svg.element("line", {{"x1", coordinate(x1)},
                       {"y1", coordinate(y1)},
                       {"x2", coordinate(x2)},
                       {"y2", coordinate(y2)},
                       {"stroke", color},
                       {"stroke-width", "1"}});
}

void draw_chart_stroke(Svg& svg, const std::vector<std::pair<double, double>>& points,
                       const std::string& color, const char* thickness) {
  svg.element("polyline", {{"points", point_list(points)},
                           {"fill", "none"},
                           {"stroke", color},
                           {"stroke-width", thickness}});
}

void draw_chart_mark(Svg& svg, ChartSeries::Mark mark, double x, double y,
                     const std::string& color) {
  const Svg::Attributes look = {{"fill", mark == ChartSeries::Mark::ring ? ink::paper : color},
                                {"stroke", color},
                                {"stroke-width", "1.5"}};
  const auto with = [&look](Svg::Attributes shape) {
    shape.insert(shape.end(), look.begin(), look.end());
    return shape;
  };
  if (mark == ChartSeries::Mark::triangle) {
    svg.element("polygon",
                with({{"points", point_list({{x - 4, y + 3.5}, {x + 4, y + 3.5}, {x, y - 4.5}})}}));
  } else if (mark == ChartSeries::Mark::square) {
    svg.element(
        "rect",
        with(
            {{"x", coordinate(x - 3)}, {"y", coordinate(y - 3)}, {"width", "6"}, {"height", "6"}}));
  } else {
    svg.element("circle", with({{"cx", coordinate(x)}, {"cy", coordinate(y)}, {"r", "3.5"}}));
  }
}

void draw_chart_key(Svg& svg, ChartSeries::Mark mark, const std::string& color,
                    const std::string& name, double x, double y) {
  if (mark == ChartSeries::Mark::line || mark == ChartSeries::Mark::bar) {
    draw_chart_stroke(svg, {{x, y - 4}, {x + 20, y - 4}}, color,
                      mark == ChartSeries::Mark::line ? "2" : "3");
  } else {
    draw_chart_mark(svg, mark, x + 10, y - 4, color);
  }
  svg.text(x + 28, y, name, {{"font-size", coordinate(chart_font_size)}, {"fill", ink::text}});
}

}  // namespace matfit
