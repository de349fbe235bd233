#include "stages/write/color_map.hpp"
#include "stages/write/figures.hpp"
#include "stages/write/heat_map.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/side_names.hpp"
#include "stages/write/svg.hpp"
#include "stages/write/text_width.hpp"

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// Two coordinates of a Gaussian lie within this many standard deviations with 95 %:
// sqrt of the chi-squared quantile with two degrees of freedom, sqrt(-2 ln 0.05).
constexpr double radius_95_in_sd = 2.447746830680816;

struct Frame {
  const MatGeometry recording;
  const Orientation orientation;
  double unit;  // one hundredth of the picture's width, in mm

  Eigen::Vector2d mm(const Eigen::Vector2d& point_m) const {
    return 1e3 * canonical_from_recording(point_m, recording, orientation);
  }
  std::string size(double units) const { return coordinate(units * unit); }
};

// A text that stays readable over every colour of the map.
void text_with_halo(Svg& svg, const Frame& frame, double x, double y, const std::string& content,
                    double size, Svg::Attributes more) {
  more.insert(more.end(), {{"font-size", frame.size(size)},
                           {"fill", ink::text},
                           {"stroke", ink::paper},
                           {"stroke-width", frame.size(0.9)},
                           {"stroke-linejoin", "round"},
                           {"paint-order", "stroke"}});
  svg.text(x, y, content, more);
}

void draw_ellipse(Svg& svg, const Frame& frame, const LandmarkEstimate& landmark) {
  const Eigen::Vector2d centre = frame.mm(landmark.position_m);
  // The axes of the ellipse turn with the frame, so its ends are mapped as points are.
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix2d> eigen(landmark.covariance_m2);
  const Eigen::Vector2d sd_m = eigen.eigenvalues().cwiseMax(0.0).cwiseSqrt();
  const Eigen::Vector2d end =
      frame.mm(landmark.position_m + radius_95_in_sd * sd_m.y() * eigen.eigenvectors().col(1));
  const Eigen::Vector2d along = end - centre;
  const double turn_deg = std::atan2(along.y(), along.x()) * deg_per_rad;
  svg.element("ellipse",
              {{"rx", coordinate(along.norm())},
               {"ry", coordinate(1e3 * radius_95_in_sd * sd_m.x())},
               {"transform", fmt::format("translate({} {}) rotate({})", coordinate(centre.x()),
                                         coordinate(centre.y()), coordinate(turn_deg))},
               {"fill", "none"},
               {"stroke", ink::accent},
               {"stroke-width", frame.size(0.3)}});
  svg.element("circle", {{"cx", coordinate(centre.x())},
                         {"cy", coordinate(centre.y())},
                         {"r", frame.size(0.9)},
                         {"fill", ink::paper},
                         {"stroke", ink::accent},
                         {"stroke-width", frame.size(0.45)}});
}

void draw_spine(Svg& svg, const Frame& frame, const SpineFit& spine) {
  if (spine.levels.size() < 2) return;
  std::vector<std::pair<double, double>> points;
  for (const SpineLevel& level : spine.levels) {
    const Eigen::Vector2d p = frame.mm({level.x_m, level.y_m});
    points.emplace_back(p.x(), p.y());
  }
  for (const auto& [color, width] : {std::pair{ink::paper, 1.9}, std::pair{ink::spine, 0.9}}) {
    svg.element("polyline", {{"points", point_list(points)},
                             {"fill", "none"},
                             {"stroke", color},
                             {"stroke-width", frame.size(width)},
                             {"stroke-linecap", "round"},
                             {"stroke-linejoin", "round"}});
  }
}

struct HotspotLabel {
  Eigen::Vector2d at;  // mm
  std::size_t number;
  std::string site;
  std::string value;
  double text_y = 0.0;
};

// Moves the labels of one side apart, from the top down and then back up inside the map.
void spread(std::vector<HotspotLabel*>& labels, double distance, double lowest) {
  std::sort(labels.begin(), labels.end(), [](const HotspotLabel* a, const HotspotLabel* b) {
    return a->text_y != b->text_y ? a->text_y < b->text_y : a->number < b->number;
  });
  double next = 0.5 * distance;
  for (HotspotLabel* l : labels) {
    l->text_y = std::max(l->text_y, next);
    next = l->text_y + distance;
  }
  double last = lowest;
  for (auto l = labels.rbegin(); l != labels.rend(); ++l) {
    (*l)->text_y = std::min((*l)->text_y, last);
    last = (*l)->text_y - distance;
  }
}

void draw_labels(Svg& svg, const Frame& frame, std::vector<HotspotLabel*> labels, bool is_left,
                 double width, double length) {
  const double edge = 1.5 * frame.unit;
  const double text_x = is_left ? edge : width - edge;
  const auto line_end = [&](const HotspotLabel& l) {
    const auto longest = static_cast<double>(std::max(characters(l.site), characters(l.value)));
    const double text_width = (2.15 * longest + 1.0) * frame.unit;
    return is_left ? text_x + text_width : text_x - text_width;
  };
  // Beside its marker, or above it where there is no room beside it.
  const auto fits_beside = [&](const HotspotLabel& l) {
    const double marker = 3.0 * frame.unit;
    return is_left ? line_end(l) < l.at.x() - marker : line_end(l) > l.at.x() + marker;
  };
  for (HotspotLabel* l : labels) {
    l->text_y = l->at.y() - (fits_beside(*l) ? 0.0 : 7.5 * frame.unit);
  }
  spread(labels, 9.0 * frame.unit, length - 4.5 * frame.unit);
  const std::string anchor = is_left ? "start" : "end";
  for (const HotspotLabel* l : labels) {
    if (fits_beside(*l)) {
      svg.element("line", {{"x1", coordinate(l->at.x())},
                           {"y1", coordinate(l->at.y())},
                           {"x2", coordinate(line_end(*l))},
                           {"y2", coordinate(l->text_y)},
                           {"stroke", ink::text},
                           {"stroke-width", frame.size(0.25)}});
    }
    text_with_halo(svg, frame, text_x, l->text_y - 0.4 * frame.unit, l->site, 3.5,
                   {{"text-anchor", anchor}, {"font-weight", "600"}});
    text_with_halo(svg, frame, text_x, l->text_y + 3.6 * frame.unit, l->value, 3.5,
                   {{"text-anchor", anchor}});
  }
}

void draw_hotspots(Svg& svg, const Frame& frame, const MatGeometry& canonical,
                   const std::vector<Hotspot>& hotspots, const MapScale& scale,
                   const Phrases& phrases) {
  std::vector<HotspotLabel> labels;
  for (std::size_t i = 0; i < hotspots.size(); ++i) {
    const Hotspot& h = hotspots[i];
    labels.push_back({frame.mm(h.position_m), i + 1, phrases.word("site", h.site),
                      pressure_text(h.peak_pa, h.peak_sd_pa, scale.unit)});
  }
  const double width = 1e3 * canonical.width_m();
  double centre = 0.5 * width;
  if (!labels.empty()) {
    double sum = 0.0;
    for (const HotspotLabel& l : labels) sum += l.at.x();
    centre = sum / static_cast<double>(labels.size());
  }
  std::vector<HotspotLabel*> left, right;
  for (HotspotLabel& l : labels) {
    const bool to_left = l.at.x() != centre ? l.at.x() < centre : left.size() <= right.size();
    (to_left ? left : right).push_back(&l);
  }
  const double length = 1e3 * canonical.length_m();
  draw_labels(svg, frame, left, true, width, length);
  draw_labels(svg, frame, right, false, width, length);
  for (const HotspotLabel& l : labels) {
    svg.element("circle", {{"cx", coordinate(l.at.x())},
                           {"cy", coordinate(l.at.y())},
                           {"r", frame.size(2.5)},
                           {"fill", ink::paper},
                           {"fill-opacity", "0.88"},
                           {"stroke", ink::text},
                           {"stroke-width", frame.size(0.45)}});
    svg.text(l.at.x(), l.at.y() + 1.25 * frame.unit, fmt::format("{}", l.number),
             {{"font-size", frame.size(3.5)},
              {"font-weight", "700"},
              {"text-anchor", "middle"},
              {"fill", ink::text}});
  }
}

std::string map_label(const BoutResult& bout, const MapScale& scale, const Phrases& phrases) {
  std::string sites;
  for (const Hotspot& h : bout.hotspots) {
    if (!sites.empty()) sites += ", ";
    sites += phrases.word("site", h.site);
  }
  if (sites.empty()) sites = phrases.at("map.no_sites");
  return phrases.fill(
      "map.aria",
      {{"posture", phrases.word("posture", std::string(name_of(bout.bout.posture)))},
       {"peak", pressure_figure(bout.pressure.peak_pa, bout.pressure.peak_sd_pa, scale.unit)},
       {"unit", scale.unit.name},
       {"sites", sites}});
}

}  // namespace

std::string map_figure(const BoutResult& bout, const MapScale& scale, const Phrases& phrases) {
  if (bout.field.pressure_pa.size() == 0) return {};
  const PressureField canonical = canonical_from_recording(bout.field);
  const double width = 1e3 * canonical.geometry.width_m();
  const double length = 1e3 * canonical.geometry.length_m();
  const Frame frame{bout.field.geometry, bout.field.orientation, 0.01 * width};
  const double margin = 5.5 * frame.unit;
  Svg svg(-0.3 * frame.unit, -margin, width + 0.6 * frame.unit, length + 2.0 * margin,
          map_label(bout, scale, phrases));
  svg.element(
      "image",
      {{"x", "0"},
       {"y", "0"},
       {"width", coordinate(width)},
       {"height", coordinate(length)},
       {"preserveAspectRatio", "none"},
       {"href", png_data_uri(heat_map_image(canonical, scale.full_pa), pressure_colors())}});
  svg.element("rect", {{"x", "0"},
                       {"y", "0"},
                       {"width", coordinate(width)},
                       {"height", coordinate(length)},
                       {"fill", "none"},
                       {"stroke", ink::line},
                       {"stroke-width", frame.size(0.3)}});
  draw_spine(svg, frame, bout.spine);
  for (const auto& landmark : bout.body.landmarks) {
    if (landmark) draw_ellipse(svg, frame, *landmark);
  }
  draw_hotspots(svg, frame, canonical.geometry, bout.hotspots, scale, phrases);

  const auto edge_text = [&](double x, double y, const std::string& key, const char* anchor) {
    svg.text(x, y, phrases.at(key),
             {{"font-size", frame.size(3.5)}, {"fill", ink::muted}, {"text-anchor", anchor}});
  };
  const double above = -1.6 * frame.unit;
  edge_text(0.5 * width, above, "map.head", "middle");
  edge_text(0.5 * width, length + 4.2 * frame.unit, "map.feet", "middle");
  const auto [low, high] = side_keys(bout.bout.posture);
  if (!low.empty()) {
    edge_text(0.0, above, low, "start");
    edge_text(width, above, high, "end");
  }
  return svg.finished();
}

}  // namespace matfit
