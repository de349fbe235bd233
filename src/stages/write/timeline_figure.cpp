#include "stages/write/figures.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"
#include "stages/write/time_axis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double left = 126.0, width = 366.0, lane_height = 25.0, top = 6.0;

std::string lane_of(Posture posture) {
  switch (posture) {
    case Posture::supine: return "supine";
    case Posture::prone: return "prone";
    case Posture::left: return "left";
    case Posture::right: return "right";
    case Posture::unknown: return "unknown";
    case Posture::empty:
    case Posture::sitting: break;
  }
  return "other";
}

std::string spoken(const RecordingResult& result, const Phrases& phrases) {
  std::string list;
  for (const BoutResult& b : result.bouts) {
    if (!list.empty()) list += "; ";
    list +=
        phrases.fill("timeline.item",
                     {{"posture", phrases.at("posture." + std::string(name_of(b.bout.posture)))},
                      {"start", duration_text(b.bout.start_s)},
                      {"end", duration_text(b.bout.end_s)}});
  }
  return phrases.fill("timeline.aria", {{"list", list}});
}

}  // namespace

std::string timeline_figure(const RecordingResult& result, const Phrases& phrases) {
  double duration_s = result.duration_s;
  for (const BoutResult& b : result.bouts) duration_s = std::max(duration_s, b.bout.end_s);
  if (!(duration_s > 1.0) || result.frames < 2) return {};

  std::vector<std::string> lanes = {"supine", "left", "right", "prone"};
  for (const char* extra : {"other", "unknown"}) {
    const bool used =
        std::any_of(result.bouts.begin(), result.bouts.end(),
                    [&](const BoutResult& b) { return lane_of(b.bout.posture) == extra; });
    if (used) lanes.push_back(extra);
  }
  const double bottom = top + lane_height * static_cast<double>(lanes.size());
  const auto x_of = [&](double seconds) { return left + width * seconds / duration_s; };
  Svg svg(0, 0, left + width + 18, bottom + 44, spoken(result, phrases));
  for (std::size_t i = 0; i < lanes.size(); ++i) {
    const double y = top + lane_height * static_cast<double>(i);
    svg.element("rect", {{"x", coordinate(left)},
                         {"y", coordinate(y + 2)},
                         {"width", coordinate(width)},
                         {"height", coordinate(lane_height - 4)},
                         {"fill", ink::faint}});
    svg.text(left - 10, y + 17, phrases.at("posture_lane." + lanes[i]),
             {{"font-size", "14.5"}, {"fill", ink::text}, {"text-anchor", "end"}});
  }
  const TimeAxis axis = time_axis(duration_s);
  for (double tick = 0.0; tick * axis.unit_s <= duration_s * (1.0 + 1e-9); tick += axis.step) {
    const double x = x_of(tick * axis.unit_s);
    svg.element("line", {{"x1", coordinate(x)},
                         {"x2", coordinate(x)},
                         {"y1", coordinate(top)},
                         {"y2", coordinate(bottom + 4)},
                         {"stroke", ink::line},
                         {"stroke-width", "1"}});
    svg.text(x, bottom + 19, page_number(tick, 0),
             {{"font-size", "13"}, {"fill", ink::muted}, {"text-anchor", "middle"}});
  }
  svg.text(left + width, bottom + 37, phrases.at(axis.unit_key),
           {{"font-size", "13"}, {"fill", ink::muted}, {"text-anchor", "end"}});
  for (const BoutResult& b : result.bouts) {
    const std::string lane = lane_of(b.bout.posture);
    const auto index = std::find(lanes.begin(), lanes.end(), lane) - lanes.begin();
    const double y = top + lane_height * static_cast<double>(index);
    const bool lying = is_lying(b.bout.posture);
    svg.element("rect",
                {{"x", coordinate(x_of(b.bout.start_s))},
                 {"y", coordinate(y + 4)},
                 {"width", coordinate(std::max(1.5, x_of(b.bout.end_s) - x_of(b.bout.start_s)))},
                 {"height", coordinate(lane_height - 8)},
                 {"fill", lying ? ink::accent : ink::paper},
                 {"stroke", lying ? ink::paper : ink::muted},
                 {"stroke-width", "1"},
                 {"stroke-dasharray", lying ? "none" : "4 3"}});
  }
  return svg.finished();
}

std::string axis_figure(const std::string& name, const Estimate& part, const Phrases& phrases) {
  constexpr double length = 400.0;
  const std::string label =
      part.known() ? phrases.fill("axis.aria", {{"name", name},
                                                {"value", page_number(part.value, 0)},
                                                {"low", page_number(part.ci95_low, 0)},
                                                {"high", page_number(part.ci95_high, 0)}})
                   : name + ": " + phrases.at("axis.unknown");
  Svg svg(-8, 0, length + 16, 22, label);
  svg.element("rect", {{"x", "0"},
                       {"y", "7"},
                       {"width", coordinate(length)},
                       {"height", "8"},
                       {"rx", "4"},
                       {"fill", ink::faint},
                       {"stroke", ink::line},
                       {"stroke-dasharray", part.known() ? "none" : "5 4"}});
  if (part.known()) {
    const auto x_of = [](double value) { return length * std::clamp(value, 0.0, 100.0) / 100.0; };
    const double low = x_of(part.ci95_low), high = x_of(part.ci95_high);
    svg.element("rect", {{"x", coordinate(low)},
                         {"y", "5"},
                         {"width", coordinate(std::max(2.0, high - low))},
                         {"height", "12"},
                         {"rx", "3"},
                         {"fill", ink::band}});
    svg.element("circle", {{"cx", coordinate(x_of(part.value))},
                           {"cy", "11"},
                           {"r", "7"},
                           {"fill", ink::accent},
                           {"stroke", ink::paper},
                           {"stroke-width", "2"}});
  }
  return svg.finished();
}

}  // namespace matfit
