#include "stages/fit/mattress_mechanics.hpp"

#include "stages/fit/knowledge_file.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace matfit {

namespace {

constexpr double pa_per_kilopascal = 1e3;
// ILD is read on a disc of 323 cm2: 4.44822 N / 0.032258 m2.
constexpr double disc_pressure_pa_per_lbf = 137.9;

std::array<double, 2> pair(const KnowledgeFile& file, const std::string& key, double low,
                           double high) {
  const std::vector<double> v = file.numbers(key, 2, low, high);
  return {v[0], v[1]};
}

Normal normal_mm(const KnowledgeFile& file, const std::string& key) {
  const std::array<double, 2> v = pair(file, key, 1.0, 1000.0);
  return {v[0] * m_per_mm, v[1] * m_per_mm};
}

double indenter_factor(CurveKind kind, double thickness_m, const MattressPresets& p) {
  if (kind == CurveKind::uniform) return 1.0;
  const std::array<double, 2>& f = kind == CurveKind::disc_203mm ? p.disc_factor : p.platen_factor;
  const double share = (thickness_m - p.indenter_thickness_m[0]) /
                       (p.indenter_thickness_m[1] - p.indenter_thickness_m[0]);
  return std::max(1.0, f[0] + share * (f[1] - f[0]));
}

// Adds points beyond the last until nearly no thickness is left: the foam closes, its stiffness
// growing as the room left shrinks.
void close_the_foam(std::vector<double>& indentation, std::vector<double>& pressure,
                    double thickness_m, double densification_strain) {
  const double last_m = indentation.back();
  const double slope = (pressure.back() - pressure[pressure.size() - 2]) /
                       (last_m - indentation[indentation.size() - 2]);
  const double begin_m = std::max(last_m, densification_strain * thickness_m);
  if (begin_m > last_m) {
    pressure.push_back(pressure.back() + slope * (begin_m - last_m));
    indentation.push_back(begin_m);
  }
  const double room_m = thickness_m - begin_m;
  if (room_m <= 0.0) return;
  const double base_pa = pressure.back();
  for (const double share : {0.25, 0.5, 0.75, 0.9}) {
    indentation.push_back(begin_m + share * room_m);
    pressure.push_back(base_pa + slope * room_m * share / (1.0 - share));
  }
}

void require_increasing(const std::vector<CurvePoint>& curve) {
  double before_m = 0.0;
  double before_pa = 0.0;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const CurvePoint& point = curve[i];
    const bool origin = i == 0 && point.indentation_m == 0.0 && point.pressure_pa == 0.0;
    if (!origin && !(point.indentation_m > before_m && point.pressure_pa > before_pa)) {
      throw std::invalid_argument(
          "mattress_response: the curve must rise strictly in indentation and pressure from zero");
    }
    before_m = point.indentation_m;
    before_pa = point.pressure_pa;
  }
}

}  // namespace

MattressPresets load_mattress_presets(const std::filesystem::path& path) {
  const KnowledgeFile file(path);
  file.require_format("matfit-mattress-presets");
  for (const char* table : {"firmness", "thickness", "measured_curve", "indenter", "coupling",
                            "densification", "soft_tissue", "mat_scale"}) {
    file.require_source(table);
  }
  MattressPresets p;
  p.firmness_step = file.numbers("firmness.step", 0, 0.0, 20.0);
  if (p.firmness_step.size() < 2 ||
      std::adjacent_find(p.firmness_step.begin(), p.firmness_step.end(), std::greater_equal<>()) !=
          p.firmness_step.end()) {
    file.fail("firmness.step", "at least two numbers in increasing order");
  }
  p.ild25_pressure_pa = file.numbers("firmness.ild25_lbf", p.firmness_step.size(), 1.0, 200.0);
  for (double& ild : p.ild25_pressure_pa) ild *= disc_pressure_pa_per_lbf;
  p.support_factor = file.number("firmness.support_factor", 1.2, 5.0);
  p.preset_relative_sd = file.number("firmness.relative_sd", 0.01, 1.0);
  p.unstated_thickness_m = normal_mm(file, "thickness.unstated_mm");
  p.curve_relative_sd = file.number("measured_curve.relative_sd", 0.001, 1.0);
  p.least_curve_relative_sd = file.number("measured_curve.least_relative_sd", 0.0, 1.0);
  const std::array<double, 2> thickness = pair(file, "indenter.thickness_mm", 10.0, 1000.0);
  if (thickness[0] >= thickness[1]) file.fail("indenter.thickness_mm", "two increasing numbers");
  p.indenter_thickness_m = {thickness[0] * m_per_mm, thickness[1] * m_per_mm};
  p.disc_factor = pair(file, "indenter.disc_203mm", 1.0, 5.0);
  p.platen_factor = pair(file, "indenter.platen_344mm", 1.0, 5.0);
  p.indenter_relative_sd = file.number("indenter.relative_sd", 0.001, 1.0);
  p.decay_length_m = normal_mm(file, "coupling.decay_length_mm");
  p.stated_shear_relative_sd = file.number("coupling.stated_relative_sd", 0.0, 1.0);
  p.densification_strain = file.number("densification.begins_at_strain", 0.3, 0.9);
  p.bottoming_strain = file.number("densification.bottoming_strain", 0.4, 0.95);
  p.tissue_limit_m = file.number("soft_tissue.limit_mm", 0.0, 100.0) * m_per_mm;
  p.tissue_half_pressure_pa =
      file.number("soft_tissue.half_pressure_kpa", 0.1, 100.0) * pa_per_kilopascal;
  p.tissue_relative_sd = file.number("soft_tissue.relative_sd", 0.0, 1.0);
  p.unstated_scale_relative_sd = file.number("mat_scale.unstated_relative_sd", 0.0, 1.0);
  return p;
}

double MattressResponse::pressure_pa(double indentation_m) const {
  return curve_.value(indentation_m);
}

double MattressResponse::stiffness_pa_per_m(double indentation_m) const {
  return curve_.slope(indentation_m);
}

std::optional<MattressResponse> mattress_response(const std::optional<Mattress>& mattress,
                                                  const MattressPresets& presets) {
  if (!mattress || (mattress->curve.empty() && !mattress->firmness)) return std::nullopt;
  const double thickness_m = mattress->thickness_m.value_or(presets.unstated_thickness_m.mean);
  if (!(thickness_m > 0.0)) {
    throw std::invalid_argument("mattress_response: thickness must be positive");
  }
  std::vector<double> indentation = {0.0};
  std::vector<double> pressure = {0.0};
  double relative_variance = 0.0;
  double room_m = thickness_m;
  if (!mattress->curve.empty()) {
    require_increasing(mattress->curve);
    const double factor = indenter_factor(mattress->curve_kind, thickness_m, presets);
    for (const CurvePoint& point : mattress->curve) {
      if (point.indentation_m == 0.0) continue;
      indentation.push_back(point.indentation_m);
      pressure.push_back(point.pressure_pa / factor);
    }
    const double stated = mattress->curve_relative_sd.value_or(presets.curve_relative_sd);
    relative_variance = std::pow(std::max(stated, presets.least_curve_relative_sd), 2);
    if (factor > 1.0) relative_variance += std::pow(presets.indenter_relative_sd, 2);
    room_m = std::max(thickness_m, 1.05 * indentation.back());
  } else {
    if (*mattress->firmness < presets.firmness_step.front() ||
        *mattress->firmness > presets.firmness_step.back()) {
      throw std::invalid_argument("mattress_response: firmness lies off the preset scale");
    }
    const MonotoneCubic scale(presets.firmness_step, presets.ild25_pressure_pa);
    // The bands are of 100 mm samples under the disc.
    const double p25 =
        scale.value(*mattress->firmness) /
        indenter_factor(CurveKind::disc_203mm, presets.indenter_thickness_m[0], presets);
    const double exponent = std::log(presets.support_factor) / std::log(0.65 / 0.25);
    for (const double strain : {0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.45, 0.55}) {
      indentation.push_back(strain * thickness_m);
      pressure.push_back(p25 * std::pow(strain / 0.25, exponent));
    }
    relative_variance = std::pow(presets.preset_relative_sd, 2);
  }
  if (!mattress->thickness_m) {
    // A curve over indentation needs the thickness only for its end; a preset scales with it.
    const double relative = presets.unstated_thickness_m.sd / presets.unstated_thickness_m.mean;
    relative_variance += mattress->curve.empty() ? relative * relative : 0.0;
  }
  close_the_foam(indentation, pressure, room_m, presets.densification_strain);
  const double quarter_m = 0.25 * thickness_m;
  MattressResponse response{MonotoneCubic(indentation, pressure)};
  response.basis_ = mattress->curve.empty() ? SpineBasis::preset : SpineBasis::curve;
  response.thickness_m_ = thickness_m;
  response.stiffness_relative_sd_ = std::sqrt(relative_variance);
  response.bottoming_indentation_m_ = presets.bottoming_strain * room_m;
  if (mattress->shear_n_per_m) {
    response.shear_n_per_m_ = *mattress->shear_n_per_m;
    response.shear_relative_sd_ = presets.stated_shear_relative_sd;
  } else {
    const double stiffness = response.pressure_pa(quarter_m) / quarter_m;
    response.shear_n_per_m_ = stiffness * std::pow(presets.decay_length_m.mean, 2);
    response.shear_relative_sd_ = 2.0 * presets.decay_length_m.sd / presets.decay_length_m.mean;
  }
  return response;
}

double tissue_compression_m(double pressure_pa, const MattressPresets& presets) {
  const double p = std::max(0.0, pressure_pa);
  return presets.tissue_limit_m * p / (p + presets.tissue_half_pressure_pa);
}

}  // namespace matfit
