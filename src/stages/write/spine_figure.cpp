#include "stages/write/figures.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr double z_95 = 1.959963984540054;
constexpr double plot_left = 48.0, plot_top = 32.0, plot_width = 396.0, plot_height = 190.0;

struct Point {
  double along_mm;
  double height_mm;
  double half_band_mm;  // 0 where not known
  double neutral_mm;    // NaN where not known
  std::string level;
};

std::vector<Point> points_of(const SpineFit& spine) {
  std::vector<Point> points;
  double along_mm = 0.0;
  for (std::size_t i = 0; i < spine.levels.size(); ++i) {
    const SpineLevel& l = spine.levels[i];
    if (i > 0) {
      const SpineLevel& previous = spine.levels[i - 1];
      along_mm += 1e3 * std::hypot(l.x_m - previous.x_m, l.y_m - previous.y_m);
    }
    if (!std::isfinite(l.z_m)) continue;
    const double sd_mm = std::isfinite(l.sd_m) ? 1e3 * l.sd_m : 0.0;
    points.push_back({along_mm, 1e3 * l.z_m, z_95 * sd_mm, 1e3 * l.neutral_z_m, l.level});
  }
  return points;
}

// Least squares through the points' heights.
void fill_straight_line(std::vector<Point>& points) {
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (const Point& p : points) {
    n += 1.0;
    sx += p.along_mm;
    sy += p.height_mm;
    sxx += p.along_mm * p.along_mm;
    sxy += p.along_mm * p.height_mm;
  }
  const double spread = n * sxx - sx * sx;
  const double slope = spread > 0.0 ? (n * sxy - sx * sy) / spread : 0.0;
  for (Point& p : points) p.neutral_mm = (sy - slope * sx) / n + slope * p.along_mm;
}

double tick_step(double range, double most) {
  for (const double step : {5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0}) {
    if (range / step <= most) return step;
  }
  return 1000.0;
}

}  // namespace

SpineFigure spine_figure(const SpineFit& spine, const Phrases& phrases) {
  std::vector<Point> points = points_of(spine);
  if (points.size() < 3 || spine.basis == SpineBasis::none) return {};
  const bool neutral_known = std::all_of(
      points.begin(), points.end(), [](const Point& p) { return std::isfinite(p.neutral_mm); });
  if (!neutral_known) fill_straight_line(points);
  const bool straight = !neutral_known || spine.plane == SpinePlane::frontal;

  double low = std::numeric_limits<double>::infinity(), high = -low, band_sum = 0.0;
  for (const Point& p : points) {
    low = std::min({low, p.height_mm - p.half_band_mm, p.neutral_mm});
    high = std::max({high, p.height_mm + p.half_band_mm, p.neutral_mm});
    band_sum += p.half_band_mm;
  }
  constexpr double least_range_mm = 60.0;
  const double missing = std::max(0.0, least_range_mm - (high - low));
  const double step = tick_step(high - low + missing, 7.0);
  low = step * std::floor((low - 0.5 * missing) / step);
  high = step * std::ceil((high + 0.5 * missing) / step);

  const double length = std::max(1.0, points.back().along_mm);
  const auto x_of = [&](double along) { return plot_left + plot_width * along / length; };
  const auto y_of = [&](double height) {
    return plot_top + plot_height * (high - height) / (high - low);
  };
  const double enlarged = (plot_height / (high - low)) / (plot_width / length);

  const auto mean_band = band_sum / static_cast<double>(points.size());
  Svg svg(0, 0, plot_left + plot_width + 16, plot_top + plot_height + 62,
          phrases.fill("spine.aria", {{"low", page_number(points.front().height_mm, 0)},
                                      {"high", page_number(points.back().height_mm, 0)},
                                      {"band", page_number(mean_band, 0)}}));
  const Svg::Attributes small = {{"font-size", "14"}, {"fill", ink::muted}};
  const auto small_text = [&](double x, double y, const std::string& text, const char* anchor) {
    svg.text(x, y, text, {small[0], small[1], {"text-anchor", anchor}});
  };
  small_text(4, 16, phrases.at("spine.height"), "start");
  for (double tick = low; tick <= high + 0.5 * step; tick += step) {
    svg.element("line", {{"x1", coordinate(plot_left)},
                         {"x2", coordinate(plot_left + plot_width)},
                         {"y1", coordinate(y_of(tick))},
                         {"y2", coordinate(y_of(tick))},
                         {"stroke", tick == 0.0 ? ink::muted : ink::line},
                         {"stroke-width", "1"}});
    small_text(plot_left - 8, y_of(tick) + 5, page_number(tick, 0), "end");
  }
  std::vector<std::pair<double, double>> band, line, reference;
  for (const Point& p : points) {
    line.emplace_back(x_of(p.along_mm), y_of(p.height_mm));
    reference.emplace_back(x_of(p.along_mm), y_of(p.neutral_mm));
    band.emplace_back(x_of(p.along_mm), y_of(p.height_mm + p.half_band_mm));
  }
  for (auto p = points.rbegin(); p != points.rend(); ++p) {
    band.emplace_back(x_of(p->along_mm), y_of(p->height_mm - p->half_band_mm));
  }
  svg.element("polygon",
              {{"points", point_list(band)}, {"fill", ink::band}, {"fill-opacity", "0.6"}});
  svg.element("polyline", {{"points", point_list(reference)},
                           {"fill", "none"},
                           {"stroke", ink::text},
                           {"stroke-width", "2"},
                           {"stroke-dasharray", "7 6"}});
  svg.element("polyline", {{"points", point_list(line)},
                           {"fill", "none"},
                           {"stroke", ink::spine},
                           {"stroke-width", "3.5"},
                           {"stroke-linejoin", "round"},
                           {"stroke-linecap", "round"}});
  const double bottom = plot_top + plot_height;
  for (const Point& p : points) {
    const bool named = p.level == "C7" || p.level == "T6" || p.level == "T12" || p.level == "L3" ||
                       p.level == "S1";
    if (!named) continue;
    svg.element("circle", {{"cx", coordinate(x_of(p.along_mm))},
                           {"cy", coordinate(y_of(p.height_mm))},
                           {"r", "4.5"},
                           {"fill", ink::paper},
                           {"stroke", ink::spine},
                           {"stroke-width", "2.5"}});
    small_text(x_of(p.along_mm), bottom + 20, p.level, "middle");
  }
  // The key, below the plot.
  const double key_y = bottom + 46;
  double x = plot_left;
  const auto key = [&](const std::string& text) {
    small_text(x + 34, key_y + 5, text, "start");
    x += 52 + 7.6 * static_cast<double>(text.size());
  };
  svg.element("line", {{"x1", coordinate(x)},
                       {"x2", coordinate(x + 26)},
                       {"y1", coordinate(key_y)},
                       {"y2", coordinate(key_y)},
                       {"stroke", ink::spine},
                       {"stroke-width", "3.5"}});
  key(phrases.at("spine.key_line"));
  svg.element("rect", {{"x", coordinate(x)},
                       {"y", coordinate(key_y - 7)},
                       {"width", "26"},
                       {"height", "14"},
                       {"fill", ink::band},
                       {"fill-opacity", "0.6"}});
  key(phrases.at("spine.key_band"));
  svg.element("line", {{"x1", coordinate(x)},
                       {"x2", coordinate(x + 26)},
                       {"y1", coordinate(key_y)},
                       {"y2", coordinate(key_y)},
                       {"stroke", ink::text},
                       {"stroke-width", "2"},
                       {"stroke-dasharray", "7 6"}});
  key(phrases.at(straight ? "spine.key_straight" : "spine.key_neutral"));
  SpineFigure figure{svg.finished(), {}};
  if (enlarged > 1.05) {
    figure.scale_note = phrases.fill("spine.enlarged", {{"factor", page_number(enlarged, 1)}});
  }
  return figure;
}

}  // namespace matfit
