#include "stages/write/row_chart.hpp"

#include "stages/write/chart_parts.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"
#include "stages/write/text_width.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double top = 8.0, width = 300.0, row_step = 17.0, letter = 6.2;

double width_of_names(const RowChart& chart) {
  std::size_t longest = 0;
  for (const std::string& row : chart.rows) longest = std::max(longest, characters(row));
  return 14.0 + letter * static_cast<double>(longest);
}

// The values that the axis holds; nothing where low > high.
std::pair<double, double> extent_of(const RowChart& chart) {
  double low = chart.low, high = chart.high;
  bool any = false;
  const auto take = [&](double value) {
    if (!std::isfinite(value)) return;
    low = std::min(low, value);
    high = std::max(high, value);
    any = true;
  };
  for (const RowSeries& series : chart.series) {
    for (const double value : series.values) take(value);
    for (const auto& [from, to] : series.ranges) {
      take(from);
      take(to);
    }
  }
  if (!any) return {1.0, -1.0};
  for (const double line : chart.lines) take(line);
  return {low, high};
}

}  // namespace

std::string row_chart_figure(const RowChart& chart) {
  const auto [low, high] = extent_of(chart);
  if (low > high) return {};
  const ChartAxis axis = chart_axis_over(low, high);
  const double left = width_of_names(chart);
  const double bottom = top + row_step * static_cast<double>(chart.rows.size());
  const auto at = [&](double value) { return left + width * axis.share(value); };
  const auto named = std::count_if(chart.series.begin(), chart.series.end(),
                                   [](const RowSeries& s) { return !s.name.empty(); });
  Svg svg(0, 0, left + width + 16, bottom + 42 + chart_key_step * static_cast<double>(named),
          chart.label);
  const auto text = [&](double x, double y, const std::string& content, const char* anchor) {
    svg.text(x, y, content,
             {{"font-size", coordinate(chart_font_size)},
              {"fill", ink::muted},
              {"text-anchor", anchor}});
  };
  for (int i = 0; i <= axis.ticks(); ++i) {
    draw_chart_line(svg, at(axis.tick(i)), top, at(axis.tick(i)), bottom, ink::faint);
    text(at(axis.tick(i)), bottom + 14, page_number(axis.tick(i), axis.decimals), "middle");
  }
  for (const double line : chart.lines) {
    draw_chart_line(svg, at(line), top, at(line), bottom, ink::warning);
  }
  text(left + width, bottom + 30, chart.x_title, "end");
  for (std::size_t row = 0; row < chart.rows.size(); ++row) {
    const double y = top + row_step * (static_cast<double>(row) + 0.5);
    text(left - 8, y + 4, chart.rows[row], "end");
    draw_chart_line(svg, left, y, left + width, y, ink::faint);
    for (const RowSeries& series : chart.series) {
      if (!series.ranges.empty() && std::isfinite(series.ranges[row].first)) {
        draw_chart_stroke(svg,
                          {{at(series.ranges[row].first), y}, {at(series.ranges[row].second), y}},
                          series.color, "2");
      }
      if (std::isfinite(series.values[row])) {
        draw_chart_mark(svg, series.mark, at(series.values[row]), y, series.color);
      }
    }
  }
  double y = bottom + 50;
  for (const RowSeries& series : chart.series) {
    if (series.name.empty()) continue;
    draw_chart_key(svg, series.mark, series.color, series.name, left, y);
    y += chart_key_step;
  }
  return svg.finished();
}

}  // namespace matfit
