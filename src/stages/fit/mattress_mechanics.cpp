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

TrunkTissue trunk_tissue(const KnowledgeFile& file, const std::string& side) {
  const std::vector<double> mm = file.numbers("soft_tissue." + side + "_mm", 4, 1.0, 200.0);
  const double modulus_pa =
      file.number("soft_tissue." + side + "_modulus_kpa", 0.1, 100.0) * pa_per_kilopascal;
  const auto tissue = [&](std::size_t i) { return SoftTissue{mm[i] * m_per_mm, modulus_pa}; };
  return {tissue(0), tissue(1), tissue(2), tissue(3)};
}

constexpr double disc_radius_m = 0.1015;
constexpr double platen_radius_m = 0.172;

double indenter_radius_m(CurveKind kind) {
  switch (kind) {
    case CurveKind::disc_203mm: return disc_radius_m;
    case CurveKind::platen_344mm: return platen_radius_m;
    case CurveKind::uniform: break;
  }
  return 0.0;
}

// Uniform pressure at the same indentations under what a rigid disc of that radius reads. Its rim
// pulls the surface around it down with a force per length sqrt(2 G W), W the work of the uniform
// pressure: the first integral of G w'' = p(w), exact for a straight rim and any curve; a round one
// adds K1(x) / K0(x), x = radius over decay length, of the linear foundation (Selvadurai, Elastic
// Analysis of Soil-Foundation Interaction, 1979).
std::vector<CurvePoint> without_rim(const std::vector<CurvePoint>& reading, double radius_m,
                                    double shear_n_per_m) {
  constexpr int pieces = 8;  // between two readings
  std::vector<CurvePoint> out;
  double depth_m = 0.0, read_pa = 0.0, uniform_pa = 0.0, work = 0.0;
  for (const CurvePoint& point : reading) {
    const double step_m = (point.indentation_m - depth_m) / pieces;
    const double read_step = (point.pressure_pa - read_pa) / pieces;
    for (int i = 0; i < pieces; ++i) {
      depth_m += step_m;
      read_pa += read_step;
      const double decay_m =
          std::sqrt(shear_n_per_m * depth_m / std::max(uniform_pa, 0.3 * read_pa));
      const double x = radius_m / decay_m;
      const double round = 1.0 + 0.5 / x - 0.125 / (x * x);
      const double pull = 2.0 * std::max(1.0, round) / radius_m * std::sqrt(2.0 * shear_n_per_m);
      // p + pull * sqrt(work before + mean pressure * step) = read, for p by way of that root.
      const double before = work + 0.5 * uniform_pa * step_m;
      const double square = 2.0 / step_m;
      const double root =
          (-pull + std::sqrt(pull * pull + 4.0 * square * (read_pa + square * before))) /
          (2.0 * square);
      const double least_pa = uniform_pa * (1.0 + 0.05 * step_m / depth_m);
      const double next_pa = std::min(std::max(square * (root * root - before), least_pa), read_pa);
      work += 0.5 * (uniform_pa + next_pa) * step_m;
      uniform_pa = next_pa;
    }
    depth_m = point.indentation_m;
    read_pa = point.pressure_pa;
    out.push_back({depth_m, uniform_pa});
  }
  return out;
}

double pressure_at(const std::vector<CurvePoint>& curve, double indentation_m) {
  CurvePoint before;
  for (const CurvePoint& point : curve) {
    if (indentation_m <= point.indentation_m) {
      const double u =
          (indentation_m - before.indentation_m) / (point.indentation_m - before.indentation_m);
      return before.pressure_pa + u * (point.pressure_pa - before.pressure_pa);
    }
    before = point;
  }
  return before.pressure_pa * indentation_m / before.indentation_m;
}

// The coupling whose decay length at a quarter of the thickness is the given one.
double shear_of_decay(const std::vector<CurvePoint>& reading, double radius_m, double thickness_m,
                      double decay_m) {
  const double quarter_m = 0.25 * thickness_m;
  const auto shear = [&](const std::vector<CurvePoint>& uniform) {
    return decay_m * decay_m * pressure_at(uniform, quarter_m) / quarter_m;
  };
  double shear_n_per_m = shear(reading);
  if (radius_m == 0.0) return shear_n_per_m;
  constexpr int rounds = 20;
  for (int i = 0; i < rounds; ++i) {
    shear_n_per_m = std::sqrt(shear_n_per_m * shear(without_rim(reading, radius_m, shear_n_per_m)));
  }
  return shear_n_per_m;
}

// A curve from zero through the points, and beyond the last until nearly no thickness is left: the
// foam closes, its stiffness growing as the room left shrinks.
MonotoneCubic closing_curve(const std::vector<CurvePoint>& points, double room_m,
                            double densification_strain) {
  std::vector<double> indentation = {0.0};
  std::vector<double> pressure = {0.0};
  for (const CurvePoint& point : points) {
    indentation.push_back(point.indentation_m);
    pressure.push_back(point.pressure_pa);
  }
  const double last_m = indentation.back();
  const double slope = (pressure.back() - pressure[pressure.size() - 2]) /
                       (last_m - indentation[indentation.size() - 2]);
  const double begin_m = std::max(last_m, densification_strain * room_m);
  if (begin_m > last_m) {
    pressure.push_back(pressure.back() + slope * (begin_m - last_m));
    indentation.push_back(begin_m);
  }
  const double left_m = room_m - begin_m;
  if (left_m > 0.0) {
    const double base_pa = pressure.back();
    for (const double share : {0.25, 0.5, 0.75, 0.9}) {
      indentation.push_back(begin_m + share * left_m);
      pressure.push_back(base_pa + slope * left_m * share / (1.0 - share));
    }
  }
  return {std::move(indentation), std::move(pressure)};
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
  p.indenter_relative_sd = file.number("indenter.relative_sd", 0.001, 1.0);
  p.decay_length_m = file.number("coupling.decay_length_mm", 1.0, 500.0) * m_per_mm;
  p.decay_thickness_m = file.number("coupling.thickness_mm", 10.0, 1000.0) * m_per_mm;
  p.decay_relative_sd = file.number("coupling.relative_sd", 0.0, 1.0);
  p.stated_shear_relative_sd = file.number("coupling.stated_relative_sd", 0.0, 1.0);
  p.densification_strain = file.number("densification.begins_at_strain", 0.3, 0.9);
  p.bottoming_strain = file.number("densification.bottoming_strain", 0.4, 0.95);
  p.tissue_on_side = trunk_tissue(file, "side");
  p.tissue_on_back = trunk_tissue(file, "back");
  p.tissue_on_front = trunk_tissue(file, "front");
  p.tissue_relative_sd = file.number("soft_tissue.relative_sd", 0.0, 1.0);
  p.tissue_regional_relative_sd = file.number("soft_tissue.regional_relative_sd", 0.0, 1.0);
  p.unstated_scale_relative_sd = file.number("mat_scale.unstated_relative_sd", 0.0, 1.0);
  return p;
}

MattressResponse::MattressResponse(std::vector<CurvePoint> reading, double indenter_radius_m,
                                   double shear_n_per_m, double room_m, double densification_strain)
    : curve_(closing_curve(indenter_radius_m > 0.0
                               ? without_rim(reading, indenter_radius_m, shear_n_per_m)
                               : reading,
                           room_m, densification_strain)),
      reading_(std::move(reading)),
      indenter_radius_m_(indenter_radius_m),
      room_m_(room_m),
      densification_strain_(densification_strain),
      shear_n_per_m_(shear_n_per_m) {}

MattressResponse MattressResponse::varied(double stiffness, double shear) const {
  std::vector<CurvePoint> reading = reading_;
  for (CurvePoint& point : reading) point.pressure_pa *= stiffness;
  MattressResponse out(std::move(reading), indenter_radius_m_, shear * shear_n_per_m_, room_m_,
                       densification_strain_);
  out.basis_ = basis_;
  out.thickness_m_ = thickness_m_;
  out.stiffness_relative_sd_ = stiffness_relative_sd_;
  out.shear_relative_sd_ = shear_relative_sd_;
  out.bottoming_indentation_m_ = bottoming_indentation_m_;
  return out;
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
  const double decay_m =
      presets.decay_length_m * std::sqrt(thickness_m / presets.decay_thickness_m);
  std::vector<CurvePoint> reading;
  double radius_m = 0.0;
  double relative_variance = 0.0;
  double room_m = thickness_m;
  if (!mattress->curve.empty()) {
    require_increasing(mattress->curve);
    for (const CurvePoint& point : mattress->curve) {
      if (point.indentation_m > 0.0) reading.push_back(point);
    }
    radius_m = indenter_radius_m(mattress->curve_kind);
    const double stated = mattress->curve_relative_sd.value_or(presets.curve_relative_sd);
    relative_variance = std::pow(std::max(stated, presets.least_curve_relative_sd), 2);
    if (radius_m > 0.0) relative_variance += std::pow(presets.indenter_relative_sd, 2);
    room_m = std::max(thickness_m, 1.05 * reading.back().indentation_m);
  } else {
    if (*mattress->firmness < presets.firmness_step.front() ||
        *mattress->firmness > presets.firmness_step.back()) {
      throw std::invalid_argument("mattress_response: firmness lies off the preset scale");
    }
    const MonotoneCubic scale(presets.firmness_step, presets.ild25_pressure_pa);
    const double p25 = scale.value(*mattress->firmness);
    const double exponent = std::log(presets.support_factor) / std::log(0.65 / 0.25);
    // The bands are of samples so thick, under the disc.
    constexpr double sample_m = 0.1;
    for (const double strain : {0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.45, 0.55}) {
      reading.push_back({strain * sample_m, p25 * std::pow(strain / 0.25, exponent)});
    }
    const double sample_decay_m =
        presets.decay_length_m * std::sqrt(sample_m / presets.decay_thickness_m);
    reading = without_rim(reading, disc_radius_m,
                          shear_of_decay(reading, disc_radius_m, sample_m, sample_decay_m));
    for (CurvePoint& point : reading) point.indentation_m *= thickness_m / sample_m;
    relative_variance = std::pow(presets.preset_relative_sd, 2);
  }
  if (!mattress->thickness_m) {
    // A curve over indentation needs the thickness only for its end; a preset scales with it.
    const double relative = presets.unstated_thickness_m.sd / presets.unstated_thickness_m.mean;
    relative_variance += mattress->curve.empty() ? relative * relative : 0.0;
  }
  const double shear_n_per_m = mattress->shear_n_per_m.value_or(
      mattress->shear_n_per_m ? 0.0 : shear_of_decay(reading, radius_m, thickness_m, decay_m));
  MattressResponse response(std::move(reading), radius_m, shear_n_per_m, room_m,
                            presets.densification_strain);
  response.basis_ = mattress->curve.empty() ? SpineBasis::preset : SpineBasis::curve;
  response.thickness_m_ = thickness_m;
  response.stiffness_relative_sd_ = std::sqrt(relative_variance);
  response.bottoming_indentation_m_ = presets.bottoming_strain * room_m;
  response.shear_relative_sd_ =
      mattress->shear_n_per_m ? presets.stated_shear_relative_sd : 2.0 * presets.decay_relative_sd;
  return response;
}

double tissue_compression_m(const SoftTissue& tissue, double pressure_pa) {
  const double p = std::max(0.0, pressure_pa);
  return tissue.thickness_m * p / (p + tissue.modulus_pa);
}

}  // namespace matfit
