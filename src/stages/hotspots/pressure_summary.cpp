#include "stages/hotspots/pressure_summary.hpp"

#include "stages/hotspots/body_regions.hpp"
#include "stages/hotspots/contact.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

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
  summary.region_load_share = load_share_by_region(field, body, posture, options);
  return summary;
}

}  // namespace matfit
