#include "stages/write/figures.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/profile_figure.hpp"
#include "stages/write/side_names.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

constexpr double z_95 = 1.959963984540054;

double half_band_mm(const SpineLevel& level) {
  return std::isfinite(level.sd_m) ? z_95 * mm_per_m * level.sd_m : 0.0;
}

std::vector<ProfilePoint> heights_of(const SpineFit& spine) {
  std::vector<ProfilePoint> points;
  if (spine.basis == SpineBasis::none) return points;
  double along_mm = 0.0;
  for (std::size_t i = 0; i < spine.levels.size(); ++i) {
    const SpineLevel& l = spine.levels[i];
    if (i > 0) {
      const SpineLevel& previous = spine.levels[i - 1];
      along_mm += mm_per_m * std::hypot(l.x_m - previous.x_m, l.y_m - previous.y_m);
    }
    if (!std::isfinite(l.z_m)) continue;
    points.push_back(
        {l.level, along_mm, mm_per_m * l.z_m, half_band_mm(l), mm_per_m * l.neutral_z_m});
  }
  return points;
}

// Least squares through the points.
void fill_straight_line(std::vector<ProfilePoint>& points) {
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (const ProfilePoint& p : points) {
    n += 1.0;
    sx += p.along_mm;
    sy += p.across_mm;
    sxx += p.along_mm * p.along_mm;
    sxy += p.along_mm * p.across_mm;
  }
  const double spread = n * sxx - sx * sx;
  const double slope = spread > 0.0 ? (n * sxy - sx * sy) / spread : 0.0;
  for (ProfilePoint& p : points) p.reference_mm = (sy - slope * sx) / n + slope * p.along_mm;
}

double mean_half_band_mm(const std::vector<ProfilePoint>& points) {
  double sum = 0.0;
  for (const ProfilePoint& p : points) sum += p.half_band_mm;
  return sum / static_cast<double>(points.size());
}

struct SideView {
  std::vector<ProfilePoint> points;
  bool straight = false;  // the line beside it, else the person's neutral
};

SideView side_view(const SpineFit& spine) {
  SideView view{heights_of(spine)};
  const bool neutral_known =
      std::all_of(view.points.begin(), view.points.end(),
                  [](const ProfilePoint& p) { return std::isfinite(p.reference_mm); });
  if (!neutral_known) fill_straight_line(view.points);
  view.straight = !neutral_known || spine.plane == SpinePlane::frontal;
  return view;
}

// From C7, along and across the line to S1: x towards the feet, y to high columns seen from above.
std::vector<ProfilePoint> places_of(const std::vector<SpineLevel>& levels,
                                    const MatGeometry& geometry, const Orientation& orientation) {
  std::vector<ProfilePoint> points;
  if (levels.empty()) return points;
  const auto place = [&](const SpineLevel& l) {
    return canonical_from_recording(Eigen::Vector2d(l.x_m, l.y_m), geometry, orientation);
  };
  const Eigen::Vector2d start = place(levels.front());
  const Eigen::Vector2d along = (place(levels.back()) - start).normalized();
  const Eigen::Vector2d across(along.y(), -along.x());
  for (const SpineLevel& l : levels) {
    const Eigen::Vector2d from_start = mm_per_m * (place(l) - start);
    points.push_back({l.level, from_start.dot(along), from_start.dot(across), half_band_mm(l)});
  }
  return points;
}

}  // namespace

double spine_span_mm(const SpineFit& spine) { return span_mm(side_view(spine).points); }

SpineFigure spine_figure(const SpineFit& spine, const Phrases& phrases, double least_span_mm) {
  SideView view = side_view(spine);
  if (view.points.empty()) return {};
  SpineProfile profile;
  profile.points = std::move(view.points);
  profile.reference_name = phrases.at(view.straight ? "spine.key_straight" : "spine.key_neutral");
  profile.across_title = phrases.at("spine.height");
  profile.zero_matters = true;
  profile.label =
      phrases.fill("spine.aria", {{"low", page_number(profile.points.front().across_mm, 0)},
                                  {"high", page_number(profile.points.back().across_mm, 0)},
                                  {"band", page_number(mean_half_band_mm(profile.points), 0)}});
  return profile_figure(profile, least_span_mm, phrases);
}

SpineFigure spine_plane_figure(const BoutResult& bout, const MatGeometry& geometry,
                               const Orientation& orientation, const Phrases& phrases) {
  if (bout.spine.basis != SpineBasis::none) return {};
  SpineProfile profile;
  profile.points = places_of(bout.spine.levels, geometry, orientation);
  if (profile.points.empty()) return {};
  profile.reference_name = phrases.at("spine.key_chord");
  profile.across_title = phrases.at("spine.sideways");
  profile.enlarged_key = "spine.enlarged_sideways";
  const auto [low, high] = side_keys(bout.bout.posture);
  if (!low.empty()) {
    profile.lower_name = phrases.at(low);
    profile.upper_name = phrases.at(high);
  }
  profile.label = phrases.fill("spine.aria_plane",
                               {{"band", page_number(mean_half_band_mm(profile.points), 0)}});
  return profile_figure(profile, usual_spine_span_mm, phrases);
}

}  // namespace matfit
