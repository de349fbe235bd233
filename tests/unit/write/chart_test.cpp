#include "stages/write/row_chart.hpp"

#include "stages/write/chart_parts.hpp"
#include "stages/write/validation_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <regex>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> numbers_of(const std::string& svg, const char* pattern) {
  std::vector<double> found;
  const std::regex expression(pattern);
  for (std::sregex_iterator at(svg.begin(), svg.end(), expression), end; at != end; ++at) {
    found.push_back(std::stod((*at)[1]));
  }
  return found;
}

RowChart three_rows() {
  RowChart chart;
  chart.label = "a <chart>";
  chart.rows = {"first", "second <b>", "third"};
  chart.lines = {95.0};
  chart.series.push_back({ChartSeries::Mark::dot,
                          {90.0, nothing, 100.0},
                          {{80.0, 95.0}, {nothing, nothing}, {97.0, 100.0}},
                          "#000",
                          "found"});
  return chart;
}

TEST(RowChart, PutsEachMarkInItsRowWhereItsValueLies) {
  const std::string svg = row_chart_figure(three_rows());
  const std::vector<double> x = numbers_of(svg, "<circle cx=\"([-0-9.]+)\"");
  const std::vector<double> y = numbers_of(svg, "<circle cx=\"[-0-9.]+\" cy=\"([-0-9.]+)\"");
  ASSERT_EQ(x.size(), 3U);  // two values and the key's
  EXPECT_NEAR(y[1] - y[0], 2.0 * 17.0, 0.11);
  const std::vector<double> ranges = numbers_of(svg, "<polyline points=\"([-0-9.]+),");
  ASSERT_EQ(ranges.size(), 2U);
  // From 80 to 90 as far as from 90 to 100.
  EXPECT_NEAR(x[0] - ranges[0], x[1] - x[0], 0.21);
}

TEST(RowChart, IsAbsentWithoutAValueAndEscapesItsTexts) {
  RowChart chart = three_rows();
  EXPECT_THAT(row_chart_figure(chart), HasSubstr("second &lt;b&gt;"));
  EXPECT_THAT(row_chart_figure(chart), HasSubstr("a &lt;chart&gt;"));
  chart.series[0].values.assign(3, nothing);
  chart.series[0].ranges.clear();
  EXPECT_EQ(row_chart_figure(chart), "");
}

TEST(Chart, DrawsEverySpeckOfASeries) {
  Chart chart;
  chart.label = "many";
  ChartSeries series;
  series.mark = ChartSeries::Mark::speck;
  series.color = "#000";
  for (int i = 0; i < 50; ++i) series.points.emplace_back(i, -i);
  chart.series.push_back(series);
  const std::string svg = chart_figure(chart);
  EXPECT_EQ(numbers_of(svg, "M([-0-9.]+) [-0-9.]+h0").size(), 50U);
}

TEST(ChartAxis, HoldsItsValuesBetweenRoundNumbers) {
  const ChartAxis axis = chart_axis_over(-3.2, 11.9);
  EXPECT_DOUBLE_EQ(axis.low, -5.0);
  EXPECT_DOUBLE_EQ(axis.high, 15.0);
  EXPECT_EQ(axis.ticks(), 4);
  EXPECT_DOUBLE_EQ(axis.tick(1), 0.0);
}

TEST(ValidationPage, EscapesEveryText) {
  const std::string evil = "<script>x</script>";
  ValidationReport report{evil, evil, {{evil, evil}}, {}};
  report.sections.push_back(
      {evil, {evil}, {{evil, {evil, evil}, {{evil, evil}}}}, {{"<svg/>", evil}}});
  const std::string page = validation_page(report, evil);
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, HasSubstr("<svg/>"));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;"));
}

}  // namespace
}  // namespace matfit
