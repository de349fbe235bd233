#include "unit/write/sample_results.hpp"

#include "types/units.hpp"

#include <array>
#include <cmath>

namespace matfit::test {

namespace {

constexpr MatGeometry geometry{64, 32, 0.0285, 0.0254};

struct Bump {
  double x, y;    // body frame, m
  double sx, sy;  // m
  double mmhg;
};

std::vector<Bump> bumps_of(Posture posture) {
  const double mid = 0.5 * geometry.width_m();
  if (is_side(posture)) {
    const double f = posture == Posture::left ? 1.0 : -1.0;
    return {{mid, 0.18, 0.05, 0.06, 32},
            {mid - 0.02 * f, 0.42, 0.07, 0.07, 62},
            {mid - 0.02 * f, 0.62, 0.06, 0.12, 24},
            {mid - 0.01 * f, 0.90, 0.08, 0.10, 71},
            {mid + 0.08 * f, 1.20, 0.06, 0.16, 30},
            {mid + 0.02 * f, 1.50, 0.04, 0.12, 22}};
  }
  return {{mid, 0.16, 0.05, 0.05, 40},        {mid - 0.12, 0.42, 0.06, 0.07, 44},
          {mid + 0.12, 0.42, 0.06, 0.07, 41}, {mid, 0.62, 0.10, 0.12, 18},
          {mid - 0.07, 0.90, 0.07, 0.08, 58}, {mid + 0.07, 0.90, 0.07, 0.08, 55},
          {mid - 0.08, 1.30, 0.05, 0.16, 20}, {mid + 0.08, 1.30, 0.05, 0.16, 19},
          {mid - 0.09, 1.66, 0.02, 0.02, 66}, {mid + 0.09, 1.66, 0.02, 0.02, 61}};
}

Eigen::ArrayXXd map_mmhg(Posture posture) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(geometry.rows, geometry.cols);
  for (int row = 0; row < geometry.rows; ++row) {
    for (int col = 0; col < geometry.cols; ++col) {
      const double x = (col + 0.5) * geometry.col_pitch_m;
      const double y = (row + 0.5) * geometry.row_pitch_m;
      for (const Bump& b : bumps_of(posture)) {
        map(row, col) +=
            b.mmhg *
            std::exp(-0.5 * (std::pow((x - b.x) / b.sx, 2) + std::pow((y - b.y) / b.sy, 2)));
      }
      if (map(row, col) < 1.0) map(row, col) = 0.0;
    }
  }
  return map;
}

LandmarkEstimate landmark(double x, double y, double sx, double sy, const Orientation& o) {
  LandmarkEstimate l;
  l.position_m = recording_from_canonical(Eigen::Vector2d(x, y), geometry, o);
  const Eigen::Vector2d ex =
      recording_from_canonical(Eigen::Vector2d(x + 1.0, y), geometry, o) - l.position_m;
  const Eigen::Vector2d ey =
      recording_from_canonical(Eigen::Vector2d(x, y + 1.0), geometry, o) - l.position_m;
  l.covariance_m2 = sx * sx * ex * ex.transpose() + sy * sy * ey * ey.transpose();
  return l;
}

BodyFit body_of(Posture posture, const Orientation& o) {
  const double mid = 0.5 * geometry.width_m();
  const auto put = [&](double x, double y) { return landmark(x, y, 0.012, 0.02, o); };
  BodyFit body;
  body.status = FitStatus::converged;
  body.residual = 1.1;
  body.iterations = 12;
  body.at(Landmark::head) = put(mid, 0.16);
  body.at(Landmark::lumbar) = put(mid, 0.72);
  body.at(Landmark::pelvis) = put(mid, 0.9);
  const double side = posture == Posture::prone ? -1.0 : 1.0;  // the person's right is at low x
  if (posture != Posture::left) body.at(Landmark::right_shoulder) = put(mid - 0.13 * side, 0.42);
  if (posture != Posture::right) body.at(Landmark::left_shoulder) = put(mid + 0.13 * side, 0.42);
  if (!is_side(posture)) {
    body.at(Landmark::right_heel) = put(mid - 0.09 * side, 1.66);
    body.at(Landmark::left_heel) = put(mid + 0.09 * side, 1.66);
  }
  return body;
}

SpineFit spine_of(Posture posture, SpineBasis basis, const Orientation& o) {
  SpineFit spine;
  spine.status = FitStatus::converged;
  spine.plane = is_side(posture) ? SpinePlane::frontal : SpinePlane::sagittal;
  spine.basis = basis;
  static const std::array<const char*, 19> names = {"C7", "T1", "T2", "T3",  "T4",  "T5",  "T6",
                                                    "T7", "T8", "T9", "T10", "T11", "T12", "L1",
                                                    "L2", "L3", "L4", "L5",  "S1"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double t = static_cast<double>(i) / 18.0;
    const Eigen::Vector2d p = recording_from_canonical(
        Eigen::Vector2d(0.5 * geometry.width_m() + 0.012 * std::sin(3.0 * t), 0.34 + 0.5 * t),
        geometry, o);
    SpineLevel level{names[i], p.x(), p.y()};
    if (basis != SpineBasis::none) {
      const double bend =
          is_side(posture) ? -0.014 * std::sin(pi * t) - 0.008 * t : 0.02 * std::sin(2.0 * pi * t);
      level.z_m = (is_side(posture) ? 0.11 : 0.02) + bend;
    }
    level.sd_m = basis == SpineBasis::curve ? 0.004 + 0.004 * t : 0.009;
    spine.levels.push_back(level);
  }
  spine.metrics["midline_bend_mm"] = gaussian_estimate(4.1, 3.2);
  spine.metrics["shoulder_hip_twist_deg"] = gaussian_estimate(-1.8, 2.0);
  if (basis == SpineBasis::none) return spine;
  if (is_side(posture)) {
    spine.metrics["tilt_deg"] = gaussian_estimate(1.4, 0.9);
    spine.metrics["rms_deviation_mm"] = gaussian_estimate(5.2, 2.1);
    spine.metrics["max_deviation_mm"] = gaussian_estimate(11.0, 4.2);
    spine.metrics["thoracolumbar_angle_deg"] = gaussian_estimate(3.4, 1.6);
  } else {
    spine.metrics["thorax_sink_mm"] = gaussian_estimate(28.0, 4.0);
    spine.metrics["pelvis_sink_mm"] = gaussian_estimate(41.0, 5.0);
    spine.metrics["lordosis_depth_change_mm"] = gaussian_estimate(-4.0, 6.0);
  }
  return spine;
}

std::vector<Hotspot> hotspots_of(Posture posture, const Orientation& o) {
  const std::vector<Bump> bumps = bumps_of(posture);
  const auto spot = [&](const char* site, const Bump& b) {
    Hotspot h;
    h.site = site;
    h.position_m = recording_from_canonical(Eigen::Vector2d(b.x, b.y), geometry, o);
    h.sd_m = 0.004;
    h.peak_pa = b.mmhg * pa_per_mmhg;
    h.ppi_pa = 0.93 * h.peak_pa;
    h.ppi_area_m2 = 9.4e-4;
    h.area_m2 = 62e-4;
    h.gradient_pa_per_m = 8.2 * pa_per_mmhg * 100.0;
    h.dose_pa_s = 412.0 * pa_per_mmhg;
    h.peak_sd_pa = 0.4 * h.peak_pa;
    h.ppi_sd_pa = 0.3 * h.ppi_pa;
    h.dose_sd_pa_s = 96.0 * pa_per_mmhg;
    h.duration_s = 118.0;
    return h;
  };
  if (posture == Posture::left) {
    return {spot("left_hip", bumps[3]), spot("left_shoulder", bumps[1]), spot("head", bumps[0])};
  }
  if (posture == Posture::right) {
    return {spot("right_hip", bumps[3]), spot("right_shoulder", bumps[1])};
  }
  return {spot("right_heel", bumps[8]), spot("left_heel", bumps[9]), spot("sacrum", bumps[4]),
          spot("right_scapula", bumps[1]), spot("head", bumps[0])};
}

FitAssessment fit_of(Verdict verdict, double score) {
  FitAssessment fit;
  fit.alignment = {score + 6.0, 7.0, score - 8.0, score + 20.0};
  fit.pressure_relief = {score - 5.0, 5.0, score - 15.0, score + 5.0};
  fit.support = {score, 6.0, score - 12.0, score + 12.0};
  fit.score = {score, 5.0, score - 10.0, score + 10.0};
  fit.verdict = verdict;
  fit.reasons = {{"M1",
                  "Side sleepers do well on a softer mattress, and the shoulder sinks in far "
                  "enough here."},
                 {"T3", "The spine's tilt of 1.4 degrees is within the good range."}};
  return fit;
}

BoutResult bout_of(Posture posture, double start_s, double end_s, SpineBasis basis,
                   const Orientation& o) {
  BoutResult b;
  b.bout = {static_cast<std::size_t>(start_s),
            static_cast<std::size_t>(end_s),
            start_s,
            end_s,
            posture,
            0.987,
            {},
            ""};
  b.bout.probabilities[static_cast<std::size_t>(posture)] = 0.987;
  b.bout.probabilities[0] = 0.013;
  b.field.geometry = geometry;
  b.field.orientation = o;
  b.field.absolute = true;
  b.field.pressure_pa = recording_from_canonical(map_mmhg(posture), o) * pa_per_mmhg;
  b.field.sd_pa = 0.05 * b.field.pressure_pa;
  b.field.repaired.setConstant(geometry.rows, geometry.cols, false);
  b.field.repaired(3, 4) = true;
  b.body = body_of(posture, o);
  if (is_side(posture)) b.roll = {{0.1, 0.75, 0.15}, true, Roll::low};
  b.spine = spine_of(posture, basis, o);
  if (is_side(posture)) b.spine.doubts = {SpineDoubt::body_rolled};
  b.pressure = {
      31.2 * pa_per_mmhg,
      b.field.pressure_pa.maxCoeff(),
      0.2312,
      0.61,
      702.0,
      5.0 * pa_per_mmhg,
      {{"head", 0.08}, {"shoulders", 0.24}, {"lumbar", 0.12}, {"pelvis", 0.36}, {"legs", 0.20}}};
  b.pressure.mean_sd_pa = 0.15 * b.pressure.mean_pa;
  b.pressure.peak_sd_pa = 0.4 * b.pressure.peak_pa;
  b.hotspots = hotspots_of(posture, o);
  b.fit = fit_of(Verdict::right, 74.0);
  for (const char* measure : {"tilt_deg", "thoracolumbar_angle_deg", "lordosis_depth_change_mm"}) {
    const auto metric = b.spine.metrics.find(measure);
    if (metric == b.spine.metrics.end()) continue;
    b.fit.alignment_figures.push_back(
        {"L-line", measure, "the line's label", metric->second, true, 3.0, 6.0});
  }
  return b;
}

}  // namespace

RecordingResult sample_result(const std::string& recording_id, const std::string& subject_id,
                              const std::string& mattress_id, Posture posture,
                              const Orientation& orientation) {
  RecordingResult r;
  r.recording_id = recording_id;
  r.subject_id = subject_id;
  r.mattress_id = mattress_id;
  r.duration_s = 119.0;
  r.frames = 120;
  r.mat.model = "Sample mat";
  r.mat.geometry = geometry;
  r.mat.head_end = orientation.head_end;
  r.mat.view = orientation.view;
  r.mat.geometry_source = "file";
  r.mat.orientation_source = "file";
  r.orientation = orientation;
  r.quality.grade = Grade::b;
  r.quality.reasons = {{"repaired_cells",
                        "1 of 2048 cells gave no value and was filled in from "
                        "its neighbours.",
                        "Pressures beside it are slightly less certain.",
                        Grade::b,
                        {ResultPart::pressure, ResultPart::pressure_relief}}};
  r.quality.load_over_weight = 0.968;
  r.quality.dead_cells = {{3, 4}};
  r.quality.hot_cells = {{30, 11}, {31, 11}};
  r.quality.dead_rows = {7};
  r.quality.dead_cols = {9, 24};
  r.quality.dead_parts = {{true, 12, 0, 16}, {false, 5, 40, 64}};
  r.quality.weak_rows = {50};
  r.quality.weak_cols = {10, 15};
  r.quality.hot_rows = {60};
  r.quality.hot_cols = {2};
  r.quality.bridged = {{false, 14, 18, 19, 63, 0.22}, {true, 24, 27, 4, 27, 0.17}};
  r.quality.repaired_load_share = 0.12;
  r.quality.repaired_load_sd = 0.015;
  r.quality.leakage = {{true, 0.112, 0.08}, {false, 0.05, 0.04}};
  r.quality.gain_steps = {{true, 32, 0.64, 0.05, 3}, {false, 16, 1.8, 0.1, 1}};
  r.quality.repeated = {3, 2.5};
  r.notes = {"the clock of the file goes backwards twice"};
  r.quality.invalid_frames = 2;
  r.quality.invalid = {{0, "start_up"}, {1, "start_up"}};
  r.quality.raw = {12.0, 1.4, true, 4095.0};
  r.quality.creep.kind = LoadCourse::creep;
  r.quality.creep.rate_per_decade = gaussian_estimate(0.204, 0.013);
  r.quality.creep.spread_per_decade = gaussian_estimate(0.011, 0.006);
  r.quality.creep.lying_since_s = -10.0;
  r.quality.creep.readable_from_s = 133.0;
  r.quality.creep.load_growth_at_end = 0.004;
  r.quality.units = {"raw", 0.0731, "profile", true, 0.04, true};
  r.movement = {0, std::nullopt, 119.0, 0.0, 0.0, 0.0, 0.0};
  if (posture == Posture::supine) r.movement.share_supine = 1.0;
  if (posture == Posture::prone) r.movement.share_prone = 1.0;
  if (posture == Posture::left) r.movement.share_left = 1.0;
  if (posture == Posture::right) r.movement.share_right = 1.0;
  r.bouts = {bout_of(posture, 0.0, 119.0, SpineBasis::curve, orientation)};
  r.fit = fit_of(Verdict::right, 74.0);
  r.advice = {{"P4", "On the side, a pillow between the knees keeps the hips in line.",
               "ASC, AMG, NBP", "C"},
              {"P8", "Keep the neck straight with a pillow of the right height, about 9 cm.",
               "ASC, SN", "C"}};
  Subject subject;
  subject.id = subject_id;
  subject.sex = Sex::female;
  subject.age_years = 44.0;
  subject.stature_m = 1.71;
  subject.mass_kg = 68.5;
  subject.shoulder_breadth_m = 0.362;
  subject.usual_position = Posture::left;
  subject.pregnant = false;
  subject.pain_sites = {"lower_back", "neck"};
  subject.pain_pattern = "eases with movement";
  subject.symptoms = {};
  subject.pillow_height_m = 0.1;
  r.subject = subject;
  Mattress mattress;
  mattress.id = mattress_id;
  mattress.name = "Cloud 7";
  mattress.firmness = 5.5;
  mattress.thickness_m = 0.2;
  mattress.material = "foam";
  mattress.curve = {{0.01, 1200.0}, {0.05, 4100.0}};
  mattress.curve_kind = CurveKind::platen_344mm;
  mattress.curve_relative_sd = 0.06;
  mattress.shear_n_per_m = 900.0;
  r.mattress = mattress;
  r.input_path = "frames/" + recording_id + ".h5";
  r.input_format = "matfit";
  r.input_sha256 = std::string(64, 'a');
  return r;
}

std::vector<RecordingResult> sample_study() {
  std::vector<RecordingResult> study;
  study.push_back(sample_result("anna-cloud", "anna", "cloud", Posture::left));

  RecordingResult rock = sample_result("anna-rock", "anna", "rock", Posture::right,
                                       {HeadEnd::last_row, View::below, true, 0.93});
  rock.quality.units = {"raw", 0.0731, "body_weight", false};
  rock.mattress->name = "Rock";
  rock.mattress->curve.clear();
  rock.bouts[0].spine = spine_of(Posture::right, SpineBasis::preset, rock.orientation);
  rock.fit = fit_of(Verdict::too_firm, 41.0);
  study.push_back(rock);

  RecordingResult night = sample_result("ben-night", "ben", "cloud", Posture::supine);
  night.duration_s = 6.2 * 3600.0;
  night.frames = 22320;
  night.bouts.clear();
  const Orientation& o = night.orientation;
  night.bouts.push_back(bout_of(Posture::supine, 0.0, 5400.0, SpineBasis::curve, o));
  night.bouts.push_back(bout_of(Posture::left, 5400.0, 12000.0, SpineBasis::curve, o));
  BoutResult empty;
  empty.bout = {12000, 12420, 12000.0, 12420.0, Posture::empty, 0.999, {}, ""};
  empty.bout.probabilities[static_cast<std::size_t>(Posture::empty)] = 0.999;
  night.bouts.push_back(empty);
  night.bouts.push_back(bout_of(Posture::prone, 12420.0, 15000.0, SpineBasis::curve, o));
  BoutResult unknown = empty;
  unknown.bout = {15000, 15300, 15000.0, 15300.0, Posture::unknown, 0.61, {}, "two_people"};
  night.bouts.push_back(unknown);
  night.bouts.push_back(bout_of(Posture::right, 15300.0, 22320.0, SpineBasis::curve, o));
  night.movement = {4, 0.65, 7020.0, 0.25, 0.12, 0.31, 0.32, 55, 8.9, 0.0125};
  night.referral = {{"R2", "Numbness or tingling in the legs was stated.", "LBL, NBP", "C"},
                    {"R9", "Pain that wakes from sleep was stated.", "NBP", "C"}};
  night.subject->sex = Sex::male;
  night.subject->symptoms = {"numbness", "pain_wakes"};
  study.push_back(night);

  RecordingResult moment = sample_result("snapshot-07", "", "", Posture::supine);
  moment.subject.reset();
  moment.mattress.reset();
  moment.frames = 1;
  moment.duration_s = 0.0;
  moment.quality.grade = Grade::c;
  moment.quality.units = {"raw", 0.0731, "assumed", false};
  moment.quality.load_over_weight.reset();
  moment.bouts[0] = bout_of(Posture::supine, 0.0, 0.0, SpineBasis::none, moment.orientation);
  moment.bouts[0].field.absolute = false;
  moment.bouts[0].fit = {};
  moment.fit = {};
  moment.movement.longest_still_s = 0.0;
  study.push_back(moment);
  return study;
}

}  // namespace matfit::test
