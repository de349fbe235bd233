#pragma once

#include "stages/write/chart.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// One mark a row, and the range about it; NaN: nothing is drawn.
struct RowSeries {
  ChartSeries::Mark mark = ChartSeries::Mark::dot;
  std::vector<double> values;
  std::vector<std::pair<double, double>> ranges;  // empty, or one a row
  std::string color;                              // of ink.hpp
  std::string name;                               // empty: not in the key
};

// Named rows below each other, values to the right.
struct RowChart {
  std::string label;  // what a screen reader says in the picture's place
  std::string x_title;
  std::vector<std::string> rows;
  std::vector<RowSeries> series;
  std::vector<double> lines;  // upright, to compare with
  // What the axis holds at least.
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
};

// As an <svg> element; empty without any value.
std::string row_chart_figure(const RowChart& chart);

}  // namespace matfit
