#include "stages/write/context_json.hpp"
#include "stages/write/json_values.hpp"
#include "stages/write/quality_json.hpp"
#include "stages/write/result_json.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

namespace matfit {

using nlohmann::ordered_json;

namespace {

constexpr double m2_per_cm2 = 1e-4;
constexpr double cm_per_m = 1e2;

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
  // A recording's fit has none, nor have earlier results.
  if (!node.has("alignment_figures")) return fit;
  for (const JsonNode& j : node.at("alignment_figures").items()) {
    fit.alignment_figures.push_back({j.at("rule").text(), j.at("measure").text(),
                                     j.at("label").text(), estimate_of(j.at("figure")),
                                     j.at("magnitude").truth(), number_of(j, "good"),
                                     number_of(j, "fair")});
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

Movement movement_of(const JsonNode& node) {
  const JsonNode share = node.at("share");
  Movement movement{node.at("shifts").integer(),        node.at("shifts_per_h").optional_number(),
                    number_of(node, "longest_still_s"), number_of(share, "supine"),
                    number_of(share, "prone"),          number_of(share, "left"),
                    number_of(share, "right")};
  // Earlier results lack the figures on small movements.
  if (node.has("movements")) {
    movement.movements = node.at("movements").integer();
    movement.movements_per_h = node.at("movements_per_h").optional_number();
    movement.restlessness = number_of(node, "restlessness");
  }
  return movement;
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
  if (!node.has("doubts")) return spine;
  for (const JsonNode& doubt : node.at("doubts").items()) {
    spine.doubts.push_back(doubt.named(spine_doubt_named, "a doubt on the spine"));
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
  if (node.has("dose_mmhg_s_sd")) h.dose_sd_pa_s = optional_pa_of(node, "dose_mmhg_s_sd");
  return h;
}

RollEstimate roll_of(const JsonNode& node) {
  RollEstimate estimate;
  for (const Roll roll : all_rolls) {
    estimate.probability[static_cast<std::size_t>(roll)] =
        number_of(node.at("probabilities"), std::string(name_of(roll)).c_str());
  }
  const JsonNode propped = node.at("propped");
  if (!propped.is_null()) estimate.propped = propped.truth();
  const JsonNode degrees = node.at("degrees");
  if (!degrees.is_null()) estimate.roll = degrees.named(roll_named, "a roll: 0, 20-40 or 60");
  return estimate;
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
  if (node.has("roll") && !node.at("roll").is_null()) b.roll = roll_of(node.at("roll"));
  b.spine = spine_of(node.at("spine"));
  b.pressure = pressure_of(node.at("pressure"));
  for (const JsonNode& h : node.at("hotspots").items()) b.hotspots.push_back(hotspot_of(h));
  b.fit = fit_of(node.at("fit"));
  return b;
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
  if (root.has("notes")) r.notes = root.at("notes").as<std::vector<std::string>>("texts");
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
