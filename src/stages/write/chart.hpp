#pragma once

#include <string>
#include <utility>
#include <vector>

namespace matfit {

// A curve or a set of points of a chart.
struct ChartSeries {
  // bar: from low to high at each point; speck: a small dot, for points in their thousands
  enum class Mark { line, dot, ring, triangle, square, bar, speck };
  Mark mark = Mark::line;
  std::vector<std::pair<double, double>> points;
  std::vector<std::pair<double, double>> range;  // bar: low and high of each point
  std::string color;                             // of ink.hpp
  std::string name;                              // empty: not in the key
};

struct Chart {
  std::string label;  // what a screen reader says in the picture's place
  std::string x_title;
  std::string y_title;
  std::vector<ChartSeries> series;
  bool zero_x = true;  // axes reach down to zero
  bool zero_y = true;
};

// A chart with numbered axes and a key, as an <svg> element; empty without any point.
std::string chart_figure(const Chart& chart);

}  // namespace matfit
