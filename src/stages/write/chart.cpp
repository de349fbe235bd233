#include "stages/write/chart.hpp"

#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace matfit {

namespace {

constexpr double left = 58.0;
constexpr double top = 24.0;
constexpr double width = 380.0;
constexpr double height = 230.0;
constexpr double key_step = 18.0;
constexpr double font = 11.0;

// One of the two axes: the values it spans and where its numbers stand.
struct Axis {
  double low = 0.0;
  double high = 1.0;
  double step = 1.0;
  int decimals = 0;

  double share(double value) const { return (value - low) / (high - low); }
};

Axis axis_over(double low, double high) {
  Axis axis;
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

struct Frame {
  Axis x;
  Axis y;

  double at_x(double value) const { return left + width * x.share(value); }
  double at_y(double value) const { return top + height * (1.0 - y.share(value)); }
};

std::optional<Frame> frame_of(const Chart& chart) {
  constexpr double none = std::numeric_limits<double>::infinity();
  double low_x = none, high_x = -none, low_y = none, high_y = -none;
  const auto take_y = [&](double y) {
    low_y = std::min(low_y, y);
    high_y = std::max(high_y, y);
  };
  for (const ChartSeries& series : chart.series) {
    for (const auto& [x, y] : series.points) {
      low_x = std::min(low_x, x);
      high_x = std::max(high_x, x);
      take_y(y);
    }
    for (const auto& [low, high] : series.range) {
      take_y(low);
      take_y(high);
    }
  }
  if (!(low_x <= high_x)) return std::nullopt;
  if (chart.zero_x) low_x = std::min(low_x, 0.0);
  if (chart.zero_y) {
    low_y = std::min(low_y, 0.0);
    high_y = std::max(high_y, 0.0);
  }
  return Frame{axis_over(low_x, high_x), axis_over(low_y, high_y)};
}

void draw_line(Svg& svg, double x1, double y1, double x2, double y2, const char* color) {
  svg.element("line", {{"x1", coordinate(x1)},
                       {"y1", coordinate(y1)},
                       {"x2", coordinate(x2)},
                       {"y2", coordinate(y2)},
                       {"stroke", color},
                       {"stroke-width", "1"}});
}

void draw_axes(Svg& svg, const Frame& frame, const Chart& chart) {
  const Svg::Attributes number = {{"font-size", coordinate(font)}, {"fill", ink::muted}};
  const auto anchored = [&number](const char* anchor) {
    Svg::Attributes all = number;
    all.emplace_back("text-anchor", anchor);
    return all;
  };
  const auto ticks = [](const Axis& axis) {
    return static_cast<int>(std::lround((axis.high - axis.low) / axis.step));
  };
  for (int i = 0; i <= ticks(frame.x); ++i) {
    const double value = frame.x.low + i * frame.x.step;
    const double x = frame.at_x(value);
    draw_line(svg, x, top, x, top + height, ink::faint);
    svg.text(x, top + height + 16, page_number(value, frame.x.decimals), anchored("middle"));
  }
  for (int i = 0; i <= ticks(frame.y); ++i) {
    const double value = frame.y.low + i * frame.y.step;
    const double y = frame.at_y(value);
    draw_line(svg, left, y, left + width, y, ink::faint);
    svg.text(left - 6, y + 4, page_number(value, frame.y.decimals), anchored("end"));
  }
  const double zero = frame.y.low < 0.0 ? frame.at_y(0.0) : top + height;
  draw_line(svg, left, zero, left + width, zero, ink::muted);
  draw_line(svg, left, top, left, top + height, ink::muted);
  svg.text(left + width, top + height + 33, chart.x_title, anchored("end"));
  svg.text(4, top - 10, chart.y_title, anchored("start"));
}

void draw_mark(Svg& svg, ChartSeries::Mark mark, double x, double y, const std::string& color) {
  const bool ring = mark == ChartSeries::Mark::ring;
  svg.element("circle", {{"cx", coordinate(x)},
                         {"cy", coordinate(y)},
                         {"r", "3.5"},
                         {"fill", ring ? ink::paper : color},
                         {"stroke", color},
                         {"stroke-width", "1.5"}});
}

void draw_stroke(Svg& svg, const std::vector<std::pair<double, double>>& points,
                 const std::string& color, const char* thickness) {
  svg.element("polyline", {{"points", point_list(points)},
                           {"fill", "none"},
                           {"stroke", color},
                           {"stroke-width", thickness}});
}

void draw_series(Svg& svg, const Frame& frame, const ChartSeries& series) {
  std::vector<std::pair<double, double>> places;
  for (const auto& [x, y] : series.points) places.emplace_back(frame.at_x(x), frame.at_y(y));
  if (series.mark == ChartSeries::Mark::line) {
    draw_stroke(svg, places, series.color, "2");
    return;
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (series.mark == ChartSeries::Mark::bar) {
      const auto& [low, high] = series.range[i];
      draw_stroke(svg, {{places[i].first, frame.at_y(low)}, {places[i].first, frame.at_y(high)}},
                  series.color, "3");
    } else {
      draw_mark(svg, series.mark, places[i].first, places[i].second, series.color);
    }
  }
}

void draw_key(Svg& svg, const Chart& chart) {
  double y = top + height + 52;
  for (const ChartSeries& series : chart.series) {
    if (series.name.empty()) continue;
    if (series.mark == ChartSeries::Mark::line || series.mark == ChartSeries::Mark::bar) {
      draw_stroke(svg, {{left, y - 4}, {left + 20, y - 4}}, series.color,
                  series.mark == ChartSeries::Mark::line ? "2" : "3");
    } else {
      draw_mark(svg, series.mark, left + 10, y - 4, series.color);
    }
    svg.text(left + 28, y, series.name, {{"font-size", coordinate(font)}, {"fill", ink::text}});
    y += key_step;
  }
}

}  // namespace

std::string chart_figure(const Chart& chart) {
  const std::optional<Frame> frame = frame_of(chart);
  if (!frame) return {};
  const auto named = std::count_if(chart.series.begin(), chart.series.end(),
                                   [](const ChartSeries& s) { return !s.name.empty(); });
  Svg svg(0, 0, left + width + 12, top + height + 44 + key_step * static_cast<double>(named),
          chart.label);
  draw_axes(svg, *frame, chart);
  for (const ChartSeries& series : chart.series) draw_series(svg, *frame, series);
  draw_key(svg, chart);
  return svg.finished();
}

}  // namespace matfit
