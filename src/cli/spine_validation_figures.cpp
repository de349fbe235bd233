#include "cli/spine_validation_figures.hpp"

#include "pipeline/spine_calibration.hpp"
#include "stages/write/chart.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/row_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr std::size_t most_points = 2000;  // of one posture

struct ShownPosture {
  Posture posture;
  const char* color;
};

constexpr std::array<ShownPosture, 4> shown_postures = {{{Posture::supine, ink::accent},
                                                         {Posture::prone, ink::warning},
                                                         {Posture::left, ink::spine},
                                                         {Posture::right, ink::other}}};

std::string label_of(const char* key, const std::string& quantity, const Phrases& phrases) {
  return quantity + ": " + phrases.at(std::string("validation.") + key);
}

}  // namespace

std::string group_name(const SpineGroup& group) {
  return group.trait == group.name ? group.name : group.trait + ": " + group.name;
}

std::string errors_figure(const Spines& spines, const std::vector<std::string>& quantities,
                          const std::string& x_title, const Phrases& phrases) {
  RowChart chart;
  chart.label = phrases.at("validation.ways_title");
  chart.x_title = x_title;
  chart.low = 0.0;
  chart.rows = quantities;
  struct Way {
    const char* key;
    double SpineScore::*error;
    ChartSeries::Mark mark;
    const char* color;
  };
  for (const Way& way :
       {Way{"validation.way.springs", &SpineScore::springs_rmse, ChartSeries::Mark::triangle,
            ink::muted},
        Way{"validation.way.inversion", &SpineScore::inversion_rmse, ChartSeries::Mark::square,
            ink::warning},
        Way{"validation.way.regression", &SpineScore::regression_rmse, ChartSeries::Mark::ring,
            ink::spine},
        Way{"validation.way.map", &SpineScore::rmse, ChartSeries::Mark::dot, ink::accent}}) {
    RowSeries series;
    series.mark = way.mark;
    series.color = way.color;
    series.name = phrases.at(way.key);
    for (const std::string& quantity : quantities) {
      series.values.push_back(score_of(spines, quantity, SpineBasis::curve).*way.error);
    }
    chart.series.push_back(series);
  }
  return row_chart_figure(chart);
}

std::string truth_figure(const Spines& spines, const std::string& quantity,
                         const Phrases& phrases) {
  Chart chart;
  chart.label = label_of("truth_caption", quantity, phrases);
  chart.x_title = phrases.at("validation.axis_true");
  chart.y_title = phrases.at("validation.axis_told");
  chart.zero_x = chart.zero_y = false;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const ShownPosture& shown : shown_postures) {
    Spines lying;
    std::copy_if(spines.begin(), spines.end(), std::back_inserter(lying),
                 [&](const JudgedSpine* s) { return s->posture == shown.posture; });
    std::vector<JudgedValue> values = judged_values(lying, quantity, SpineBasis::curve);
    std::erase_if(values, [](const JudgedValue& v) { return !v.told.known(); });
    if (values.empty()) continue;
    ChartSeries series;
    series.mark = ChartSeries::Mark::speck;
    series.color = shown.color;
    series.name = phrases.at("posture." + std::string(name_of(shown.posture)));
    const std::size_t step = (values.size() + most_points - 1) / most_points;
    for (std::size_t i = 0; i < values.size(); i += step) {
      series.points.emplace_back(values[i].truth, values[i].told.value);
      low = std::min({low, values[i].truth, values[i].told.value});
      high = std::max({high, values[i].truth, values[i].told.value});
    }
    chart.series.push_back(series);
  }
  if (chart.series.empty()) return {};
  chart.series.push_back({ChartSeries::Mark::line,
                          {{low, low}, {high, high}},
                          {},
                          ink::text,
                          phrases.at("validation.key_equal")});
  return chart_figure(chart);
}

std::string calibration_figure(const Spines& spines, const std::string& quantity,
                               const Phrases& phrases) {
  const std::vector<double> levels =
      levels_that_hold(judged_values(spines, quantity, SpineBasis::curve));
  if (levels.empty()) return {};
  Chart chart;
  chart.label = label_of("calibration_caption", quantity, phrases);
  chart.x_title = phrases.at("validation.axis_level");
  chart.y_title = phrases.at("validation.axis_held");
  chart.series.push_back({ChartSeries::Mark::line,
                          {{0.0, 0.0}, {100.0, 100.0}},
                          {},
                          ink::muted,
                          phrases.at("validation.key_stated")});
  ChartSeries held{ChartSeries::Mark::line, {}, {}, ink::accent, ""};
  ChartSeries marks{
      ChartSeries::Mark::dot, {}, {}, ink::accent, phrases.at("validation.key_found")};
  for (int level = 5; level <= 95; level += 5) {
    held.points.emplace_back(level, 100.0 * share_held(levels, 0.01 * level));
  }
  held.points.emplace_back(99.0, 100.0 * share_held(levels, 0.99));
  for (const int level : {50, 80, 90, 95}) {
    marks.points.emplace_back(level, 100.0 * share_held(levels, 0.01 * level));
  }
  chart.series.push_back(held);
  chart.series.push_back(marks);
  return chart_figure(chart);
}

std::string coverage_figure(const std::vector<SpineGroup>& groups, const std::string& quantity,
                            const Phrases& phrases) {
  RowChart chart;
  chart.label = label_of("coverage_caption", quantity, phrases);
  chart.x_title = phrases.at("validation.axis_held");
  chart.lines = {90.0, 95.0};
  chart.high = 100.0;
  RowSeries found{ChartSeries::Mark::dot, {}, {}, ink::accent, ""};
  for (const SpineGroup& group : groups) {
    const SpineScore score = score_of(group.spines, quantity, SpineBasis::curve);
    if (score.told == 0) continue;
    chart.rows.push_back(group_name(group));
    found.values.push_back(100.0 * score.coverage);
    // The heights of one spine go together: no more cases than spines.
    const auto [low, high] =
        interval_of_share(score.coverage, std::min(score.told, group.spines.size()));
    found.ranges.emplace_back(100.0 * low, 100.0 * high);
  }
  chart.series.push_back(found);
  return row_chart_figure(chart);
}

}  // namespace matfit
