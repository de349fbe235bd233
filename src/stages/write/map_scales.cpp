#include "stages/write/map_scales.hpp"

#include "stages/write/heat_map.hpp"

#include <algorithm>

namespace matfit {

namespace {

double highest_but_few(const Eigen::ArrayXXd& map) {
  constexpr double quantile = 0.998;
  std::vector<double> values(map.data(), map.data() + map.size());
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>(quantile * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

MapScales::MapScales(const std::vector<const RecordingResult*>& recordings, const Phrases& phrases)
    : phrases_(phrases) {
  std::map<Kind, double> top;
  for (const RecordingResult* r : recordings) {
    double& highest = top[kind_of(*r)];
    const double unit_pa = shown_unit(r->quality.units, phrases_).pa;
    for (const BoutResult& b : r->bouts) {
      if (!is_lying(b.bout.posture) || b.field.pressure_pa.size() == 0) continue;
      highest = std::max(highest, highest_but_few(b.field.pressure_pa) / unit_pa);
    }
  }
  for (const auto& [kind, highest] : top) full_[kind] = round_scale(highest);
}

MapScales::Kind MapScales::kind_of(const RecordingResult& recording) const {
  const UnitEvidence& units = recording.quality.units;
  return {shown_unit(units, phrases_).name, units.absolute};
}

MapScale MapScales::of(const RecordingResult& recording) const {
  const ShownUnit unit = shown_unit(recording.quality.units, phrases_);
  return {full_.at(kind_of(recording)) * unit.pa, unit};
}

}  // namespace matfit
