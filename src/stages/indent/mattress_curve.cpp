#include "stages/indent/mattress_curve.hpp"

#include "numeric/monotone_cubic.hpp"
#include "numeric/statistics.hpp"
#include "stages/indent/indenter_cycles.hpp"
#include "stages/indent/indenter_loading.hpp"
#include "stages/indent/mattress_layers.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace matfit {

namespace {

constexpr int settled_loadings = 3;  // from so many on the first is left out

void add_branch(MeasuredCurve& curve, const Loading& branch) {
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < branch.depth_m.size(); ++i) {
    points.emplace_back(branch.depth_m[i], branch.pressure_pa[i]);
  }
  curve.branches.push_back(std::move(points));
}

MeasuredCurve curve_of(const IndenterSpecimen& specimen, const IndenterTest& test) {
  MeasuredCurve curve;
  curve.zone = specimen.zone;
  curve.y_from_m = specimen.y_from_m;
  curve.y_to_m = specimen.y_to_m;
  curve.thickness_m = specimen.thickness_m;
  std::vector<Loading> loadings;
  std::vector<double> losses;
  for (const IndenterCycle& cycle : indenter_cycles(specimen.readings)) {
    const auto contact = find_contact(cycle.loading);
    if (!contact) continue;
    if (loadings.empty()) {
      curve.zero_force_n = contact->zero_force_n;
      curve.contact_depth_m = contact->depth_m;
      if (contact->preload_n > 0.0 && contact->depth_m < cycle.loading.front().depth_m) {
        curve.notes.push_back(fmt::format(
            "The test begins under {:.3g} N; contact was carried back to {:.2f} mm before.",
            contact->preload_n, (cycle.loading.front().depth_m - contact->depth_m) / m_per_mm));
      }
    }
    loadings.push_back(from_contact(cycle.loading, *contact, test.area_m2));
    add_branch(curve, loadings.back());
    if (cycle.unloading.size() < 3) continue;
    const Loading unloading = from_contact(cycle.unloading, *contact, test.area_m2);
    add_branch(curve, unloading);
    losses.push_back(1.0 - work(unloading) / work(loadings.back()));
  }
  if (loadings.empty()) {
    throw InputError({test.file, specimen.place, "", "readings in which force rises with depth",
                      "give the loading of the test, five readings or more, in order"});
  }
  curve.loadings = static_cast<int>(loadings.size());
  if (curve.loadings >= settled_loadings) {
    loadings.erase(loadings.begin());
    if (!losses.empty() && static_cast<int>(losses.size()) == curve.loadings) {
      losses.erase(losses.begin());
    }
    curve.notes.emplace_back(
        "The first loading was left out: a fresh mattress yields differently.");
  }
  curve.loadings_used = static_cast<int>(loadings.size());
  if (curve.loadings_used == 1) {
    curve.notes.emplace_back(
        "One loading: how far the next one would differ is not known and not part of the error.");
  }
  if (!losses.empty()) curve.hysteresis_loss = mean(losses);
  curve.points = mean_curve(loadings);
  if (curve.points.size() < 2) {
    throw InputError({test.file, specimen.place, "", "a pressure that rises with depth",
                      "check the columns and the order of the readings"});
  }
  return curve;
}

std::optional<double> pressure_at(const MeasuredCurve& curve, double indentation_m) {
  // A test that stops a hair short of its round depth still tells it.
  if (indentation_m > 1.001 * curve.points.back().indentation_m) return std::nullopt;
  std::vector<double> x = {0.0}, y = {0.0};
  for (const MeasuredCurvePoint& point : curve.points) {
    x.push_back(point.indentation_m);
    y.push_back(point.pressure_pa);
  }
  return MonotoneCubic(std::move(x), std::move(y)).value(indentation_m);
}

void add_figures(MeasuredCurve& curve, double area_m2) {
  if (!curve.thickness_m) {
    curve.notes.emplace_back(
        "Without the thickness neither the forces at 25 and 65 % nor the unit of force can be "
        "told.");
    return;
  }
  const auto quarter = pressure_at(curve, 0.25 * *curve.thickness_m);
  const auto deep = pressure_at(curve, 0.65 * *curve.thickness_m);
  if (quarter) curve.force_25_n = *quarter * area_m2;
  if (deep) curve.force_65_n = *deep * area_m2;
  if (quarter && deep) curve.support_factor = *deep / *quarter;
}

}  // namespace

MattressCurves measure_mattress(const IndenterTest& test, const IndentationKnowledge& known,
                                const MattressCurveOptions& options) {
  MattressCurves out{test.file, test.kind, test.area_m2, {}};
  std::vector<std::string> zones;
  for (const IndenterSpecimen& specimen : test.specimens) {
    if (std::find(zones.begin(), zones.end(), specimen.zone) == zones.end()) {
      zones.push_back(specimen.zone);
    }
  }
  for (const std::string& zone : zones) {
    std::vector<MeasuredCurve> layers;
    std::vector<std::string> names;
    for (const IndenterSpecimen& specimen : test.specimens) {
      if (specimen.zone != zone) continue;
      layers.push_back(curve_of(specimen, test));
      if (!specimen.layer.empty()) names.push_back(specimen.layer);
    }
    MeasuredCurve curve = layers.size() > 1 ? layers_in_series(layers) : layers.front();
    curve.layers = names;
    add_figures(curve, test.area_m2);
    if (!options.units_checked) require_plausible_firmness(curve, test, known);
    out.zones.push_back(std::move(curve));
  }
  return out;
}

}  // namespace matfit
