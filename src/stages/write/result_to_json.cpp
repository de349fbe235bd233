#include "stages/write/context_json.hpp"
#include "stages/write/json_values.hpp"
#include "stages/write/quality_json.hpp"
#include "stages/write/result_json.hpp"

namespace matfit {

using nlohmann::ordered_json;

namespace {

constexpr double cm2_per_m2 = 1e4;
constexpr double m_per_cm = 1e-2;

ordered_json place_mm(double m) { return number(m * mm_per_m, 3); }
ordered_json length_mm(double m) { return number(m * mm_per_m, 2); }

ordered_json json_of(const Estimate& e) {
  return {{"value", number(e.value, 2)},
          {"sd", number(e.sd, 2)},
          {"ci95", {number(e.ci95_low, 2), number(e.ci95_high, 2)}}};
}

ordered_json json_of(const JudgedFigure& judged) {
  return {{"rule", judged.rule},           {"measure", judged.measure},
          {"label", judged.label},         {"figure", json_of(judged.figure)},
          {"magnitude", judged.magnitude}, {"good", number(judged.good, 4)},
          {"fair", number(judged.fair, 4)}};
}

ordered_json json_of(const FitAssessment& fit) {
  ordered_json reasons = ordered_json::array();
  for (const FitReason& r : fit.reasons) reasons.push_back({{"rule", r.rule}, {"text", r.text}});
  return {{"alignment", json_of(fit.alignment)}, {"pressure_relief", json_of(fit.pressure_relief)},
          {"support", json_of(fit.support)},     {"score", json_of(fit.score)},
          {"verdict", name_of(fit.verdict)},     {"reasons", reasons}};
}

ordered_json bout_fit_json(const FitAssessment& fit) {
  ordered_json out = json_of(fit);
  out["alignment_figures"] = ordered_json::array();
  for (const JudgedFigure& judged : fit.alignment_figures) {
    out["alignment_figures"].push_back(json_of(judged));
  }
  return out;
}

ordered_json json_of(const std::vector<Advice>& advice) {
  ordered_json list = ordered_json::array();
  for (const Advice& a : advice) {
    list.push_back(
        {{"rule", a.rule}, {"text", a.text}, {"source", a.source}, {"evidence", a.evidence}});
  }
  return list;
}

ordered_json json_of(const Movement& m) {
  return {{"shifts", m.shifts},
          {"shifts_per_h", m.shifts_per_h ? number(*m.shifts_per_h, 3) : ordered_json(nullptr)},
          {"longest_still_s", number(m.longest_still_s, 3)},
          {"share",
           {{"supine", number(m.share_supine, 4)},
            {"prone", number(m.share_prone, 4)},
            {"left", number(m.share_left, 4)},
            {"right", number(m.share_right, 4)}}},
          {"movements", m.movements},
          {"movements_per_h",
           m.movements_per_h ? number(*m.movements_per_h, 3) : ordered_json(nullptr)},
          {"restlessness", number(m.restlessness, 5)}};
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
  ordered_json doubts = ordered_json::array();
  for (const SpineDoubt doubt : spine.doubts) doubts.push_back(name_of(doubt));
  return {{"plane", name_of(spine.plane)},
          {"levels", levels},
          {"metrics", metrics},
          {"status", name_of(spine.status)},
          {"basis", name_of(spine.basis)},
          {"note", spine.note},
          {"doubts", doubts}};
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
          {"dose_mmhg_s_sd", optional_mmhg(h.dose_sd_pa_s)},
          {"ppi_area_cm2", number(h.ppi_area_m2 * cm2_per_m2, 3)},
          {"area_cm2", number(h.area_m2 * cm2_per_m2, 2)},
          {"gradient_mmhg_per_cm", mmhg(h.gradient_pa_per_m * m_per_cm)},
          {"dose_mmhg_s", mmhg(h.dose_pa_s)},
          {"duration_s", number(h.duration_s, 3)}};
}

ordered_json json_of(const std::optional<RollEstimate>& estimate) {
  if (!estimate) return nullptr;
  ordered_json probabilities;
  for (const Roll roll : all_rolls) {
    probabilities[std::string(name_of(roll))] =
        number(estimate->probability[static_cast<std::size_t>(roll)], 4);
  }
  return {{"propped", estimate->propped ? ordered_json(*estimate->propped) : nullptr},
          {"degrees", estimate->roll ? ordered_json(name_of(*estimate->roll)) : nullptr},
          {"probabilities", probabilities}};
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
          {"roll", json_of(b.roll)},
          {"spine", json_of(b.spine)},
          {"pressure", json_of(b.pressure)},
          {"hotspots", hotspots},
          {"fit", bout_fit_json(b.fit)}};
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
  out["notes"] = r.notes;
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
