#include "stages/calibrate/mattress_curve.hpp"

#include "numeric/isotonic_regression.hpp"
#include "numeric/monotone_cubic.hpp"
#include "numeric/statistics.hpp"
#include "stages/calibrate/indenter_cycles.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace matfit {

namespace {

constexpr int curve_points = 24;
constexpr int settled_loadings = 3;  // from so many on the first is left out
constexpr double m_per_mm = 1e-3;
// Of foam under the 203 mm disc: p[kPa] = 0.1379 ILD[lbf].
constexpr double disc_pa_per_lbf = 137.9;

// --- one loading ---------------------------------------------------------------------------------

// A loading from contact on, over depth under the surface.
struct Loading {
  std::vector<double> depth_m;
  std::vector<double> pressure_pa;
  double deepest_m = 0.0;
};

Loading from_contact(const IndenterBranch& branch, const IndenterContact& contact, double area_m2) {
  Loading out;
  for (const IndenterReading& reading : branch) {
    const double depth = reading.depth_m - contact.depth_m;
    if (!(depth > 0.0)) continue;
    out.depth_m.push_back(depth);
    out.pressure_pa.push_back((reading.force_n - contact.zero_force_n) / area_m2);
    out.deepest_m = std::max(out.deepest_m, depth);
  }
  return out;
}

struct LocalValue {
  double pressure_pa = 0.0;
  double sd_pa = 0.0;  // of the value, from the readings' scatter about the line
};

// A straight line through the readings within half a step, or through the nearest ones.
LocalValue value_at(const Loading& loading, double depth_m, double step_m) {
  double half = 0.5 * step_m;
  for (int widen = 0; widen < 8; ++widen, half *= 1.5) {
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
    for (std::size_t i = 0; i < loading.depth_m.size(); ++i) {
      const double d = loading.depth_m[i] - depth_m;
      if (std::abs(d) > half) continue;
      const double p = loading.pressure_pa[i];
      n += 1.0;
      x += d;
      y += p;
      xx += d * d;
      xy += d * p;
      yy += p * p;
    }
    const double spread = n * xx - x * x;
    if (n < 3.0 || !(spread > 0.0)) continue;
    const double slope = (n * xy - x * y) / spread;
    const double at = (y - slope * x) / n;
    const double squares = std::max(0.0, yy - at * y - slope * xy);
    const double variance = n > 3.0 ? squares / (n - 2.0) : 0.0;
    return {at, std::sqrt(variance * xx / spread)};
  }
  // Fewer than three readings about: the points of the test are far apart.
  std::vector<std::pair<double, double>> points = {{0.0, 0.0}};
  for (std::size_t i = 0; i < loading.depth_m.size(); ++i) {
    if (loading.depth_m[i] > points.back().first) {
      points.emplace_back(loading.depth_m[i], loading.pressure_pa[i]);
    }
  }
  const auto above = std::find_if(points.begin() + 1, points.end() - 1,
                                  [depth_m](const auto& p) { return p.first >= depth_m; });
  const auto& [x0, y0] = *(above - 1);
  const double share = (depth_m - x0) / (above->first - x0);
  return {y0 + share * (above->second - y0), 0.0};
}

// --- one specimen --------------------------------------------------------------------------------

double work(const Loading& branch) {
  double sum = 0.0;
  for (std::size_t i = 1; i < branch.depth_m.size(); ++i) {
    sum += 0.5 * (branch.pressure_pa[i] + branch.pressure_pa[i - 1]) *
           std::abs(branch.depth_m[i] - branch.depth_m[i - 1]);
  }
  return sum;
}

void add_branch(MeasuredCurve& curve, const Loading& branch) {
  std::vector<std::pair<double, double>> points;
  for (std::size_t i = 0; i < branch.depth_m.size(); ++i) {
    points.emplace_back(branch.depth_m[i], branch.pressure_pa[i]);
  }
  curve.branches.push_back(std::move(points));
}

// Means over the loadings at even depths, monotone and strictly rising.
std::vector<MeasuredCurvePoint> averaged(const std::vector<Loading>& loadings) {
  double deepest = loadings.front().deepest_m;
  for (const Loading& loading : loadings) deepest = std::min(deepest, loading.deepest_m);
  const double step = deepest / curve_points;
  std::vector<double> means, sds;
  for (int i = 1; i <= curve_points; ++i) {
    std::vector<double> values;
    double reading_variance = 0.0;
    for (const Loading& loading : loadings) {
      const LocalValue value = value_at(loading, i * step, step);
      values.push_back(value.pressure_pa);
      reading_variance += value.sd_pa * value.sd_pa;
    }
    const double n = static_cast<double>(values.size());
    const double between = standard_deviation(values);
    means.push_back(mean(values));
    sds.push_back(std::sqrt(between * between + reading_variance / (n * n)));
  }
  const std::vector<double> rising = isotonic_regression(means);
  std::vector<MeasuredCurvePoint> points;
  double before = 0.0;
  for (int i = 0; i < curve_points; ++i) {
    const auto k = static_cast<std::size_t>(i);
    if (!(rising[k] > before)) continue;
    points.push_back({(i + 1) * step, rising[k], sds[k]});
    before = rising[k];
  }
  return points;
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
  curve.points = averaged(loadings);
  if (curve.points.size() < 2) {
    throw InputError({test.file, specimen.place, "", "a pressure that rises with depth",
                      "check the columns and the order of the readings"});
  }
  return curve;
}

// --- layers --------------------------------------------------------------------------------------

// Indentation over pressure of one layer.
struct Compliance {
  MonotoneCubic depth_of;
  MonotoneCubic sd_depth_of;

  explicit Compliance(const MeasuredCurve& curve)
      : depth_of(with_origin(curve, false)), sd_depth_of(with_origin(curve, true)) {}

 private:
  static MonotoneCubic with_origin(const MeasuredCurve& curve, bool error) {
    std::vector<double> pressure = {0.0}, value = {0.0};
    double depth_before = 0.0;
    for (const MeasuredCurvePoint& p : curve.points) {
      const double softness = (p.indentation_m - depth_before) / (p.pressure_pa - pressure.back());
      depth_before = p.indentation_m;
      pressure.push_back(p.pressure_pa);
      value.push_back(error ? p.sd_pa * softness : p.indentation_m);
    }
    return MonotoneCubic(std::move(pressure), std::move(value));
  }
};

MeasuredCurve in_series(const std::vector<MeasuredCurve>& layers) {
  MeasuredCurve sum = layers.front();
  sum.points.clear();
  std::vector<Compliance> compliances;
  std::vector<double> pressures;
  double highest = layers.front().points.back().pressure_pa;
  for (const MeasuredCurve& layer : layers) {
    compliances.emplace_back(layer);
    highest = std::min(highest, layer.points.back().pressure_pa);
    for (const MeasuredCurvePoint& point : layer.points) pressures.push_back(point.pressure_pa);
  }
  std::sort(pressures.begin(), pressures.end());
  for (const double pressure : pressures) {
    const double before = sum.points.empty() ? 0.0 : sum.points.back().pressure_pa;
    // Pressures of two layers may all but coincide.
    if (pressure > highest || pressure - before < 1e-6 * highest) continue;
    double depth = 0.0, variance = 0.0, softness = 0.0;
    for (const Compliance& layer : compliances) {
      depth += layer.depth_of.value(pressure);
      softness += layer.depth_of.slope(pressure);
      variance += std::pow(layer.sd_depth_of.value(pressure), 2);
    }
    sum.points.push_back({depth, pressure, softness > 0.0 ? std::sqrt(variance) / softness : 0.0});
  }
  double thickness = 0.0;
  bool all_known = true;
  for (const MeasuredCurve& layer : layers) {
    all_known = all_known && layer.thickness_m.has_value();
    thickness += layer.thickness_m.value_or(0.0);
  }
  sum.thickness_m = all_known ? std::optional(thickness) : std::nullopt;
  sum.hysteresis_loss.reset();
  sum.branches.clear();
  return sum;
}

// --- figures -------------------------------------------------------------------------------------

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

bool within(double value, const std::array<double, 2>& band) {
  return value >= band[0] && value <= band[1];
}

// A force in another unit than stated makes the mattress as soft as air or as hard as a board.
void require_plausible_unit(const MeasuredCurve& curve, const IndenterTest& test,
                            const IndentationKnowledge& known) {
  if (!curve.force_25_n || test.force_unit.empty()) return;
  const double ild_lbf = *curve.force_25_n / test.area_m2 / disc_pa_per_lbf;
  if (within(ild_lbf, known.plausible_ild25_lbf)) return;
  const std::array<std::pair<const char*, double>, 3> units = {
      {{"N", 1.0}, {"kg", standard_gravity_m_per_s2}, {"lbf", n_per_lbf}}};
  double stated = 1.0;
  for (const auto& [name, newtons] : units) {
    if (test.force_unit == name) stated = newtons;
  }
  std::string meant;
  for (const auto& [name, newtons] : units) {
    if (test.force_unit == name) continue;
    if (within(ild_lbf * newtons / stated, known.usual_ild25_lbf)) {
      meant += fmt::format("{}{}", meant.empty() ? "" : " or ", name);
    }
  }
  throw InputError(
      {test.file, curve.zone.empty() ? "the column of force" : "zone " + curve.zone,
       fmt::format("a firmness of {:.3g} lbf (ILD25) from values in {}", ild_lbf, test.force_unit),
       fmt::format("{:.3g} to {:.3g} lbf{}", known.plausible_ild25_lbf[0],
                   known.plausible_ild25_lbf[1],
                   meant.empty() ? "" : "; in " + meant + " it would be usual"),
       "correct the unit in the header, the indenter or the thickness, or say --units-checked"});
}

}  // namespace

IndentationKnowledge load_indentation_knowledge(const std::filesystem::path& calibration_folder) {
  const std::string file = (calibration_folder / "indentation.toml").string();
  toml::table root;
  try {
    root = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    throw UsageError(fmt::format("{}: line {}: {}", file, error.source().begin.line,
                                 std::string(error.description())));
  }
  const auto band = [&](const char* key) -> std::array<double, 2> {
    const auto low = root["ild25"][key][0].value<double>();
    const auto high = root["ild25"][key][1].value<double>();
    if (!low || !high || !(*low > 0.0) || !(*high > *low)) {
      throw UsageError(fmt::format("{}: ild25.{}: expected two rising numbers over 0", file, key));
    }
    return {*low, *high};
  };
  return {band("plausible_lbf"), band("usual_lbf")};
}

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
    MeasuredCurve curve = layers.size() > 1 ? in_series(layers) : layers.front();
    curve.layers = names;
    add_figures(curve, test.area_m2);
    if (!options.units_checked) require_plausible_unit(curve, test, known);
    out.zones.push_back(std::move(curve));
  }
  return out;
}

}  // namespace matfit
