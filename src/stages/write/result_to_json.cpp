#include "stages/write/number_text.hpp"
#include "stages/write/result_json.hpp"
#include "types/units.hpp"

#include <cmath>

namespace matfit {

using nlohmann::ordered_json;

namespace {

constexpr double mm_per_m = 1e3;
constexpr double cm2_per_m2 = 1e4;
constexpr double m_per_cm = 1e-2;

ordered_json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  return rounded(value, decimals);
}

ordered_json mmhg(double pa) { return number(pa / pa_per_mmhg, 2); }

ordered_json optional_number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : ordered_json(nullptr);
}

ordered_json optional_mmhg(const std::optional<double>& pa) {
  return pa ? mmhg(*pa) : ordered_json(nullptr);
}

ordered_json json_of(const std::vector<PressureError>& errors) {
  ordered_json list = ordered_json::array();
  for (const PressureError& e : errors) {
    list.push_back({{"pressure_mmhg", number(e.pressure_pa / pa_per_mmhg, 4)},
                    {"relative_sd", number(e.relative_sd, 4)}});
  }
  return list;
}
ordered_json place_mm(double m) { return number(m * mm_per_m, 3); }
ordered_json length_mm(double m) { return number(m * mm_per_m, 2); }

template <typename T>
void set_if(ordered_json& object, const char* key, const std::optional<T>& value,
            double factor = 1.0, int decimals = 3) {
  if (value) object[key] = number(static_cast<double>(*value) * factor, decimals);
}

void set_if(ordered_json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

ordered_json json_of(const Estimate& e) {
  return {{"value", number(e.value, 2)},
          {"sd", number(e.sd, 2)},
          {"ci95", {number(e.ci95_low, 2), number(e.ci95_high, 2)}}};
}

ordered_json json_of(const FitAssessment& fit) {
  ordered_json reasons = ordered_json::array();
  for (const FitReason& r : fit.reasons) reasons.push_back({{"rule", r.rule}, {"text", r.text}});
  return {{"alignment", json_of(fit.alignment)}, {"pressure_relief", json_of(fit.pressure_relief)},
          {"support", json_of(fit.support)},     {"score", json_of(fit.score)},
          {"verdict", name_of(fit.verdict)},     {"reasons", reasons}};
}

ordered_json json_of(const std::vector<Advice>& advice) {
  ordered_json list = ordered_json::array();
  for (const Advice& a : advice) {
    list.push_back(
        {{"rule", a.rule}, {"text", a.text}, {"source", a.source}, {"evidence", a.evidence}});
  }
  return list;
}

// Shares of the value after one second, for each factor ten in time.
ordered_json json_of(const CreepFigures& creep) {
  const auto moment = [](const std::optional<double>& time_s) {
    return time_s ? number(*time_s, 3) : ordered_json(nullptr);
  };
  return {{"kind", name_of(creep.kind)},
          {"rate_per_decade", number(creep.rate_per_decade.value, 6)},
          {"sd", number(creep.rate_per_decade.sd, 6)},
          {"spread_per_decade", number(creep.spread_per_decade.value, 6)},
          {"spread_sd", number(creep.spread_per_decade.sd, 6)},
          {"lying_since_s", moment(creep.lying_since_s)},
          {"readable_from_s", moment(creep.readable_from_s)},
          {"load_growth_at_end", number(creep.load_growth_at_end, 6)},
          {"contact_growth_at_end", number(creep.contact_growth_at_end, 6)},
          {"compensated", creep.compensated}};
}

ordered_json json_of(const Quality& q, const Orientation& orientation) {
  ordered_json reasons = ordered_json::array();
  for (const QualityReason& r : q.reasons) {
    reasons.push_back({{"code", r.code},
                       {"text", r.text},
                       {"effect", r.effect},
                       {"cap", std::string(1, static_cast<char>(r.cap))}});
  }
  ordered_json invalid = ordered_json::array();
  for (const InvalidFrame& f : q.invalid) {
    invalid.push_back({{"frame", f.frame}, {"reason", f.reason}});
  }
  return {
      {"grade", std::string(1, static_cast<char>(q.grade))},
      {"reasons", reasons},
      {"load_over_weight",
       q.load_over_weight ? number(*q.load_over_weight, 4) : ordered_json(nullptr)},
      {"dead_cells", q.dead_cells},
      {"dead_rows", q.dead_rows},
      {"dead_cols", q.dead_cols},
      {"hot_cells", q.hot_cells},
      {"saturated_share", number(q.saturated_share, 6)},
      {"invalid_frames", q.invalid_frames},
      {"invalid", invalid},
      {"raw",
       {{"background", number(q.raw.background, 4)},
        {"noise", number(q.raw.noise, 4)},
        {"background_from_empty_frames", q.raw.background_from_empty_frames},
        {"saturation", q.raw.saturation ? number(*q.raw.saturation, 4) : ordered_json(nullptr)}}},
      {"creep", json_of(q.creep)},
      {"orientation",
       {{"head_end", name_of(orientation.head_end)},
        {"view", name_of(orientation.view)},
        {"source", orientation.inferred || !orientation.known() ? "inferred" : "given"},
        {"confidence", number(orientation.confidence, 4)},
        {"head_end_confidence", number(orientation.head_end_confidence, 4)},
        {"view_confidence", number(orientation.view_confidence, 4)},
        {"view_source", name_of(orientation.view_source)}}},
      {"units",
       {{"given", q.units.given},
        {"scale_to_mmhg", number(q.units.scale_to_mmhg, 8)},
        {"source", q.units.source},
        {"absolute", q.units.absolute},
        {"relative_sd", optional_number(q.units.relative_sd, 4)},
        {"response_known", q.units.response_known},
        {"error", json_of(q.units.error)}}}};
}

ordered_json json_of(const Movement& m) {
  return {{"shifts", m.shifts},
          {"shifts_per_h", m.shifts_per_h ? number(*m.shifts_per_h, 3) : ordered_json(nullptr)},
          {"longest_still_s", number(m.longest_still_s, 3)},
          {"share",
           {{"supine", number(m.share_supine, 4)},
            {"prone", number(m.share_prone, 4)},
            {"left", number(m.share_left, 4)},
            {"right", number(m.share_right, 4)}}}};
}

ordered_json landmarks_json(const BodyFit& body) {
  ordered_json landmarks = ordered_json::object();
  for (std::size_t i = 0; i < landmark_count; ++i) {
    const auto& estimate = body.landmarks[i];
    if (!estimate) continue;
    const Eigen::Matrix2d c = estimate->covariance_m2 * mm_per_m * mm_per_m;
    landmarks[std::string(name_of(static_cast<Landmark>(i)))] = {
        {"x_mm", place_mm(estimate->position_m.x())},
        {"y_mm", place_mm(estimate->position_m.y())},
        {"sd_mm", length_mm(estimate->sd_m())},
        {"covariance_mm2", {number(c(0, 0), 4), number(c(0, 1), 4), number(c(1, 1), 4)}}};
  }
  return landmarks;
}

ordered_json body_json(const BodyFit& body) {
  return {{"status", name_of(body.status)},
          {"residual", number(body.residual, 4)},
          {"iterations", body.iterations},
          {"axis", {number(body.axis.x(), 6), number(body.axis.y(), 6)}},
          {"note", body.note}};
}

ordered_json json_of(const SpineFit& spine) {
  ordered_json levels = ordered_json::array();
  for (const SpineLevel& l : spine.levels) {
    levels.push_back({{"level", l.level},
                      {"x_mm", place_mm(l.x_m)},
                      {"y_mm", place_mm(l.y_m)},
                      {"z_mm", length_mm(l.z_m)},
                      {"sd_mm", length_mm(l.sd_m)},
                      {"neutral_z_mm", length_mm(l.neutral_z_m)}});
  }
  ordered_json metrics = ordered_json::object();
  for (const auto& [name, estimate] : spine.metrics) metrics[name] = json_of(estimate);
  return {{"plane", name_of(spine.plane)},
          {"levels", levels},
          {"metrics", metrics},
          {"status", name_of(spine.status)},
          {"basis", name_of(spine.basis)},
          {"note", spine.note}};
}

ordered_json json_of(const PressureSummary& p) {
  ordered_json regions = ordered_json::object();
  for (const auto& [name, share] : p.region_load_share) regions[name] = number(share, 4);
  return {{"mean_mmhg", mmhg(p.mean_pa)},
          {"peak_mmhg", mmhg(p.peak_pa)},
          {"contact_cm2", number(p.contact_m2 * cm2_per_m2, 2)},
          {"cv", number(p.cv, 4)},
          {"load_n", number(p.load_n, 2)},
          {"threshold_mmhg", mmhg(p.threshold_pa)},
          {"regions", regions},
          {"mean_mmhg_sd", optional_mmhg(p.mean_sd_pa)},
          {"peak_mmhg_sd", optional_mmhg(p.peak_sd_pa)}};
}

ordered_json json_of(const Hotspot& h) {
  return {{"site", h.site},
          {"x_mm", place_mm(h.position_m.x())},
          {"y_mm", place_mm(h.position_m.y())},
          {"sd_mm", length_mm(h.sd_m)},
          {"peak_mmhg", mmhg(h.peak_pa)},
          {"ppi_mmhg", mmhg(h.ppi_pa)},
          {"peak_mmhg_sd", optional_mmhg(h.peak_sd_pa)},
          {"ppi_mmhg_sd", optional_mmhg(h.ppi_sd_pa)},
          {"ppi_area_cm2", number(h.ppi_area_m2 * cm2_per_m2, 3)},
          {"area_cm2", number(h.area_m2 * cm2_per_m2, 2)},
          {"gradient_mmhg_per_cm", mmhg(h.gradient_pa_per_m * m_per_cm)},
          {"dose_mmhg_s", mmhg(h.dose_pa_s)},
          {"duration_s", number(h.duration_s, 3)}};
}

ordered_json json_of(const BoutResult& b) {
  ordered_json probabilities = ordered_json::object();
  for (std::size_t i = 0; i < posture_count; ++i) {
    probabilities[std::string(name_of(static_cast<Posture>(i)))] =
        number(b.bout.probabilities[i], 4);
  }
  ordered_json hotspots = ordered_json::array();
  for (const Hotspot& h : b.hotspots) hotspots.push_back(json_of(h));
  return {{"start_s", number(b.bout.start_s, 3)},
          {"end_s", number(b.bout.end_s, 3)},
          {"first_frame", b.bout.first_frame},
          {"last_frame", b.bout.last_frame},
          {"posture", name_of(b.bout.posture)},
          {"confidence", number(b.bout.confidence, 4)},
          {"probabilities", probabilities},
          {"reason", b.bout.reason},
          {"landmarks", landmarks_json(b.body)},
          {"body", body_json(b.body)},
          {"spine", json_of(b.spine)},
          {"pressure", json_of(b.pressure)},
          {"hotspots", hotspots},
          {"fit", json_of(b.fit)}};
}

ordered_json json_of(const MatDescription& mat) {
  ordered_json out = {{"model", mat.model},
                      {"rows", mat.geometry.rows},
                      {"cols", mat.geometry.cols},
                      {"row_pitch_mm", number(mat.geometry.row_pitch_m * mm_per_m, 5)},
                      {"col_pitch_mm", number(mat.geometry.col_pitch_m * mm_per_m, 5)},
                      {"head_end", name_of(mat.head_end)},
                      {"view", name_of(mat.view)}};
  set_if(out, "geometry_source", mat.geometry_source);
  set_if(out, "orientation_source", mat.orientation_source);
  set_if(out, "pitch_sd_mm", mat.pitch_sd_m, mm_per_m, 5);
  set_if(out, "full_scale", mat.full_scale, 1.0, 6);
  set_if(out, "profile", mat.profile);
  return out;
}

ordered_json json_of(const Subject& s) {
  ordered_json out = {{"id", s.id}};
  if (s.sex) out["sex"] = *s.sex == Sex::female ? "female" : "male";
  set_if(out, "age_years", s.age_years);
  set_if(out, "stature_cm", s.stature_m, 100.0);
  set_if(out, "mass_kg", s.mass_kg);
  set_if(out, "shoulder_breadth_mm", s.shoulder_breadth_m, mm_per_m);
  set_if(out, "waist_breadth_mm", s.waist_breadth_m, mm_per_m);
  set_if(out, "hip_breadth_mm", s.hip_breadth_m, mm_per_m);
  if (s.usual_position) out["usual_position"] = name_of(*s.usual_position);
  if (s.pregnant) out["pregnant"] = *s.pregnant;
  if (!s.pain_sites.empty()) out["pain_sites"] = s.pain_sites;
  set_if(out, "pain_pattern", s.pain_pattern);
  if (!s.symptoms.empty()) out["symptoms"] = s.symptoms;
  set_if(out, "pillow_height_mm", s.pillow_height_m, mm_per_m);
  return out;
}

ordered_json json_of(const Mattress& m) {
  ordered_json out = {{"id", m.id}};
  set_if(out, "name", m.name);
  set_if(out, "firmness", m.firmness);
  set_if(out, "thickness_mm", m.thickness_m, mm_per_m);
  set_if(out, "age_years", m.age_years);
  set_if(out, "material", m.material);
  if (!m.curve.empty()) {
    ordered_json curve = ordered_json::array();
    for (const CurvePoint& p : m.curve) {
      curve.push_back(
          {number(p.indentation_m * mm_per_m, 4), number(p.pressure_pa / pa_per_kpa, 6)});
    }
    out["curve_mm_kpa"] = curve;
    out["curve_kind"] = name_of(m.curve_kind);
  }
  set_if(out, "shear_kn_per_m", m.shear_n_per_m, 1e-3, 6);
  return out;
}

}  // namespace

ordered_json json_from_result(const RecordingResult& r) {
  ordered_json bouts = ordered_json::array();
  for (const BoutResult& b : r.bouts) bouts.push_back(json_of(b));
  ordered_json out = {{"schema", "matfit-result"},
                      {"schema_version", 1},
                      {"recording_id", r.recording_id},
                      {"subject_id", r.subject_id},
                      {"mattress_id", r.mattress_id},
                      {"duration_s", number(r.duration_s, 3)},
                      {"frames", r.frames}};
  set_if(out, "condition", r.condition);
  out["input"] = {{"path", r.input_path}, {"format", r.input_format}, {"sha256", r.input_sha256}};
  out["mat"] = json_of(r.mat);
  if (r.subject) out["subject"] = json_of(*r.subject);
  if (r.mattress) out["mattress"] = json_of(*r.mattress);
  out["quality"] = json_of(r.quality, r.orientation);
  out["movement"] = json_of(r.movement);
  out["bouts"] = bouts;
  out["fit"] = json_of(r.fit);
  out["advice"] = json_of(r.advice);
  out["referral"] = json_of(r.referral);
  return out;
}

}  // namespace matfit
