#include "stages/write/chart.hpp"

#include "stages/write/chart_parts.hpp"
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
struct Frame {
  ChartAxis x;
  ChartAxis y;

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
  return Frame{chart_axis_over(low_x, high_x), chart_axis_over(low_y, high_y)};
}

void draw_axes(Svg& svg, const Frame& frame, const Chart& chart) {
  const Svg::Attributes number = {{"font-size", coordinate(chart_font_size)}, {"fill", ink::muted}};
  const auto anchored = [&number](const char* anchor) {
    Svg::Attributes all = number;
    all.emplace_back("text-anchor", anchor);
    return all;
  };
  for (int i = 0; i <= frame.x.ticks(); ++i) {
    const double value = frame.x.tick(i);
    const double x = frame.at_x(value);
    draw_chart_line(svg, x, top, x, top + height, ink::faint);
    svg.text(x, top + height + 16, page_number(value, frame.x.decimals), anchored("middle"));
  }
  for (int i = 0; i <= frame.y.ticks(); ++i) {
    const double value = frame.y.tick(i);
    const double y = frame.at_y(value);
    draw_chart_line(svg, left, y, left + width, y, ink::faint);
    svg.text(left - 6, y + 4, page_number(value, frame.y.decimals), anchored("end"));
  }
  const double zero = frame.y.low < 0.0 ? frame.at_y(0.0) : top + height;
  draw_chart_line(svg, left, zero, left + width, zero, ink::muted);
  draw_chart_line(svg, left, top, left, top + height, ink::muted);
  svg.text(left + width, top + height + 33, chart.x_title, anchored("end"));
  svg.text(4, top - 10, chart.y_title, anchored("start"));
}

// All in one path: a stroke of no length with round ends.
void draw_specks(Svg& svg, const std::vector<std::pair<double, double>>& places,
                 const std::string& color) {
  std::string path;
  for (const auto& [x, y] : places) path += 'M' + coordinate(x) + ' ' + coordinate(y) + "h0";
  svg.element("path", {{"d", path},
                       {"fill", "none"},
                       {"stroke", color},
                       {"stroke-width", "3"},
                       {"stroke-linecap", "round"},
                       {"stroke-opacity", "0.5"}});
}

void draw_series(Svg& svg, const Frame& frame, const ChartSeries& series) {
  std::vector<std::pair<double, double>> places;
  for (const auto& [x, y] : series.points) places.emplace_back(frame.at_x(x), frame.at_y(y));
  if (series.mark == ChartSeries::Mark::line) {
    draw_chart_stroke(svg, places, series.color, "2");
    return;
  }
  if (series.mark == ChartSeries::Mark::speck) {
    draw_specks(svg, places, series.color);
    return;
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (series.mark == ChartSeries::Mark::bar) {
      const auto& [low, high] = series.range[i];
      draw_chart_stroke(svg,
                        {{places[i].first, frame.at_y(low)}, {places[i].first, frame.at_y(high)}},
                        series.color, "3");
    } else {
      draw_chart_mark(svg, series.mark, places[i].first, places[i].second, series.color);
    }
  }
}

void draw_key(Svg& svg, const Chart& chart) {
  double y = top + height + 52;
  for (const ChartSeries& series : chart.series) {
    if (series.name.empty()) continue;
    draw_chart_key(svg, series.mark, series.color, series.name, left, y);
    y += chart_key_step;
  }
}

}  // namespace

std::string chart_figure(const Chart& chart) {
  const std::optional<Frame> frame = frame_of(chart);
  if (!frame) return {};
  const auto named = std::count_if(chart.series.begin(), chart.series.end(),
                                   [](const ChartSeries& s) { return !s.name.empty(); });
  Svg svg(0, 0, left + width + 12, top + height + 44 + chart_key_step * static_cast<double>(named),
          chart.label);
  draw_axes(svg, *frame, chart);
  for (const ChartSeries& series : chart.series) draw_series(svg, *frame, series);
  draw_key(svg, chart);
  return svg.finished();
}

}  // namespace matfit
