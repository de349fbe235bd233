#include "stages/hotspots/pressure_summary.hpp"

#include "stages/hotspots/contact.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace matfit {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Place along the axis of the mean of those landmarks that were found.
template <typename... Landmarks>
std::optional<double> along_axis(const BodyFit& body, Landmarks... landmarks) {
  double sum = 0.0;
  int count = 0;
  for (const Landmark l : {landmarks...}) {
    if (!body.at(l)) continue;
    sum += body.at(l)->position_m.dot(body.axis);
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / count;
}

struct Band {
  const char* name;
  std::optional<double> from_m;  // along the axis
  std::optional<double> to_m;
};

std::optional<double> between(const std::optional<double>& a, const std::optional<double>& b,
                              double share) {
  if (!a || !b) return std::nullopt;
  return *a + share * (*b - *a);
}

std::array<Band, 5> bands(const BodyFit& body) {
  const auto head = along_axis(body, Landmark::head);
  const auto shoulders = along_axis(body, Landmark::left_shoulder, Landmark::right_shoulder);
  const auto lumbar = along_axis(body, Landmark::lumbar);
  const auto pelvis = along_axis(body, Landmark::pelvis, Landmark::left_hip, Landmark::right_hip);
  // By heights over stature (ANSUR II): head 0.93, acromion 0.82, omphalion 0.60, trochanter 0.51,
  // crotch 0.48. The pelvis ends half its distance from the waist below itself.
  const auto neck = between(head, shoulders, 0.5);
  const auto ribs = between(shoulders, lumbar, 0.6);
  const auto crest = between(lumbar, pelvis, 0.5);
  const auto thighs = between(lumbar, pelvis, 1.5);
  return {{{"head", -infinity, neck},
           {"shoulders", neck, ribs},
           {"lumbar", ribs, crest},
           {"pelvis", crest, thighs},
           {"legs", thighs, infinity}}};
}

}  // namespace

PressureSummary summarise_pressure(const PressureField& field, const BodyFit& body, Posture posture,
                                   const HotspotOptions& options) {
  PressureSummary summary;
  const MatGeometry& g = field.geometry;
  const double area = g.cell_area_m2();
  summary.threshold_pa = contact_threshold_pa(field, options);
  summary.load_n = field.pressure_pa.sum() * area;
  double sum = 0.0;
  double sum_of_squares = 0.0;
  double count = 0.0;
  for (Eigen::Index i = 0; i < field.pressure_pa.size(); ++i) {
    const double p = field.pressure_pa.data()[i];
    if (!(p > summary.threshold_pa)) continue;
    sum += p;
    sum_of_squares += p * p;
    count += 1.0;
    if (!field.repaired.data()[i]) summary.peak_pa = std::max(summary.peak_pa, p);
  }
  summary.contact_m2 = count * area;
  if (count > 0.0) summary.mean_pa = sum / count;
  if (count > 1.0) {
    const double variance = std::max(0.0, (sum_of_squares - sum * summary.mean_pa) / (count - 1.0));
    summary.cv = std::sqrt(variance) / summary.mean_pa;
  }
  if (!is_lying(posture) || !(sum > 0.0)) return summary;
  const double all = field.pressure_pa.sum();
  for (const Band& band : bands(body)) {
    if (!band.from_m || !band.to_m || *band.from_m > *band.to_m) continue;
    double load = 0.0;
    for (int r = 0; r < g.rows; ++r) {
      for (int c = 0; c < g.cols; ++c) {
        const Eigen::Vector2d point_m((c + 0.5) * g.col_pitch_m, (r + 0.5) * g.row_pitch_m);
        const double along = point_m.dot(body.axis);
        if (along >= *band.from_m && along < *band.to_m) load += field.pressure_pa(r, c);
      }
    }
    summary.region_load_share[band.name] = load / all;
  }
  return summary;
}

}  // namespace matfit
