#include "stages/write/heat_map.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/inspection_figures.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"
#include "stages/write/time_axis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr double left = 62.0, width = 430.0, top = 8.0, height = 120.0;
constexpr std::size_t most_steps = 430;  // one a unit of width

// The lowest and the highest load of the usable frames in each of at most `most_steps` stretches.
struct Stretch {
  double time_s = 0.0;
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  bool empty() const { return low > high; }
};

std::vector<Stretch> stretches_of(const Inspection& inspection) {
  const std::size_t frames = inspection.time_s.size();
  const std::size_t step = (frames + most_steps - 1) / most_steps;
  std::vector<Stretch> stretches;
  for (std::size_t first = 0; first < frames; first += step) {
    Stretch stretch;
    stretch.time_s = inspection.time_s[first];
    for (std::size_t i = first; i < std::min(frames, first + step); ++i) {
      if (inspection.valid[i] == 0) continue;
      stretch.low = std::min(stretch.low, inspection.load_n[i]);
      stretch.high = std::max(stretch.high, inspection.load_n[i]);
    }
    stretches.push_back(stretch);
  }
  return stretches;
}

void draw_axes(Svg& svg, double start_s, double duration_s, double full_n, const Phrases& phrases) {
  const double bottom = top + height;
  const auto tick_text = [&](double x, double y, const std::string& text, const char* anchor) {
    svg.text(x, y, text, {{"font-size", "13"}, {"fill", ink::muted}, {"text-anchor", anchor}});
  };
  for (const double share : {0.0, 0.5, 1.0}) {
    const double y = bottom - height * share;
    svg.element("line", {{"x1", coordinate(left)},
                         {"x2", coordinate(left + width)},
                         {"y1", coordinate(y)},
                         {"y2", coordinate(y)},
                         {"stroke", ink::line}});
    tick_text(left - 8, y + 4,
              page_number(share * full_n, 0) + "\u00a0" + phrases.at("inspection.load_unit"),
              "end");
  }
  const TimeAxis axis = time_axis(duration_s);
  for (double tick = 0.0; tick * axis.unit_s <= duration_s * (1.0 + 1e-9); tick += axis.step) {
    tick_text(left + width * tick * axis.unit_s / duration_s, bottom + 34,
              page_number(tick + start_s / axis.unit_s, 0), "middle");
  }
  tick_text(left + width, bottom + 52, phrases.at(axis.unit_key), "end");
}

}  // namespace

std::string load_figure(const Inspection& inspection, const Phrases& phrases) {
  if (inspection.time_s.size() < 2) return {};
  const double start_s = inspection.time_s.front();
  const double duration_s = inspection.time_s.back() - start_s;
  const std::vector<Stretch> stretches = stretches_of(inspection);
  double low = std::numeric_limits<double>::infinity(), high = 0.0;
  for (const Stretch& stretch : stretches) {
    low = std::min(low, stretch.low);
    high = std::max(high, stretch.high);
  }
  if (!(duration_s > 0.0) || low > high) return {};
  const double full_n = round_scale(high);
  const double bottom = top + height;
  Svg svg(0, 0, left + width + 20, bottom + 60,
          phrases.fill("inspection.load_aria",
                       {{"low", page_number(low, 0)}, {"high", page_number(high, 0)}}));
  draw_axes(svg, start_s, duration_s, full_n, phrases);
  const auto x_of = [&](double time_s) { return left + width * (time_s - start_s) / duration_s; };
  std::vector<std::pair<double, double>> points;
  const auto draw_points = [&] {
    if (points.size() > 1) {
      svg.element("polyline", {{"points", point_list(points)},
                               {"fill", "none"},
                               {"stroke", ink::accent},
                               {"stroke-width", "1.5"},
                               {"stroke-linejoin", "round"}});
    }
    points.clear();
  };
  for (const Stretch& stretch : stretches) {
    if (stretch.empty()) {
      draw_points();
      continue;
    }
    points.emplace_back(x_of(stretch.time_s), bottom - height * stretch.low / full_n);
    points.emplace_back(x_of(stretch.time_s), bottom - height * stretch.high / full_n);
  }
  draw_points();
  for (const InvalidFrame& fault : inspection.quality.invalid) {
    const std::string x = coordinate(x_of(inspection.time_s[fault.frame]));
    svg.element("line", {{"x1", x},
                         {"x2", x},
                         {"y1", coordinate(bottom + 4)},
                         {"y2", coordinate(bottom + 16)},
                         {"stroke", ink::warning},
                         {"stroke-width", "1.5"}});
  }
  return svg.finished();
}

}  // namespace matfit
