#include "stages/write/certificate.hpp"
#include "stages/write/chart.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/page_text.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <map>

namespace matfit {

namespace {

constexpr double percent = 100.0;

std::string mmhg(double pressure_pa) { return page_number(pressure_pa / pa_per_mmhg, 2); }

std::string percent_text(double share) { return page_number(percent * share, 2) + " %"; }

std::string trial_name(const CurveTrial& trial, const Phrases& phrases) {
  return phrases.fill(trial.own_curves ? "certificate.own" : "certificate.common",
                      {{"kind", phrases.at("certificate.kind_" + trial.kind)}});
}

PageList facts_of(const MatCertificate& c, const Phrases& phrases) {
  const auto name = [&phrases](const char* key) {
    return phrases.at(std::string("certificate.") + key);
  };
  PageList facts;
  facts.push_back(fact(name("mat"), c.model.empty() ? phrases.at("page.not_known") : c.model,
                       phrases.fill("certificate.cells", {{"rows", std::to_string(c.rows)},
                                                          {"cols", std::to_string(c.cols)}})));
  facts.push_back(fact(name("curve"), trial_name(c.trials[c.chosen], phrases)));
  facts.push_back(
      fact(name("range"),
           phrases.fill("certificate.range_text",
                        {{"low", mmhg(c.lowest_pa)}, {"high", mmhg(c.highest_pa)}}),
           phrases.fill("certificate.range_readings", {{"low", page_number(c.lowest_reading, 1)},
                                                       {"high", page_number(c.highest_reading, 1)},
                                                       {"unit", std::string(name_of(c.unit))}})));
  facts.push_back(
      fact(name("left_out"), percent_text(c.trials[c.chosen].left_out_rms), name("of_range")));
  facts.push_back(fact(name("residual"), percent_text(c.residual_rms), name("of_range")));
  facts.push_back(fact(name("hysteresis"),
                       c.hysteresis_mean ? percent_text(*c.hysteresis_mean) : name("not_measured"),
                       c.hysteresis_worst
                           ? phrases.fill("certificate.hysteresis_worst",
                                          {{"worst", percent_text(*c.hysteresis_worst)}})
                           : ""));
  facts.push_back(fact(name("creep"), c.creep_per_log_second ? percent_text(*c.creep_per_log_second)
                                                             : name("not_measured")));
  facts.push_back(fact(name("gain"), percent_text(c.gain_sd), name("gain_note")));
  return facts;
}

PageList trials_of(const MatCertificate& c, const Phrases& phrases) {
  PageList rows;
  for (std::size_t i = 0; i < c.trials.size(); ++i) {
    PageData row;
    row.set("name", trial_name(c.trials[i], phrases));
    row.set("error", percent_text(c.trials[i].left_out_rms));
    row.set("chosen", flag(i == c.chosen));
    rows.push_back(row);
  }
  return rows;
}

PageList levels_of(const MatCertificate& c, const Phrases& phrases) {
  PageList rows;
  for (const CertifiedLevel& level : c.levels) {
    PageData row;
    row.set("known", mmhg(level.known_pa));
    row.set("direction",
            phrases.at("certificate.direction_" + std::string(name_of(level.direction))));
    row.set("measured", mmhg(level.measured_pa));
    row.set("sd", mmhg(level.sd_pa));
    row.set("worst", mmhg(level.worst_error_pa));
    row.set("worst_cell", fmt::format("({}, {})", level.worst_cell[0], level.worst_cell[1]));
    row.set("left_out", level.left_out_rms_pa ? percent_text(*level.left_out_rms_pa / c.highest_pa)
                                              : phrases.at("certificate.not_left_out"));
    row.set("weight", level.load_over_weight ? page_number(*level.load_over_weight, 3) : "");
    row.set("frames",
            phrases.fill("certificate.frames_text", {{"first", std::to_string(level.first_frame)},
                                                     {"last", std::to_string(level.last_frame - 1)},
                                                     {"drift", percent_text(level.drift)}}));
    row.set("recording", level.recording);
    rows.push_back(row);
  }
  return rows;
}

PageList cells_of(const MatCertificate& c, const Phrases& phrases) {
  constexpr std::size_t most = 40;
  std::map<std::string, std::vector<std::string>> by_reason;
  for (const UncalibratedCell& cell : c.uncalibrated) {
    by_reason[cell.why].push_back(fmt::format("({}, {})", cell.row, cell.col));
  }
  PageList list;
  for (auto& [why, cells] : by_reason) {
    const std::size_t count = cells.size();
    if (count > most) cells.resize(most);
    PageData item;
    item.set("text", phrases.fill(count > most ? "certificate.cells_more" : "certificate.cells_all",
                                  {{"why", why},
                                   {"count", std::to_string(count)},
                                   {"list", fmt::format("{}", fmt::join(cells, " "))}}));
    list.push_back(item);
  }
  return list;
}

std::string curve_chart(const MatCertificate& c, const Phrases& phrases) {
  Chart chart;
  chart.label = phrases.at("certificate.curve_aria");
  chart.x_title =
      phrases.fill("certificate.axis_reading", {{"unit", std::string(name_of(c.unit))}});
  chart.y_title = phrases.at("certificate.axis_pressure");
  ChartSeries curve;
  curve.color = ink::accent;
  curve.name = phrases.at("certificate.key_curve");
  for (const auto& [reading, pressure_pa] : c.curve) {
    curve.points.emplace_back(reading, pressure_pa / pa_per_mmhg);
  }
  chart.series.push_back(curve);
  return chart_figure(chart);
}

// Measured less known over known: means with the spread of the cells.
std::string error_chart(const MatCertificate& c, const Phrases& phrases) {
  Chart chart;
  chart.label = phrases.at("certificate.error_aria");
  chart.x_title = phrases.at("certificate.axis_known");
  chart.y_title = phrases.at("certificate.axis_error");
  ChartSeries spread{
      ChartSeries::Mark::bar, {}, {}, ink::band, phrases.at("certificate.key_spread")};
  ChartSeries loaded{ChartSeries::Mark::dot, {}, {}, ink::accent, phrases.at("certificate.key_up")};
  ChartSeries unloaded{
      ChartSeries::Mark::ring, {}, {}, ink::accent, phrases.at("certificate.key_down")};
  for (const CertifiedLevel& level : c.levels) {
    const double known = level.known_pa / pa_per_mmhg;
    const double error = (level.measured_pa - level.known_pa) / pa_per_mmhg;
    const double sd = level.sd_pa / pa_per_mmhg;
    spread.points.emplace_back(known, error);
    spread.range.emplace_back(error - sd, error + sd);
    (level.direction == LoadDirection::down ? unloaded : loaded).points.emplace_back(known, error);
  }
  chart.series = {spread, loaded};
  if (!unloaded.points.empty()) chart.series.push_back(unloaded);
  return chart_figure(chart);
}

}  // namespace

std::string certificate_page(const MatCertificate& c, const std::string& version) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title", phrases.fill("certificate.window_title", {{"profile", c.profile_id}}));
  view.set("title", phrases.at("certificate.title"));
  view.set("subtitle",
           phrases.fill("certificate.subtitle", {{"profile", c.profile_id}, {"source", c.source}}));
  set_list(view, "facts", facts_of(c, phrases));
  set_list(view, "trials", trials_of(c, phrases));
  set_list(view, "levels", levels_of(c, phrases));
  set_list(view, "cells", cells_of(c, phrases));
  bool weights = false;
  for (const CertifiedLevel& level : c.levels) weights |= level.load_over_weight.has_value();
  view.set("weights", flag(weights));
  set_list(view, "notes", text_list(c.notes));
  view.set("curve", curve_chart(c, phrases));
  view.set("errors", error_chart(c, phrases));
  return page_text("certificate.html", view, version, phrases);
}

}  // namespace matfit
