#pragma once

#include "stages/write/chart.hpp"
#include "stages/write/svg.hpp"

#include <string>
#include <utility>
#include <vector>

// What charts of every kind are drawn from.
namespace matfit {

inline constexpr double chart_font_size = 11.0;
inline constexpr double chart_key_step = 18.0;

// One of the two axes: the values it spans and where its numbers stand.
struct ChartAxis {
  double low = 0.0;
  double high = 1.0;
  double step = 1.0;
  int decimals = 0;

  double share(double value) const { return (value - low) / (high - low); }
  int ticks() const;
  double tick(int i) const { return low + i * step; }
};

// Round numbers that hold both.
ChartAxis chart_axis_over(double low, double high);

void draw_chart_line(Svg& svg, double x1, double y1, double x2, double y2, const char* color);
void draw_chart_stroke(Svg& svg, const std::vector<std::pair<double, double>>& points,
                       const std::string& color, const char* thickness);
void draw_chart_mark(Svg& svg, ChartSeries::Mark mark, double x, double y,
                     const std::string& color);
// A sample of the mark at x, its name beside it.
void draw_chart_key(Svg& svg, ChartSeries::Mark mark, const std::string& color,
                    const std::string& name, double x, double y);

}  // namespace matfit
