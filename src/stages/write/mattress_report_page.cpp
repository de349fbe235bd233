#include "stages/write/chart.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/mattress_report.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/page_text.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

constexpr double cm2_per_m2 = 1e4;

std::string force_text(const std::optional<double>& force_n, const Phrases& phrases) {
  if (!force_n) return phrases.at("mattress_test.not_reached");
  return fmt::format("{} N ({} lbf)", page_number(*force_n, 0),
                     page_number(*force_n / n_per_lbf, 1));
}

PageList facts_of(const MeasuredCurve& curve, const Phrases& phrases) {
  const auto name = [&phrases](const char* key) {
    return phrases.at(std::string("mattress_test.") + key);
  };
  PageList facts;
  facts.push_back(fact(name("thickness"),
                       curve.thickness_m ? page_number(*curve.thickness_m * mm_per_m, 0) + " mm"
                                         : phrases.at("page.not_known")));
  if (curve.y_from_m && curve.y_to_m) {
    facts.push_back(
        fact(name("place"), phrases.fill("mattress_test.place_text",
                                         {{"from", page_number(*curve.y_from_m * mm_per_m, 0)},
                                          {"to", page_number(*curve.y_to_m * mm_per_m, 0)}})));
  }
  if (curve.thickness_m) {
    facts.push_back(fact(name("force_25"), force_text(curve.force_25_n, phrases)));
    facts.push_back(fact(name("force_65"), force_text(curve.force_65_n, phrases)));
    facts.push_back(fact(name("support"), curve.support_factor
                                              ? page_number(*curve.support_factor, 2)
                                              : name("not_reached")));
  }
  facts.push_back(fact(name("loss"), curve.hysteresis_loss
                                         ? page_number(100.0 * *curve.hysteresis_loss, 1) + " %"
                                         : name("not_measured")));
  facts.push_back(
      fact(name("loadings"), phrases.fill("mattress_test.loadings_text",
                                          {{"all", std::to_string(curve.loadings)},
                                           {"used", std::to_string(curve.loadings_used)}})));
  facts.push_back(fact(name("zero"), page_number(curve.zero_force_n, 2) + " N"));
  facts.push_back(fact(name("contact"), page_number(curve.contact_depth_m * mm_per_m, 2) + " mm"));
  if (!curve.layers.empty()) {
    facts.push_back(wide_fact(name("layers"), fmt::format("{}", fmt::join(curve.layers, ", "))));
  }
  return facts;
}

std::string curve_chart(const MeasuredCurve& curve, const Phrases& phrases) {
  Chart chart;
  chart.label = phrases.at("mattress_test.curve_aria");
  chart.x_title = phrases.at("mattress_test.axis_depth");
  chart.y_title = phrases.at("mattress_test.axis_pressure");
  std::string name = phrases.at("mattress_test.key_branches");
  for (const auto& branch : curve.branches) {
    ChartSeries series;
    series.color = ink::line;
    series.name = std::exchange(name, "");
    for (const auto& [depth_m, pressure_pa] : branch) {
      series.points.emplace_back(depth_m * mm_per_m, pressure_pa / pa_per_kpa);
    }
    chart.series.push_back(series);
  }
  ChartSeries spread{
      ChartSeries::Mark::bar, {}, {}, ink::band, phrases.at("mattress_test.key_error")};
  ChartSeries line{ChartSeries::Mark::line,
                   {{0.0, 0.0}},
                   {},
                   ink::accent,
                   phrases.at("mattress_test.key_curve")};
  for (const MeasuredCurvePoint& p : curve.points) {
    const double x = p.indentation_m * mm_per_m;
    const double low = (p.pressure_pa - p.sd_pa) / pa_per_kpa;
    const double high = (p.pressure_pa + p.sd_pa) / pa_per_kpa;
    line.points.emplace_back(x, p.pressure_pa / pa_per_kpa);
    spread.points.emplace_back(x, p.pressure_pa / pa_per_kpa);
    spread.range.emplace_back(std::max(0.0, low), high);
  }
  chart.series.push_back(spread);
  chart.series.push_back(line);
  return chart_figure(chart);
}

PageData zone_view(const MeasuredCurve& curve, const Phrases& phrases) {
  PageData view;
  view.set("title", curve.zone.empty()
                        ? phrases.at("mattress_test.whole")
                        : phrases.fill("mattress_test.zone", {{"zone", curve.zone}}));
  set_list(view, "facts", facts_of(curve, phrases));
  view.set("chart", curve_chart(curve, phrases));
  PageList rows;
  for (const MeasuredCurvePoint& p : curve.points) {
    PageData row;
    row.set("depth", page_number(p.indentation_m * mm_per_m, 1));
    row.set("pressure", page_number(p.pressure_pa / pa_per_kpa, 3));
    row.set("sd", page_number(p.sd_pa / pa_per_kpa, 3));
    rows.push_back(row);
  }
  set_list(view, "points", rows);
  set_list(view, "notes", text_list(curve.notes));
  return view;
}

}  // namespace

std::string mattress_report_page(const MattressCurves& curves, const std::string& version) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title", phrases.fill("mattress_test.window_title", {{"file", curves.source}}));
  view.set("subtitle",
           phrases.fill(
               "mattress_test.subtitle",
               {{"file", curves.source},
                {"area", page_number(curves.area_m2 * cm2_per_m2, 0)},
                {"kind", phrases.at("mattress_test.kind_" + std::string(name_of(curves.kind)))}}));
  PageList zones;
  for (const MeasuredCurve& curve : curves.zones) zones.push_back(zone_view(curve, phrases));
  set_list(view, "zones", zones);
  return page_text("mattress_test.html", view, version, phrases);
}

}  // namespace matfit
