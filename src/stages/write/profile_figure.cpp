#include "stages/write/profile_figure.hpp"

#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"
#include "stages/write/text_width.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace matfit {

namespace {

constexpr double left = 48.0, top = 32.0, width = 396.0, height = 190.0;
constexpr double bottom = top + height;
constexpr char band_opacity[] = "0.6";
constexpr std::array<std::string_view, 5> named_levels = {"C7", "T6", "T12", "L3", "S1"};

struct Extent {
  double low, high;
};

Extent extent_of(const std::vector<ProfilePoint>& points) {
  Extent extent = {std::numeric_limits<double>::infinity(),
                   -std::numeric_limits<double>::infinity()};
  for (const ProfilePoint& p : points) {
    extent.low = std::min({extent.low, p.across_mm - p.half_band_mm, p.reference_mm});
    extent.high = std::max({extent.high, p.across_mm + p.half_band_mm, p.reference_mm});
  }
  return extent;
}

double tick_step(double range, double most) {
  for (const double step : {5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0}) {
    if (range / step <= most) return step;
  }
  return 1000.0;
}

// Where a place along and across the spine stands in the picture.
struct Frame {
  double length_mm;
  double low_mm, high_mm;

  double x(double along_mm) const { return left + width * along_mm / length_mm; }
  double y(double across_mm) const {
    return top + height * (high_mm - across_mm) / (high_mm - low_mm);
  }
  double enlarged() const { return (height / (high_mm - low_mm)) / (width / length_mm); }
};

using Points = std::vector<std::pair<double, double>>;

void draw_text(Svg& svg, double x, double y, const std::string& text, const char* anchor) {
  svg.text(x, y, text, {{"font-size", "14"}, {"fill", ink::muted}, {"text-anchor", anchor}});
}

void draw_line(Svg& svg, const Points& points, const char* color, const char* thickness,
               const char* dashes = "") {
  Svg::Attributes attributes = {{"points", point_list(points)},
                                {"fill", "none"},
                                {"stroke", color},
                                {"stroke-width", thickness},
                                {"stroke-linejoin", "round"}};
  if (*dashes != '\0') attributes.emplace_back("stroke-dasharray", dashes);
  svg.element("polyline", attributes);
}

void draw_scales(Svg& svg, const Frame& frame, const SpineProfile& profile,
                 const Phrases& phrases) {
  draw_text(svg, 4, 16, profile.across_title, "start");
  const double step = tick_step(frame.high_mm - frame.low_mm, 7.0);
  for (double tick = step * std::ceil(frame.low_mm / step); tick <= frame.high_mm; tick += step) {
    const double y = frame.y(tick);
    const bool zero = tick == 0.0 && profile.zero_matters;
    draw_line(svg, {{left, y}, {left + width, y}}, zero ? ink::muted : ink::line, "1");
    draw_text(svg, left - 8, y + 5, page_number(tick, 0), "end");
  }
  if (!profile.upper_name.empty()) {
    draw_text(svg, left + width, top - 6, profile.upper_name, "end");
    draw_text(svg, left + width, bottom - 6, profile.lower_name, "end");
  }
  const double along_step = tick_step(frame.length_mm, 6.0);
  for (double along = 0.0; along <= frame.length_mm; along += along_step) {
    const double x = frame.x(along);
    draw_line(svg, {{x, bottom + 28}, {x, bottom + 33}}, ink::muted, "1");
    draw_text(svg, x, bottom + 48, page_number(along, 0), "middle");
  }
  draw_line(svg, {{left, bottom + 28}, {left + width, bottom + 28}}, ink::muted, "1");
  draw_text(svg, left, bottom + 66, phrases.at("spine.head"), "start");
  draw_text(svg, left + 0.5 * width, bottom + 66, phrases.at("spine.along"), "middle");
  draw_text(svg, left + width, bottom + 66, phrases.at("spine.feet"), "end");
}

void draw_band(Svg& svg, const Frame& frame, const std::vector<ProfilePoint>& spine) {
  Points outline;
  for (const ProfilePoint& p : spine) {
    outline.emplace_back(frame.x(p.along_mm), frame.y(p.across_mm + p.half_band_mm));
  }
  for (auto p = spine.rbegin(); p != spine.rend(); ++p) {
    outline.emplace_back(frame.x(p->along_mm), frame.y(p->across_mm - p->half_band_mm));
  }
  svg.element(
      "polygon",
      {{"points", point_list(outline)}, {"fill", ink::band}, {"fill-opacity", band_opacity}});
}

void draw_spine(Svg& svg, const Frame& frame, const std::vector<ProfilePoint>& spine) {
  Points line, reference;
  for (const ProfilePoint& p : spine) {
    line.emplace_back(frame.x(p.along_mm), frame.y(p.across_mm));
    reference.emplace_back(frame.x(p.along_mm), frame.y(p.reference_mm));
  }
  draw_line(svg, line, ink::spine, "3.5");
  draw_line(svg, reference, ink::text, "2", "7 6");
  for (const ProfilePoint& p : spine) {
    const bool named =
        std::find(named_levels.begin(), named_levels.end(), p.level) != named_levels.end();
    svg.element("circle", {{"cx", coordinate(frame.x(p.along_mm))},
                           {"cy", coordinate(frame.y(p.across_mm))},
                           {"r", named ? "5" : "2.6"},
                           {"fill", ink::paper},
                           {"stroke", ink::spine},
                           {"stroke-width", named ? "2.5" : "1.2"}});
    if (named) draw_text(svg, frame.x(p.along_mm), bottom + 20, p.level, "middle");
  }
}

// Below the plot; a sample of each kind of line before its name.
void draw_key(Svg& svg, const SpineProfile& profile, const Phrases& phrases) {
  constexpr double sample = 26.0, gap = 8.0, between = 18.0, letter = 7.4;
  const double y = bottom + 90;
  double x = left;
  const auto name = [&](const std::string& text) {
    draw_text(svg, x + sample + gap, y + 5, text, "start");
    x += sample + gap + between + letter * static_cast<double>(characters(text));
  };
  draw_line(svg, {{x, y}, {x + sample, y}}, ink::spine, "3.5");
  name(phrases.at("spine.key_line"));
  svg.element("rect", {{"x", coordinate(x)},
                       {"y", coordinate(y - 7)},
                       {"width", coordinate(sample)},
                       {"height", "14"},
                       {"fill", ink::band},
                       {"fill-opacity", band_opacity}});
  name(phrases.at("spine.key_band"));
  draw_line(svg, {{x, y}, {x + sample, y}}, ink::text, "2", "7 6");
  name(profile.reference_name);
}

}  // namespace

double span_mm(const std::vector<ProfilePoint>& points) {
  const Extent extent = extent_of(points);
  return std::max(0.0, extent.high - extent.low);
}

SpineFigure profile_figure(const SpineProfile& profile, double least_span_mm,
                           const Phrases& phrases) {
  if (profile.points.size() < 3) return {};
  constexpr double margin = 1.06;  // so that nothing lies on the edge
  const Extent extent = extent_of(profile.points);
  const double half = 0.5 * margin * std::max(least_span_mm, extent.high - extent.low);
  const double middle = 0.5 * (extent.low + extent.high);
  const Frame frame = {std::max(1.0, profile.points.back().along_mm), middle - half, middle + half};
  Svg svg(0, 0, left + width + 16, bottom + 104, profile.label);
  draw_scales(svg, frame, profile, phrases);
  draw_band(svg, frame, profile.points);
  draw_spine(svg, frame, profile.points);
  draw_key(svg, profile, phrases);
  SpineFigure figure{svg.finished(), {}};
  if (frame.enlarged() > 1.05) {
    figure.scale_note =
        phrases.fill(profile.enlarged_key, {{"factor", page_number(frame.enlarged(), 1)}});
  }
  return figure;
}

}  // namespace matfit
