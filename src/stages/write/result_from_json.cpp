#include "stages/write/json_node.hpp"
#include "stages/write/result_json.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

namespace matfit {

using nlohmann::ordered_json;

namespace {

constexpr double m_per_mm = 1e-3;
constexpr double m2_per_cm2 = 1e-4;
constexpr double cm_per_m = 1e2;

double number_of(const JsonNode& node, const char* key) { return node.at(key).number(); }
double mm_of(const JsonNode& node, const char* key) { return number_of(node, key) * m_per_mm; }
double pa_of(const JsonNode& node, const char* key) { return number_of(node, key) * pa_per_mmhg; }

std::optional<double> optional_pa_of(const JsonNode& node, const char* key) {
  const std::optional<double> value = node.at(key).optional_number();
  if (!value) return std::nullopt;
  return *value * pa_per_mmhg;
}

std::string text_or_empty(const JsonNode& node, const char* key) {
  return node.has(key) ? node.at(key).text() : std::string();
}

std::optional<double> optional_of(const JsonNode& node, const char* key, double factor = 1.0) {
  if (!node.has(key)) return std::nullopt;
  return node.at(key).number() * factor;
}

std::optional<Verdict> verdict_named(std::string_view name) {
  for (const Verdict v :
       {Verdict::undecided, Verdict::too_soft, Verdict::right, Verdict::too_firm}) {
    if (name_of(v) == name) return v;
  }
  return std::nullopt;
}

std::optional<FitStatus> fit_status_named(std::string_view name) {
  for (const FitStatus s : {FitStatus::not_run, FitStatus::converged, FitStatus::not_converged,
                            FitStatus::unknown_posture, FitStatus::too_little_contact}) {
    if (name_of(s) == name) return s;
  }
  return std::nullopt;
}

std::optional<Landmark> landmark_named(std::string_view name) {
  for (std::size_t i = 0; i < landmark_count; ++i) {
    if (name_of(static_cast<Landmark>(i)) == name) return static_cast<Landmark>(i);
  }
  return std::nullopt;
}

std::optional<SpineBasis> basis_named(std::string_view name) {
  for (const SpineBasis b : {SpineBasis::none, SpineBasis::preset, SpineBasis::curve}) {
    if (name_of(b) == name) return b;
  }
  return std::nullopt;
}

std::optional<SpinePlane> plane_named(std::string_view name) {
  for (const SpinePlane p : {SpinePlane::frontal, SpinePlane::sagittal}) {
    if (name_of(p) == name) return p;
  }
  return std::nullopt;
}

std::optional<Grade> grade_named(std::string_view name) {
  for (const Grade g : {Grade::a, Grade::b, Grade::c, Grade::f}) {
    if (name == std::string(1, static_cast<char>(g))) return g;
  }
  return std::nullopt;
}

Estimate estimate_of(const JsonNode& node) {
  const std::vector<JsonNode> ci = node.at("ci95").items();
  if (ci.size() != 2) node.fail("ci95", fmt::format("{} values", ci.size()), "two values");
  return {number_of(node, "value"), number_of(node, "sd"), ci[0].number(), ci[1].number()};
}

FitAssessment fit_of(const JsonNode& node) {
  FitAssessment fit;
  fit.alignment = estimate_of(node.at("alignment"));
  fit.pressure_relief = estimate_of(node.at("pressure_relief"));
  fit.support = estimate_of(node.at("support"));
  fit.score = estimate_of(node.at("score"));
  fit.verdict = node.at("verdict").named(verdict_named, "a verdict");
  for (const JsonNode& r : node.at("reasons").items()) {
    fit.reasons.push_back({r.at("rule").text(), r.at("text").text()});
  }
  return fit;
}

std::vector<Advice> advice_of(const JsonNode& node) {
  std::vector<Advice> advice;
  for (const JsonNode& a : node.items()) {
    advice.push_back(
        {a.at("rule").text(), a.at("text").text(), a.at("source").text(), a.at("evidence").text()});
  }
  return advice;
}

CreepFigures creep_of(const JsonNode& node) {
  CreepFigures creep;
  creep.kind = node.at("kind").named(load_course_named, "a course of the load");
  creep.rate_per_decade =
      gaussian_estimate(number_of(node, "rate_per_decade"), number_of(node, "sd"));
  creep.spread_per_decade =
      gaussian_estimate(number_of(node, "spread_per_decade"), number_of(node, "spread_sd"));
  creep.lying_since_s = node.at("lying_since_s").optional_number();
  creep.readable_from_s = node.at("readable_from_s").optional_number();
  creep.load_growth_at_end = number_of(node, "load_growth_at_end");
  creep.contact_growth_at_end = number_of(node, "contact_growth_at_end");
  creep.compensated = node.at("compensated").truth();
  return creep;
}

std::vector<PressureError> pressure_errors_of(const JsonNode& node) {
  std::vector<PressureError> errors;
  for (const JsonNode& e : node.items()) {
    errors.push_back({pa_of(e, "pressure_mmhg"), number_of(e, "relative_sd")});
  }
  return errors;
}

Quality quality_of(const JsonNode& node) {
  using Cells = std::vector<std::array<int, 2>>;
  Quality q;
  q.grade = node.at("grade").named(grade_named, "A, B, C or F");
  for (const JsonNode& r : node.at("reasons").items()) {
    q.reasons.push_back({r.at("code").text(), r.at("text").text(), r.at("effect").text(),
                         r.at("cap").named(grade_named, "A, B, C or F")});
  }
  q.load_over_weight = node.at("load_over_weight").optional_number();
  q.dead_cells = node.at("dead_cells").as<Cells>("pairs of row and column");
  q.hot_cells = node.at("hot_cells").as<Cells>("pairs of row and column");
  q.dead_rows = node.at("dead_rows").as<std::vector<int>>("row numbers");
  q.dead_cols = node.at("dead_cols").as<std::vector<int>>("column numbers");
  q.saturated_share = number_of(node, "saturated_share");
  q.invalid_frames = node.at("invalid_frames").count();
  for (const JsonNode& f : node.at("invalid").items()) {
    q.invalid.push_back({f.at("frame").count(), f.at("reason").text()});
  }
  const JsonNode raw = node.at("raw");
  q.raw = {number_of(raw, "background"), number_of(raw, "noise"),
           raw.at("background_from_empty_frames").truth(), raw.at("saturation").optional_number()};
  q.creep = creep_of(node.at("creep"));
  const JsonNode units = node.at("units");
  q.units = {units.at("given").text(),
             number_of(units, "scale_to_mmhg"),
             units.at("source").text(),
             units.at("absolute").truth(),
             units.at("relative_sd").optional_number(),
             units.at("response_known").truth(),
             pressure_errors_of(units.at("error"))};
  return q;
}

Orientation orientation_of(const JsonNode& node) {
  return {node.at("head_end").named(head_end_named, "a head end"),
          node.at("view").named(view_named, "a view"),
          node.at("source").text() == "inferred",
          number_of(node, "confidence"),
          number_of(node, "head_end_confidence"),
          number_of(node, "view_confidence"),
          node.at("view_source").named(view_source_named, "given, labels or unknown")};
}

Movement movement_of(const JsonNode& node) {
  const JsonNode share = node.at("share");
  return {node.at("shifts").integer(),        node.at("shifts_per_h").optional_number(),
          number_of(node, "longest_still_s"), number_of(share, "supine"),
          number_of(share, "prone"),          number_of(share, "left"),
          number_of(share, "right")};
}

BodyFit body_of(const JsonNode& bout) {
  BodyFit body;
  const JsonNode fit = bout.at("body");
  body.status = fit.at("status").named(fit_status_named, "a fit status");
  body.residual = number_of(fit, "residual");
  body.iterations = fit.at("iterations").integer();
  const std::vector<JsonNode> axis = fit.at("axis").items();
  if (axis.size() != 2) fit.fail("axis", fmt::format("{} values", axis.size()), "two values");
  body.axis = {axis[0].number(), axis[1].number()};
  body.note = fit.at("note").text();
  for (const auto& [name, node] : bout.at("landmarks").entries()) {
    const std::optional<Landmark> landmark = landmark_named(name);
    if (!landmark) node.fail("", name, "a landmark's name");
    const std::vector<JsonNode> c = node.at("covariance_mm2").items();
    if (c.size() != 3) node.fail("covariance_mm2", "", "three values");
    LandmarkEstimate estimate;
    estimate.position_m = {mm_of(node, "x_mm"), mm_of(node, "y_mm")};
    estimate.covariance_m2 << c[0].number(), c[1].number(), c[1].number(), c[2].number();
    estimate.covariance_m2 *= m_per_mm * m_per_mm;
    body.at(*landmark) = estimate;
  }
  return body;
}

SpineFit spine_of(const JsonNode& node) {
  SpineFit spine;
  spine.status = node.at("status").named(fit_status_named, "a fit status");
  spine.plane = node.at("plane").named(plane_named, "frontal or sagittal");
  spine.basis = node.at("basis").named(basis_named, "curve, preset or none");
  spine.note = node.at("note").text();
  for (const JsonNode& l : node.at("levels").items()) {
    spine.levels.push_back({l.at("level").text(), mm_of(l, "x_mm"), mm_of(l, "y_mm"),
                            mm_of(l, "z_mm"), mm_of(l, "sd_mm"), mm_of(l, "neutral_z_mm")});
  }
  for (const auto& [name, metric] : node.at("metrics").entries()) {
    spine.metrics[name] = estimate_of(metric);
  }
  return spine;
}

PressureSummary pressure_of(const JsonNode& node) {
  PressureSummary p;
  p.mean_pa = pa_of(node, "mean_mmhg");
  p.peak_pa = pa_of(node, "peak_mmhg");
  p.contact_m2 = number_of(node, "contact_cm2") * m2_per_cm2;
  p.cv = number_of(node, "cv");
  p.load_n = number_of(node, "load_n");
  p.threshold_pa = pa_of(node, "threshold_mmhg");
  for (const auto& [name, share] : node.at("regions").entries()) {
    p.region_load_share[name] = share.number();
  }
  p.mean_sd_pa = optional_pa_of(node, "mean_mmhg_sd");
  p.peak_sd_pa = optional_pa_of(node, "peak_mmhg_sd");
  return p;
}

Hotspot hotspot_of(const JsonNode& node) {
  Hotspot h;
  h.site = node.at("site").text();
  h.position_m = {mm_of(node, "x_mm"), mm_of(node, "y_mm")};
  h.sd_m = mm_of(node, "sd_mm");
  h.peak_pa = pa_of(node, "peak_mmhg");
  h.ppi_pa = pa_of(node, "ppi_mmhg");
  h.ppi_area_m2 = number_of(node, "ppi_area_cm2") * m2_per_cm2;
  h.area_m2 = number_of(node, "area_cm2") * m2_per_cm2;
  h.gradient_pa_per_m = pa_of(node, "gradient_mmhg_per_cm") * cm_per_m;
  h.dose_pa_s = pa_of(node, "dose_mmhg_s");
  h.duration_s = number_of(node, "duration_s");
  h.peak_sd_pa = optional_pa_of(node, "peak_mmhg_sd");
  h.ppi_sd_pa = optional_pa_of(node, "ppi_mmhg_sd");
  return h;
}

BoutResult bout_of(const JsonNode& node) {
  BoutResult b;
  b.bout.start_s = number_of(node, "start_s");
  b.bout.end_s = number_of(node, "end_s");
  b.bout.first_frame = node.at("first_frame").count();
  b.bout.last_frame = node.at("last_frame").count();
  b.bout.posture = node.at("posture").named(posture_named, "a posture");
  b.bout.confidence = number_of(node, "confidence");
  b.bout.reason = node.at("reason").text();
  for (std::size_t i = 0; i < posture_count; ++i) {
    const std::string name(name_of(static_cast<Posture>(i)));
    b.bout.probabilities[i] = number_of(node.at("probabilities"), name.c_str());
  }
  b.body = body_of(node);
  b.spine = spine_of(node.at("spine"));
  b.pressure = pressure_of(node.at("pressure"));
  for (const JsonNode& h : node.at("hotspots").items()) b.hotspots.push_back(hotspot_of(h));
  b.fit = fit_of(node.at("fit"));
  return b;
}

MatDescription mat_of(const JsonNode& node) {
  MatDescription mat;
  mat.model = node.at("model").text();
  mat.geometry = {node.at("rows").integer(), node.at("cols").integer(), mm_of(node, "row_pitch_mm"),
                  mm_of(node, "col_pitch_mm")};
  mat.head_end = node.at("head_end").named(head_end_named, "a head end");
  mat.view = node.at("view").named(view_named, "a view");
  mat.geometry_source = text_or_empty(node, "geometry_source");
  mat.orientation_source = text_or_empty(node, "orientation_source");
  mat.pitch_sd_m = optional_of(node, "pitch_sd_mm", m_per_mm);
  mat.full_scale = optional_of(node, "full_scale");
  mat.profile = text_or_empty(node, "profile");
  return mat;
}

Subject subject_of(const JsonNode& node) {
  Subject s;
  s.id = node.at("id").text();
  if (node.has("sex")) s.sex = node.at("sex").text() == "female" ? Sex::female : Sex::male;
  s.age_years = optional_of(node, "age_years");
  s.stature_m = optional_of(node, "stature_cm", 1e-2);
  s.mass_kg = optional_of(node, "mass_kg");
  s.shoulder_breadth_m = optional_of(node, "shoulder_breadth_mm", m_per_mm);
  s.waist_breadth_m = optional_of(node, "waist_breadth_mm", m_per_mm);
  s.hip_breadth_m = optional_of(node, "hip_breadth_mm", m_per_mm);
  if (node.has("usual_position")) {
    s.usual_position = node.at("usual_position").named(posture_named, "a posture");
  }
  if (node.has("pregnant")) s.pregnant = node.at("pregnant").truth();
  using Texts = std::vector<std::string>;
  if (node.has("pain_sites")) s.pain_sites = node.at("pain_sites").as<Texts>("a list of texts");
  s.pain_pattern = text_or_empty(node, "pain_pattern");
  if (node.has("symptoms")) s.symptoms = node.at("symptoms").as<Texts>("a list of texts");
  s.pillow_height_m = optional_of(node, "pillow_height_mm", m_per_mm);
  return s;
}

Mattress mattress_of(const JsonNode& node) {
  Mattress m;
  m.id = node.at("id").text();
  m.name = text_or_empty(node, "name");
  m.firmness = optional_of(node, "firmness");
  m.thickness_m = optional_of(node, "thickness_mm", m_per_mm);
  m.age_years = optional_of(node, "age_years");
  m.material = text_or_empty(node, "material");
  if (node.has("curve_mm_kpa")) {
    for (const JsonNode& point : node.at("curve_mm_kpa").items()) {
      const std::vector<JsonNode> pair = point.items();
      if (pair.size() != 2) point.fail("", "", "indentation and pressure");
      m.curve.push_back({pair[0].number() * m_per_mm, pair[1].number() * pa_per_kpa});
    }
    m.curve_kind = node.at("curve_kind").named(curve_kind_named, "a curve kind");
  }
  m.shear_n_per_m = optional_of(node, "shear_kn_per_m", 1e3);
  return m;
}

}  // namespace

RecordingResult result_from_json(const ordered_json& document, const std::string& file) {
  const JsonNode root(document, file, "");
  if (!root.has("schema") || root.at("schema").text() != "matfit-result") {
    throw InputError({file, "key schema", "", "\"matfit-result\"", "name a result of matfit"});
  }
  if (root.at("schema_version").integer() != 1) {
    throw InputError({file, "key schema_version", document["schema_version"].dump(), "1",
                      "use the version of matfit that wrote it"});
  }
  RecordingResult r;
  r.recording_id = root.at("recording_id").text();
  r.subject_id = root.at("subject_id").text();
  r.mattress_id = root.at("mattress_id").text();
  r.condition = text_or_empty(root, "condition");
  r.duration_s = number_of(root, "duration_s");
  r.frames = root.at("frames").count();
  r.input_path = root.at("input").at("path").text();
  r.input_format = root.at("input").at("format").text();
  r.input_sha256 = root.at("input").at("sha256").text();
  r.mat = mat_of(root.at("mat"));
  if (root.has("subject")) r.subject = subject_of(root.at("subject"));
  if (root.has("mattress")) r.mattress = mattress_of(root.at("mattress"));
  r.quality = quality_of(root.at("quality"));
  r.orientation = orientation_of(root.at("quality").at("orientation"));
  r.movement = movement_of(root.at("movement"));
  for (const JsonNode& b : root.at("bouts").items()) r.bouts.push_back(bout_of(b));
  r.fit = fit_of(root.at("fit"));
  r.advice = advice_of(root.at("advice"));
  r.referral = advice_of(root.at("referral"));
  return r;
}

RecordingResult as_stored(const RecordingResult& result) {
  RecordingResult out = result_from_json(json_from_result(result), result.recording_id);
  for (std::size_t i = 0; i < out.bouts.size(); ++i) {
    const PressureField& from = result.bouts[i].field;
    PressureField& to = out.bouts[i].field;
    if (from.pressure_pa.size() == 0) continue;
    to.geometry = out.mat.geometry;
    to.orientation = out.orientation;
    to.absolute = out.quality.units.absolute;
    const auto single = [](const Eigen::ArrayXXd& pa) -> Eigen::ArrayXXd {
      return (pa / pa_per_mmhg).cast<float>().cast<double>() * pa_per_mmhg;
    };
    to.pressure_pa = single(from.pressure_pa);
    to.sd_pa = single(from.sd_pa);
    to.repaired = from.repaired;
  }
  return out;
}

}  // namespace matfit
