#include "made_up_bout.hpp"

#include "stages/score/assess.hpp"
#include "support/datasets.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace matfit::test {

namespace {

constexpr double mean_pa = 3000.0;

Hotspot hotspot(const std::string& site, double times_the_mean) {
  Hotspot spot;
  spot.site = site;
  spot.ppi_pa = times_the_mean * mean_pa;
  spot.peak_pa = 1.1 * spot.ppi_pa;
  spot.ppi_area_m2 = 0.00095;
  return spot;
}

BoutResult lying_bout(Posture posture) {
  BoutResult bout;
  bout.bout.posture = posture;
  bout.bout.confidence = 0.99;
  bout.bout.end_s = 600.0;
  bout.body.status = FitStatus::converged;
  bout.spine.status = FitStatus::converged;
  bout.spine.basis = SpineBasis::curve;
  bout.pressure.mean_pa = mean_pa;
  bout.pressure.peak_pa = 3.0 * mean_pa;
  bout.pressure.contact_m2 = 0.30;
  bout.pressure.load_n = 750.0;
  bout.pressure.region_load_share = {{"lumbar", 0.14}, {"pelvis", 0.35}};
  return bout;
}

}  // namespace

const Guidance& shipped_guidance() {
  static const Guidance guidance = load_guidance(project_folder() / "calibration");
  return guidance;
}

BoutResult straight_side_bout() {
  BoutResult bout = lying_bout(Posture::left);
  bout.spine.plane = SpinePlane::frontal;
  bout.spine.metrics = {{"tilt_deg", gaussian_estimate(0.2, 0.2)},
                        {"thoracolumbar_angle_deg", gaussian_estimate(-0.2, 0.2)},
                        {"thorax_sink_mm", gaussian_estimate(60.0, 2.0)},
                        {"pelvis_sink_mm", gaussian_estimate(50.0, 2.0)},
                        {"shoulder_hip_twist_deg", gaussian_estimate(2.0, 1.0)}};
  bout.hotspots = {hotspot("left_hip", 1.7), hotspot("left_shoulder", 1.6)};
  return bout;
}

BoutResult even_back_bout() {
  BoutResult bout = lying_bout(Posture::supine);
  bout.spine.metrics = {{"lordosis_depth_change_mm", gaussian_estimate(1.0, 1.0)},
                        {"lordosis_angle_change_deg", gaussian_estimate(1.0, 0.5)},
                        {"thorax_sink_mm", gaussian_estimate(40.0, 2.0)},
                        {"lumbar_sink_mm", gaussian_estimate(25.0, 3.0)},
                        {"pelvis_sink_mm", gaussian_estimate(42.0, 2.0)},
                        {"shoulder_hip_twist_deg", gaussian_estimate(2.0, 1.0)}};
  bout.hotspots = {hotspot("sacrum", 1.6), hotspot("left_shoulder", 1.3),
                   hotspot("right_shoulder", 1.2), hotspot("right_heel", 1.5)};
  return bout;
}

BoutResult stomach_bout(double pelvis_lower_mm) {
  BoutResult bout = even_back_bout();
  bout.bout.posture = Posture::prone;
  bout.spine.metrics["pelvis_sink_mm"] = gaussian_estimate(40.0 + pelvis_lower_mm, 3.0);
  bout.hotspots = {hotspot("left_hip", 1.5), hotspot("right_hip", 1.5)};
  return bout;
}

BoutResult mirrored_bout(const BoutResult& bout) {
  BoutResult out = bout;
  out.bout.posture = mirrored(bout.bout.posture);
  for (Hotspot& spot : out.hotspots) {
    if (spot.site.starts_with("left_")) {
      spot.site = "right_" + spot.site.substr(5);
    } else if (spot.site.starts_with("right_")) {
      spot.site = "left_" + spot.site.substr(6);
    }
  }
  for (const char* name : {"shoulder_hip_twist_deg", "midline_bend_mm"}) {
    const auto found = out.spine.metrics.find(name);
    if (found == out.spine.metrics.end()) continue;
    found->second = gaussian_estimate(-found->second.value, found->second.sd);
  }
  return out;
}

BoutResult scaled_bout(const BoutResult& bout, double factor) {
  BoutResult out = bout;
  out.pressure.mean_pa *= factor;
  out.pressure.peak_pa *= factor;
  out.pressure.load_n *= factor;
  for (Hotspot& spot : out.hotspots) {
    spot.ppi_pa *= factor;
    spot.peak_pa *= factor;
  }
  return out;
}

Quality good_quality() {
  Quality quality;
  quality.grade = Grade::a;
  quality.units = {"mmHg", 1.0, "recording", true};
  return quality;
}

Quality raw_quality() {
  Quality quality;
  quality.grade = Grade::b;
  quality.units = {"raw", 0.1, "body_weight", false};
  return quality;
}

Mattress thick_mattress() {
  Mattress mattress;
  mattress.thickness_m = 0.22;
  mattress.age_years = 3.0;
  return mattress;
}

RecordingResult assessed_recording(std::vector<BoutResult> bouts, std::optional<Subject> subject) {
  RecordingResult recording;
  recording.subject = std::move(subject);
  recording.mattress = thick_mattress();
  recording.quality = good_quality();
  double start_s = 0.0;
  for (BoutResult& bout : bouts) {
    bout.bout.start_s = start_s;
    start_s += 600.0;
    bout.bout.end_s = start_s;
    bout.fit = assess_bout(bout, recording.quality, recording.subject, recording.mattress,
                           shipped_guidance());
  }
  recording.duration_s = start_s;
  const double share = bouts.empty() ? 0.0 : 1.0 / static_cast<double>(bouts.size());
  for (const BoutResult& bout : bouts) {
    Movement& m = recording.movement;
    if (bout.bout.posture == Posture::supine) m.share_supine += share;
    if (bout.bout.posture == Posture::prone) m.share_prone += share;
    if (bout.bout.posture == Posture::left) m.share_left += share;
    if (bout.bout.posture == Posture::right) m.share_right += share;
  }
  recording.bouts = std::move(bouts);
  recording.fit = assess_recording(recording, shipped_guidance());
  return recording;
}

FitAssessment assess(const BoutResult& bout, const Quality& quality) {
  return assess_bout(bout, quality, std::nullopt, thick_mattress(), shipped_guidance());
}

bool cites(const FitAssessment& fit, std::string_view rule) {
  return std::any_of(fit.reasons.begin(), fit.reasons.end(),
                     [rule](const FitReason& reason) { return reason.rule == rule; });
}

void set_metric(BoutResult& bout, const std::string& name, double value, double sd) {
  bout.spine.metrics[name] = gaussian_estimate(value, sd);
}

void set_ppi(BoutResult& bout, double times_the_mean) {
  for (Hotspot& spot : bout.hotspots) spot.ppi_pa = times_the_mean * bout.pressure.mean_pa;
}

}  // namespace matfit::test
